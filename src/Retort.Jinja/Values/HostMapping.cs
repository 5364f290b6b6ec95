using System.Collections;
using System.Data;
using System.Reflection;
using System.Text.Json;

namespace Retort.Jinja.Values;

/// <summary>How to read a kind of dictionary of the host; one object for all dictionaries of a type.</summary>
internal abstract class HostMapping
{
    public abstract int Count(object dictionary);

    public abstract bool TryGet(object dictionary, in Value key, out Value value);

    /// <summary>The same for a key that is text, which nearly all are.</summary>
    public virtual bool TryGet(object dictionary, string key, out Value value) => TryGet(dictionary, Value.From(key), out value);

    public abstract IEnumerable<KeyValuePair<Value, Value>> Items(object dictionary);

    /// <summary>Sets a key; false if the dictionary cannot be changed or holds another type.</summary>
    public virtual bool TrySet(object dictionary, in Value key, in Value value) => false;

    /// <summary>Removes a key; false if the dictionary cannot be changed.</summary>
    public virtual bool TryRemove(object dictionary, in Value key) => false;
}

/// <summary>
/// <see cref="IDictionary{TKey, TValue}"/>, which expando objects, JSON objects and Dapper's rows are, too, and dictionaries that can only be read.
/// </summary>
internal sealed class HostDictionary<TKey, TValue> : HostMapping
    where TKey : notnull
{
    public override int Count(object dictionary) => dictionary is IDictionary<TKey, TValue> own ? own.Count : ((IReadOnlyDictionary<TKey, TValue>)dictionary).Count;

    public override bool TryGet(object dictionary, in Value key, out Value value)
    {
        value = default;
        return HostKey.TryConvert<TKey>(key, out var converted) && TryFind(dictionary, converted, out value);
    }

    public override bool TryGet(object dictionary, string key, out Value value) =>
        key is TKey own ? TryFind(dictionary, own, out value) : TryGet(dictionary, Value.From(key), out value);

    private static bool TryFind(object dictionary, TKey key, out Value value)
    {
        TValue? found;
        var exists = dictionary switch
        {
            Dictionary<TKey, TValue> exact => exact.TryGetValue(key, out found),
            IDictionary<TKey, TValue> any => any.TryGetValue(key, out found),
            _ => ((IReadOnlyDictionary<TKey, TValue>)dictionary).TryGetValue(key, out found),
        };
        value = exists ? HostValues.FromTyped(found!) : default;
        return exists;
    }

    public override IEnumerable<KeyValuePair<Value, Value>> Items(object dictionary)
    {
        foreach (var (key, item) in (IEnumerable<KeyValuePair<TKey, TValue>>)dictionary)
            yield return new(HostValues.FromTyped(key), HostValues.FromTyped(item));
    }

    public override bool TrySet(object dictionary, in Value key, in Value value)
    {
        if (dictionary is not IDictionary<TKey, TValue> { IsReadOnly: false } target
            || !HostKey.TryConvert<TKey>(key, out var converted) || !Conversion.TryConvert(value, typeof(TValue), out var item))
            return false;
        target[converted] = (TValue)item!;
        return true;
    }

    public override bool TryRemove(object dictionary, in Value key) =>
        dictionary is IDictionary<TKey, TValue> { IsReadOnly: false } target && HostKey.TryConvert<TKey>(key, out var converted) && target.Remove(converted);
}

/// <summary>The same by reflection, where no code can be made for the types of a dictionary: in an app compiled natively.</summary>
internal sealed class HostReflectedDictionary(Type type) : HostMapping
{
    private readonly Type[] _types = type.GetGenericArguments();
    private readonly Type? _writable = HostShapes.Interface(type, typeof(ICollection<>));
    private readonly Func<object, int> _count = HostShapes.FindCount(type)!;
    private readonly MethodInvoker _find = MethodInvoker.Create(Trimming.Kept(type).GetMethod("TryGetValue")!);
    private readonly MethodInvoker _enumerate = MethodInvoker.Create(Trimming.Kept(HostShapes.Interface(type, typeof(IEnumerable<>))!).GetMethod("GetEnumerator")!);

    public override int Count(object dictionary) => _count(dictionary);

    public override bool TryGet(object dictionary, in Value key, out Value value)
    {
        object?[] found = [HostKey.Convert(key, _types[0]), null];
        var exists = found[0] is not null && (bool)_find.Invoke(dictionary, found.AsSpan())!;
        value = exists ? HostValues.From(found[1]) : default;
        return exists;
    }

    public override IEnumerable<KeyValuePair<Value, Value>> Items(object dictionary)
    {
        for (var pairs = (IEnumerator)_enumerate.Invoke(dictionary)!; pairs.MoveNext();)
        {
            HostPairs.TrySplit(pairs.Current!, out var pair);
            yield return new(pair.Key, pair.Value);
        }
    }

    public override bool TrySet(object dictionary, in Value key, in Value value)
    {
        if (!IsWritable(dictionary) || HostKey.Convert(key, _types[0]) is not { } converted || !Conversion.TryConvert(value, _types[1], out var item))
            return false;
        MethodInvoker.Create(Trimming.Kept(type).GetMethod("set_Item")!).Invoke(dictionary, converted, item);
        return true;
    }

    public override bool TryRemove(object dictionary, in Value key) =>
        IsWritable(dictionary) && HostKey.Convert(key, _types[0]) is { } converted && (bool)MethodInvoker.Create(Trimming.Kept(type).GetMethod("Remove")!).Invoke(dictionary, converted)!;

    private bool IsWritable(object dictionary) => _writable is not null && !(bool)Trimming.Kept(_writable).GetProperty("IsReadOnly")!.GetValue(dictionary)!;
}

/// <summary>Dictionaries without types.</summary>
internal sealed class HostUntypedDictionary : HostMapping
{
    public override int Count(object dictionary) => ((IDictionary)dictionary).Count;

    public override bool TryGet(object dictionary, in Value key, out Value value)
    {
        var exists = HostKey.TryConvert<object>(key, out var converted) && ((IDictionary)dictionary).Contains(converted);
        value = exists ? HostValues.From(((IDictionary)dictionary)[converted!]) : default;
        return exists;
    }

    public override IEnumerable<KeyValuePair<Value, Value>> Items(object dictionary)
    {
        foreach (DictionaryEntry entry in (IDictionary)dictionary)
            yield return new(HostValues.From(entry.Key), HostValues.From(entry.Value));
    }
}

/// <summary>JSON objects.</summary>
internal sealed class HostJsonObject : HostMapping
{
    public override int Count(object dictionary) => ((JsonElement)dictionary).EnumerateObject().Count();

    public override bool TryGet(object dictionary, in Value key, out Value value)
    {
        if (key.AsText is { } name)
            return TryGet(dictionary, name, out value);
        value = default;
        return false;
    }

    public override bool TryGet(object dictionary, string key, out Value value)
    {
        var exists = JsonStrings.TryGetProperty((JsonElement)dictionary, key, out var found);
        value = exists ? JsonValues.From(found) : default;
        return exists;
    }

    public override IEnumerable<KeyValuePair<Value, Value>> Items(object dictionary) =>
        ((JsonElement)dictionary).EnumerateObject().Select(property => new KeyValuePair<Value, Value>(Value.From(JsonStrings.Name(property)), JsonValues.From(property.Value)));
}

/// <summary>Rows of a data table, by column.</summary>
internal sealed class HostDataRow : HostMapping
{
    public override int Count(object dictionary) => ((DataRow)dictionary).Table.Columns.Count;

    public override bool TryGet(object dictionary, in Value key, out Value value)
    {
        var row = (DataRow)dictionary;
        var column = key.AsText is { } name ? row.Table.Columns.IndexOf(name) : key.IsInt && key.AsLong >= 0 && key.AsLong < row.Table.Columns.Count ? (int)key.AsLong : -1;
        value = column < 0 ? default : HostValues.From(row[column]);
        return column >= 0;
    }

    public override IEnumerable<KeyValuePair<Value, Value>> Items(object dictionary)
    {
        var row = (DataRow)dictionary;
        foreach (DataColumn column in row.Table.Columns)
            yield return new(Value.From(column.ColumnName), HostValues.From(row[column]));
    }
}

/// <summary>Turns a template's key into that of a host dictionary.</summary>
internal static class HostKey
{
    public static bool TryConvert<TKey>(in Value key, out TKey converted)
    {
        converted = default!;
        if (Convert(key, typeof(TKey)) is not TKey found)
            return false;
        converted = found;
        return true;
    }

    /// <summary>The key as this type; null if it is none.</summary>
    public static object? Convert(in Value key, Type type) => key.IsNone || key.IsUndefined ? null
        : type == typeof(string) ? key.AsText
        : type == typeof(object) ? Loose(key)
        : Conversion.TryConvert(key, type, out var exact) ? exact : null;

    // A dictionary with keys of any type mostly has ints for integers, not longs.
    private static object? Loose(in Value key) => key.IsInt && key.AsLong is >= int.MinValue and <= int.MaxValue ? (int)key.AsLong : key.ToObject();
}

using System.Runtime.CompilerServices;

namespace Retort.Jinja.Values;

// Lists and dictionaries of both worlds, those made in templates and those of the host, as one.

/// <summary>Reads lists and tuples by index.</summary>
internal static class Sequences
{
    public static int Count(in Value sequence) => sequence.Reference switch
    {
        ListValue list => list.Items.Count,
        TupleValue tuple => tuple.Items.Length,
        var host => HostShapes.SequenceOf(host).Count(host),
    };

    /// <summary>The item at an index that is inside.</summary>
    public static Value At(in Value sequence, int index) => sequence.Reference switch
    {
        ListValue list => list.Items[index],
        TupleValue tuple => tuple.Items[index],
        var host => HostShapes.SequenceOf(host).At(host, index),
    };
}

/// <summary>Reads dictionaries.</summary>
internal static class Mappings
{
    public static int Count(in Value mapping) => mapping.Reference switch
    {
        DictValue dict => dict.Items.Count,
        var host => HostShapes.MappingOf(host).Count(host),
    };

    public static bool TryGet(in Value mapping, in Value key, out Value value)
    {
        if (mapping.Reference is DictValue dict)
            return dict.Items.TryGetValue(key, out value);
        if (!Equality.IsHashable(key))
            throw Equality.Unhashable(Text.TypeName(key));
        return HostShapes.MappingOf(mapping.Reference).TryGet(mapping.Reference, key, out value);
    }

    public static bool TryGet(in Value mapping, string key, out Value value)
    {
        // What data given to a template nearly always is.
        if (mapping.Reference.GetType() == typeof(Dictionary<string, object?>))
        {
            var exists = Unsafe.As<Dictionary<string, object?>>(mapping.Reference).TryGetValue(key, out var item);
            value = item is string text ? Value.From(text) : HostValues.From(item);
            return exists;
        }
        if (mapping.Reference is DictValue dict)
            return dict.Items.TryGetValue(Value.From(key), out value);
        return HostShapes.MappingOf(mapping.Reference).TryGet(mapping.Reference, key, out value);
    }

    /// <summary>The plain text under a key of the commonest kind of dictionary; null says nothing.</summary>
    public static string? PeekText(in Value target, string key) =>
        target.Reference is { } reference && reference.GetType() == typeof(Dictionary<string, object?>)
        && Unsafe.As<Dictionary<string, object?>>(reference).TryGetValue(key, out var item) ? item as string : null;

    public static IEnumerable<KeyValuePair<Value, Value>> Items(in Value mapping) => mapping.Reference switch
    {
        DictValue dict => dict.Items,
        var host => HostShapes.MappingOf(host).Items(host),
    };

    /// <summary>A dictionary of the template's own with the same items.</summary>
    public static DictValue Copy(in Value mapping)
    {
        var copy = new DictValue();
        foreach (var (key, value) in Items(mapping))
            copy.Items[key] = value;
        return copy;
    }
}

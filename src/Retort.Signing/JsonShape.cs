using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Entries = System.Collections.Generic.IEnumerable<System.Collections.Generic.KeyValuePair<string, object?>>;

namespace Retort.Signing;

/// <summary>Sees any .NET value as one of JSON's shapes.</summary>
internal static class JsonShape
{
    // How to read the entries of a type; null for types that have none.
    private static readonly ConcurrentDictionary<Type, Func<object, Entries>?> Readers = new();

    /// <summary>The keys and values of a dictionary, a record or an anonymous object; null for anything else. Throws for keys that have no text.</summary>
    public static Entries? EntriesOf(object value) => value switch
    {
        Entries entries => entries,
        string or byte[] or ITuple => null,
        IDictionary dictionary => FromDictionary(dictionary),
        _ => Readers.GetOrAdd(value.GetType(), MakeReader)?.Invoke(value),
    };

    /// <summary>The items of a tuple or a sequence; null for anything else.</summary>
    public static IEnumerable? ItemsOf(object value) => value switch
    {
        ITuple tuple => Enumerable.Range(0, tuple.Length).Select(index => tuple[index]),
        string or byte[] => null,
        _ => value as IEnumerable,
    };

    /// <summary>The digits of a whole number of any size, or of an enum; null for anything else.</summary>
    public static string? Integer(object value) => value switch
    {
        int or long or short or byte or sbyte or ushort or uint or ulong or nint or nuint or Int128 or UInt128 or BigInteger =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        Enum choice => Convert.ToDecimal(choice, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private static Func<object, Entries>? MakeReader(Type type)
    {
        var pair = type.GetInterfaces().Select(PairOf).FirstOrDefault(arguments => arguments is not null);
        if (pair is not null)
        {
            var method = typeof(JsonShape).GetMethod(nameof(FromPairs), BindingFlags.Static | BindingFlags.NonPublic)!;
            return method.MakeGenericMethod(pair).CreateDelegate<Func<object, Entries>>();
        }
        var isRecord = type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;
        var isAnonymous = type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.Name.Contains("AnonymousType", StringComparison.Ordinal);
        if (!isRecord && !isAnonymous)
            return null;
        var members = type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(member => member.GetIndexParameters().Length == 0).ToArray();
        return value => members.Select(member => new KeyValuePair<string, object?>(member.Name, member.GetValue(value)));
    }

    /// <summary>K and V of an <c>IEnumerable&lt;KeyValuePair&lt;K, V&gt;&gt;</c>.</summary>
    private static Type[]? PairOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            && type.GetGenericArguments()[0] is { IsGenericType: true } item && item.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
                ? item.GetGenericArguments()
                : null;

    private static Entries FromPairs<TKey, TValue>(object pairs) =>
        ((IEnumerable<KeyValuePair<TKey, TValue>>)pairs).Select(pair => new KeyValuePair<string, object?>(KeyText(pair.Key!), pair.Value));

    private static Entries FromDictionary(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
            yield return new(KeyText(entry.Key), entry.Value);
    }

    private static string KeyText(object key) => key switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        double number => FloatText.Format(number),
        char or Guid => key.ToString()!,
        _ => Integer(key)
            ?? throw new NotSupportedException($"A dictionary key of type {key.GetType()} has no JSON form; use text or whole numbers as keys."),
    };
}

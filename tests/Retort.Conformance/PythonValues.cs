using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Retort.Jinja;
using Retort.Signing;

namespace Retort.Conformance;

/// <summary>Values as the vectors spell them: plain JSON with objects of one <c>$</c> key for what JSON lacks.</summary>
internal static class PythonValues
{
    /// <summary>The value that a vector spells.</summary>
    public static object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => ReadNumber(element.GetRawText()),
        JsonValueKind.Array => element.EnumerateArray().Select(Read).ToList(),
        _ => ReadObject(element),
    };

    /// <summary>A value as one comparable text: its type shows, and the order of keys does not, as in Python's equality.</summary>
    public static string Show(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        string text => JsonSerializer.Serialize(text),
        long or int or BigInteger => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        double number => "float " + BitConverter.DoubleToInt64Bits(number).ToString("x", CultureInfo.InvariantCulture),
        byte[] bytes => "bytes " + Convert.ToHexStringLower(bytes),
        Guid uuid => "uuid " + uuid,
        DateTimeOffset date => "date " + date.ToString("o", CultureInfo.InvariantCulture),
        IEnumerable<KeyValuePair<string, object?>> entries =>
            "{" + string.Join(", ", entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(Show)) + "}",
        ITuple tuple => "(" + string.Join(", ", Enumerable.Range(0, tuple.Length).Select(index => Show(tuple[index]))) + ")",
        IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Show)) + "]",
        _ => $"{value.GetType().Name} {value}",
    };

    private static string Show(KeyValuePair<string, object?> entry) => $"{Show(entry.Key)}: {Show(entry.Value)}";

    private static object ReadNumber(string text)
    {
        if (text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0)
            return double.Parse(text, CultureInfo.InvariantCulture);
        return long.TryParse(text, CultureInfo.InvariantCulture, out var small) ? small : BigInteger.Parse(text, CultureInfo.InvariantCulture);
    }

    private static object? ReadObject(JsonElement element)
    {
        var members = element.EnumerateObject().ToArray();
        if (members is not [{ Name: ['$', ..] } only])
            return Dictionary(members.Select(member => (member.Name, member.Value)));
        return only.Name switch
        {
            "$tuple" => new JsonTuple(only.Value.EnumerateArray().Select(Read)),
            "$bytes" => only.Value.GetBytesFromBase64(),
            "$markup" => new Markup(only.Value.GetString()!),
            "$uuid" => Guid.Parse(only.Value.GetString()!),
            "$datetime" => DateTimeOffset.Parse(only.Value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            "$pairs" => Dictionary(only.Value.EnumerateArray().Select(pair => (pair[0].GetString()!, pair[1]))),
            _ => throw new FormatException($"The vector spells a value as '{only.Name}', which this runner does not know."),
        };
    }

    private static OrderedDictionary<string, object?> Dictionary(IEnumerable<(string Key, JsonElement Value)> members)
    {
        var dictionary = new OrderedDictionary<string, object?>();
        foreach (var (key, value) in members)
            dictionary[key] = Read(value);
        return dictionary;
    }
}

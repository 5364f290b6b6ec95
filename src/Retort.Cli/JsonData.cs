using System.Numerics;
using System.Text.Json;

namespace Retort.Cli;

/// <summary>Reads JSON into plain values, as Python's <c>json.loads</c> does.</summary>
internal static class JsonData
{
    /// <summary>Null, truth values, numbers, text, lists and dictionaries in their order. Throws <see cref="JsonException"/> for what is no JSON.</summary>
    public static object? Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Of(document.RootElement);
    }

    private static object? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Object(element),
        JsonValueKind.Array => element.EnumerateArray().Select(Of).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(element),
        _ => null,
    };

    private static Dictionary<string, object?> Object(JsonElement element)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
            values[member.Name] = Of(member.Value);
        return values;
    }

    private static object Number(JsonElement element) =>
        element.TryGetInt64(out var whole) ? whole
        : element.GetRawText() is var text && text.AsSpan().IndexOfAny(".eE") < 0 && BigInteger.TryParse(text, out var big) ? big
        : element.GetDouble();
}

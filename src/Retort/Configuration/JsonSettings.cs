using System.Text.Json;

namespace Retort.Configuration;

/// <summary>Turns JSON into plain values: text, truth values, whole numbers, floats, lists and dictionaries.</summary>
internal static class JsonSettings
{
    public static object? ParseOrText(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return ToObject(document.RootElement);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    public static object? ToObject(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : (object)element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(ToObject).ToList(),
        JsonValueKind.Object => element.EnumerateObject().GroupBy(entry => entry.Name, StringComparer.Ordinal).ToDictionary(same => same.Key, same => ToObject(same.Last().Value), StringComparer.Ordinal),
        _ => null,
    };
}

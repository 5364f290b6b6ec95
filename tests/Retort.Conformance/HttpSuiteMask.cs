using System.Text.Json;
using System.Text.Json.Nodes;

namespace Retort.Conformance;

/// <summary>Leaves out of an answer what a case does not say: a <c>&lt;any&gt;</c> covers any text, in the place of a whole value or within one.</summary>
internal static class HttpSuiteMask
{
    private const string Any = "<any>";

    public static JsonNode? Hide(JsonNode? expected, JsonNode? actual)
    {
        if (expected is JsonObject expectedFields && actual is JsonObject actualFields)
        {
            return new JsonObject(actualFields.Select(field => KeyValuePair.Create(field.Key, Hide(expectedFields[field.Key], field.Value?.DeepClone()))));
        }
        if (expected?.GetValueKind() != JsonValueKind.String || actual?.GetValueKind() != JsonValueKind.String) return actual;

        var (pattern, text) = (expected.GetValue<string>(), actual.GetValue<string>());
        var at = pattern.IndexOf(Any, StringComparison.Ordinal);
        if (at < 0) return actual;
        var tail = pattern[(at + Any.Length)..];
        return text.Length >= at + tail.Length && text.StartsWith(pattern[..at], StringComparison.Ordinal) && text.EndsWith(tail, StringComparison.Ordinal) ? pattern : actual;
    }
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Retort.Jinja.Values;

/// <summary>
/// Strings of JSON with whatever they hold. JSON may escape half of a surrogate pair, which Python keeps as a character and System.Text.Json refuses to read.
/// </summary>
internal static class JsonStrings
{
    public static string Read(JsonElement element)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(JsonMarshal.GetRawUtf8Value(element)[1..^1]);
        }
    }

    public static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Unescape(JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }

    public static bool TryGetProperty(JsonElement element, string name, out JsonElement value)
    {
        try
        {
            return element.TryGetProperty(name, out value);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // One of the names, here or there, has half a pair. Of equals the last counts.
            value = element.EnumerateObject().LastOrDefault(property => Name(property) == name).Value;
            return value.ValueKind != JsonValueKind.Undefined;
        }
    }

    // The reader has checked the escapes. Those of JSON mean the same in a pattern, where half a pair may stand alone.
    private static string Unescape(ReadOnlySpan<byte> json) => Regex.Unescape(Encoding.UTF8.GetString(json));
}

using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Retort.Configuration;

namespace Retort.Development;

/// <summary>All settings in the order of their keys, as the command <c>config</c> shows them. What their names or their texts say is secret is masked.</summary>
internal static class ConfigListing
{
    private const int Deepest = 16;

    // The resolver is named, because the SDK switches the default off in apps of one file.
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Writes <c>KEY = value</c>, a line each.</summary>
    public static void Write(TextWriter output, Config config)
    {
        foreach (var (key, value) in Sorted(config))
            output.WriteLine($"{key} = {ValueText.Of(key, value)}");
    }

    /// <summary>Writes one JSON object. Values that JSON has no form for are written as the text that <see cref="Write"/> shows.</summary>
    public static void WriteJson(TextWriter output, Config config)
    {
        output.WriteLine(JsonSerializer.Serialize(Shown(Sorted(config), 0), Format));
    }

    private static IEnumerable<KeyValuePair<string, object?>> Sorted(Config config) => config.OrderBy<KeyValuePair<string, object?>, string>(setting => setting.Key, StringComparer.Ordinal);

    private static OrderedDictionary<string, object?> Shown(IEnumerable<KeyValuePair<string, object?>> members, int depth)
    {
        var shown = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in members)
            shown[name] = SecretNames.IsSecret(name) && value is not (null or bool) ? SecretNames.Mask : Shown(value, depth);
        return shown;
    }

    private static object? Shown(object? value, int depth) => value switch
    {
        null or bool or byte or sbyte or short or ushort or int or uint or long or ulong or decimal => value,
        double number when double.IsFinite(number) => value,
        string text => SecretNames.InText(text),
        IEnumerable<KeyValuePair<string, object?>> members when depth < Deepest => Shown(members, depth + 1),
        IList items and not byte[] when depth < Deepest => items.Cast<object?>().Select(item => Shown(item, depth + 1)).ToList(),
        _ => SecretNames.InText(ValueText.Of(value)),
    };
}

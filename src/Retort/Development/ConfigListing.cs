using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Retort.Configuration;

namespace Retort.Development;

/// <summary>All settings in the order of their keys, as the command <c>config</c> shows them. What their names or their texts say is secret is masked.</summary>
internal static class ConfigListing
{
    private const int Deepest = 16;

    /// <summary>Writes <c>KEY = value</c>, a line each.</summary>
    public static void Write(TextWriter output, Config config)
    {
        foreach (var (key, value) in Sorted(config))
            output.WriteLine($"{key} = {ValueText.Of(key, value)}");
    }

    /// <summary>Writes one JSON object. Values that JSON has no form for are written as the text that <see cref="Write"/> shows.</summary>
    public static void WriteJson(TextWriter output, Config config)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var (key, value) in Sorted(config))
                WriteMember(writer, key, value, 0);
            writer.WriteEndObject();
        }
        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static IEnumerable<KeyValuePair<string, object?>> Sorted(Config config) => config.OrderBy<KeyValuePair<string, object?>, string>(setting => setting.Key, StringComparer.Ordinal);

    private static void WriteMember(Utf8JsonWriter writer, string name, object? value, int depth)
    {
        writer.WritePropertyName(name);
        if (SecretNames.IsSecret(name) && value is not (null or bool))
            writer.WriteStringValue(SecretNames.Mask);
        else
            WriteValue(writer, value, depth);
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value, int depth)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case string text:
                writer.WriteStringValue(SecretNames.InText(text));
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or decimal:
                writer.WriteNumberValue(Convert.ToDecimal(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case IEnumerable<KeyValuePair<string, object?>> members when depth < Deepest:
                writer.WriteStartObject();
                foreach (var (name, member) in members)
                    WriteMember(writer, name, member, depth + 1);
                writer.WriteEndObject();
                break;
            case IList items and not byte[] when depth < Deepest:
                writer.WriteStartArray();
                foreach (var item in items)
                    WriteValue(writer, item, depth + 1);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(SecretNames.InText(ValueText.Of(value)));
                break;
        }
    }
}

using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Retort.Jinja;
using Retort.Signing;

namespace Retort.Json;

/// <summary>How single values look in JSON: Python's texts where System.Text.Json has others.</summary>
internal static class JsonFormats
{
    /// <summary>How deep values may be nested; what is deeper most likely contains itself.</summary>
    public const int MaxDepth = 512;

    public static JsonSerializerOptions MakeOptions(bool ensureAscii, bool indented, bool sortKeys)
    {
        var options = new JsonSerializerOptions
        {
            Encoder = new PythonJsonEncoder(ensureAscii),
            WriteIndented = indented,
            MaxDepth = MaxDepth,
            TypeInfoResolver = sortKeys ? new Writing { Modifiers = { SortedKeys.SortProperties } } : new Writing(),
        };
        foreach (var converter in Converters)
            options.Converters.Add(converter);
        if (sortKeys)
            options.Converters.Add(new SortedKeys());
        return options;
    }

    /// <summary>The same options for a reader, to whom neither case nor order means anything.</summary>
    public static JsonSerializerOptions ForReading(JsonSerializerOptions options)
    {
        var reading = new JsonSerializerOptions(options) { PropertyNameCaseInsensitive = true };
        if (reading.TypeInfoResolver is Writing)
            reading.TypeInfoResolver = new DefaultJsonTypeInfoResolver();
        if (reading.Converters.OfType<SortedKeys>().FirstOrDefault() is { } sorted)
            reading.Converters.Remove(sorted);
        return reading;
    }

    /// <summary>
    /// What Flask writes as text although JSON has no such type: dates, decimals, UUIDs and what gives its own HTML. Null for everything else.
    /// Source: flask.json.provider._default.
    /// </summary>
    public static string? TextOf(object value) => value switch
    {
        DateTime time => Rfc1123(time),
        DateTimeOffset time => Rfc1123(time),
        DateOnly date => Rfc1123(date.ToDateTime(TimeOnly.MinValue)),
        decimal amount => amount.ToString(CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        IHtml html => html.ToHtml(),
        _ => null,
    };

    private static JsonConverter[] Converters =>
    [
        new ValueConverter<double>((ref reader) => reader.GetDouble(), WriteNumber),
        // The shortest text of the float itself, not of the double it widens to.
        new ValueConverter<float>((ref reader) => reader.GetSingle(), (writer, value) => WriteNumber(writer, double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))),
        new ValueConverter<BigInteger>(ReadWhole, (writer, value) => writer.WriteRawValue(value.ToString(CultureInfo.InvariantCulture), skipInputValidation: true)),
        new ValueConverter<decimal>((ref reader) => reader.TokenType == JsonTokenType.String ? decimal.Parse(reader.GetString()!, CultureInfo.InvariantCulture) : reader.GetDecimal(), WriteText),
        new ValueConverter<DateTime>((ref reader) => reader.TryGetDateTime(out var iso) ? iso : ReadDate(ref reader), WriteText),
        new ValueConverter<DateTimeOffset>((ref reader) => reader.TryGetDateTimeOffset(out var iso) ? iso : DateTimeOffset.Parse(reader.GetString()!, CultureInfo.InvariantCulture), WriteText),
        new ValueConverter<DateOnly>((ref reader) => DateOnly.FromDateTime(ReadDate(ref reader)), WriteText),
        new ValueConverter<byte[]>((ref reader) => reader.GetBytesFromBase64(), (_, _) => throw new NotSupportedException("JSON has no bytes: write Convert.ToBase64String(bytes).")),
        new HtmlConverterFactory(),
        new TupleConverterFactory(),
    ];

    private static void WriteNumber(Utf8JsonWriter writer, double value) => writer.WriteRawValue(FloatText.Format(value), skipInputValidation: true);

    private static void WriteText<T>(Utf8JsonWriter writer, T value)
        where T : struct => writer.WriteStringValue(TextOf(value));

    private static BigInteger ReadWhole(ref Utf8JsonReader reader)
    {
        using var number = JsonDocument.ParseValue(ref reader);
        return BigInteger.Parse(number.RootElement.GetRawText(), CultureInfo.InvariantCulture);
    }

    private static DateTime ReadDate(ref Utf8JsonReader reader) => DateTime.Parse(reader.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    /// <summary>
    /// Describes classes for a writer alone: no constructor is looked for, whose parameters could not tell members apart that differ in case alone.
    /// </summary>
    private sealed class Writing : DefaultJsonTypeInfoResolver
    {
        public override JsonTypeInfo GetTypeInfo(Type type, JsonSerializerOptions options)
        {
            var info = base.GetTypeInfo(type, options);
            if (info.Kind == JsonTypeInfoKind.Object)
                info.CreateObject ??= () => throw new NotSupportedException("these options write and do not read. Read with app.Json.Loads<T>.");
            return info;
        }
    }

    // A time without a zone is taken as UTC, as Flask does.
    private static string Rfc1123(DateTime time) => (time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time).ToString("r", CultureInfo.InvariantCulture);

    private static string Rfc1123(DateTimeOffset time) => time.ToString("r", CultureInfo.InvariantCulture);
}

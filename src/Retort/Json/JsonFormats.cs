using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Retort.Jinja;

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
        new FloatConverter(), new SingleConverter(), new DecimalConverter(), new BigIntegerConverter(), new DateTimeConverter(), new DateTimeOffsetConverter(),
        new DateOnlyConverter(), new BytesConverter(), new HtmlConverterFactory(), new TupleConverterFactory(),
    ];

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

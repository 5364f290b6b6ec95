using System.Buffers;
using System.Text;
using System.Text.Json;
using Retort.Signing;

namespace Retort.Json;

/// <summary>
/// Writes and reads an app's JSON. The formats are Flask's: dates as HTTP dates, decimals and UUIDs as text, floats as Python writes them,
/// ASCII only. Source: flask.json.provider.DefaultJSONProvider.
/// </summary>
/// <remarks>Settings are read when the first value is written; changing one later makes the provider start anew.</remarks>
public class JsonProvider
{
    private volatile Format? _format;

    /// <summary>Whether keys are sorted, text by code point and numbers by value. Default false: the declared order is kept. (Flask: true.)</summary>
    public bool SortKeys { get; set => Set(ref field, value); }

    /// <summary>Whether characters beyond ASCII are written as <c>\u00e9</c>. Default true.</summary>
    public bool EnsureAscii { get; set => Set(ref field, value); } = true;

    /// <summary>Whether responses are written without spaces and line breaks. Null, the default, means: unless the app is in debug mode.</summary>
    public bool? Compact { get; set => Set(ref field, value); }

    /// <summary>The content type of JSON responses. Default <c>application/json</c>.</summary>
    public string MimeType { get; set; } = "application/json";

    /// <summary>Whether the app is in debug mode, which decides when <see cref="Compact"/> is null.</summary>
    internal bool Debug { get; set => Set(ref field, value); }

    /// <summary>The System.Text.Json options that values are written and read with. Add converters before the first request.</summary>
    public JsonSerializerOptions Options => CurrentFormat.Options;

    /// <summary>The value as JSON text without a final newline. Throws <see cref="JsonWriteError"/> when it holds something JSON cannot write.</summary>
    public string Dumps(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>
    /// Reads JSON text as Python does: UTF-8, UTF-16 or UTF-32, NaN and Infinity, of equal keys the last. Objects become
    /// <c>OrderedDictionary&lt;string, object?&gt;</c>, lists <c>List&lt;object?&gt;</c>, whole numbers <see cref="long"/> (or <see cref="System.Numerics.BigInteger"/>),
    /// others <see cref="double"/>. Throws <see cref="JsonException"/> when the text is not JSON or is nested deeper than 512.
    /// </summary>
    public object? Loads(ReadOnlySpan<byte> text)
    {
        try
        {
            return PythonJson.Compact.Loads(JsonEncoding.ToUtf8(text));
        }
        catch (Exception error) when (error is FormatException or DecoderFallbackException)
        {
            throw new JsonException(error.Message, error);
        }
    }

    /// <summary>Reads JSON as a type of the app. Names match without regard to case. Throws <see cref="JsonException"/>.</summary>
    public T? Loads<T>(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize<T>(utf8, ReadOptions);

    /// <summary>Names match without regard to case in what is read, but two names may differ in case alone in what is written.</summary>
    internal JsonSerializerOptions ReadOptions => CurrentFormat.ReadOptions;

    /// <summary>Writes the value as UTF-8 without a final newline.</summary>
    public virtual void Write(IBufferWriter<byte> output, object? value)
    {
        var format = CurrentFormat;
        try
        {
            var writer = format.TakeWriter(output);
            if (value is null)
                writer.WriteNullValue();
            else
                JsonSerializer.Serialize(writer, value, value.GetType(), format.Options);
            writer.Flush();
            format.KeepWriter(writer);
        }
        catch (Exception error) when (error is NotSupportedException or JsonException or InvalidOperationException)
        {
            throw new JsonWriteError(value, error);
        }
    }

    private Format CurrentFormat => _format ??= new Format(JsonFormats.MakeOptions(EnsureAscii, indented: !(Compact ?? !Debug), SortKeys));

    private void Set<T>(ref T field, T value)
    {
        field = value;
        _format = null;
    }

    /// <summary>What the settings come to, with a writer kept from one call to the next: to make one costs about as much as to write a small object.</summary>
    private sealed class Format(JsonSerializerOptions options)
    {
        private static readonly ArrayBufferWriter<byte> Nowhere = new();
        private Utf8JsonWriter? _idle;

        public JsonSerializerOptions Options => options;

        public JsonSerializerOptions ReadOptions => field ??= JsonFormats.ForReading(options);

        public Utf8JsonWriter TakeWriter(IBufferWriter<byte> output)
        {
            if (Interlocked.Exchange(ref _idle, null) is not { } writer)
                return new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = options.Encoder, Indented = options.WriteIndented, IndentSize = 2 });
            writer.Reset(output);
            return writer;
        }

        public void KeepWriter(Utf8JsonWriter writer)
        {
            writer.Reset(Nowhere);
            _idle = writer;
        }
    }
}

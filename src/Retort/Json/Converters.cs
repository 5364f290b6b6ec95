using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Retort.Jinja;

namespace Retort.Json;

// What Flask writes otherwise than System.Text.Json: JsonFormats has the list.

internal delegate T ValueReader<out T>(ref Utf8JsonReader reader);

internal sealed class ValueConverter<T>(ValueReader<T> read, Action<Utf8JsonWriter, T> write) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return read(ref reader);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            // Without a message of its own, so that the serializer names the type and the place.
            throw new JsonException(null, error);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(writer, value);
}

/// <summary>Markup, and whatever else gives its own HTML, is that text.</summary>
internal sealed class HtmlConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(IHtml));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(HtmlConverter<>).MakeGenericType(typeToConvert))!;

    private sealed class HtmlConverter<T> : JsonConverter<T>
        where T : IHtml
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException($"cannot read HTML ({typeof(T).Name}) from JSON; read text and decide whether to trust it.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToHtml());
    }
}

/// <summary>A C# tuple is a list, as Python's is.</summary>
internal sealed class TupleConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(ITuple));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(TupleConverter<>).MakeGenericType(typeToConvert))!;

    private sealed class TupleConverter<T> : JsonConverter<T>
        where T : ITuple
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException($"cannot read a tuple ({typeof(T).Name}) from JSON; use a record or a list.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            for (var i = 0; i < value.Length; i++)
                JsonSerializer.Serialize(writer, value[i], options);
            writer.WriteEndArray();
        }
    }
}

using System.Buffers;

namespace Retort.Signing;

/// <summary>
/// JSON as Python's <c>json</c> module writes it: keys in their order, floats as Python prints them, integers of any size, NaN and Infinity.
/// Reading gives null, bool, long or BigInteger, double, string, <c>List&lt;object?&gt;</c> and <c>OrderedDictionary&lt;string, object?&gt;</c>.
/// </summary>
public sealed class PythonJson : IPayloadSerializer
{
    private readonly JsonStyle _style;

    private PythonJson(JsonStyle style) => _style = style;

    /// <summary><c>json.dumps(value)</c>: a space after comma and colon, ASCII only. The default of <see cref="Serializer"/>.</summary>
    public static PythonJson Spaced { get; } = new(new JsonStyle(Spaced: true, Ascii: true, SortKeys: false));

    /// <summary>No spaces, everything but control characters as UTF-8. The default of <see cref="UrlSafeSerializer"/>.</summary>
    public static PythonJson Compact { get; } = new(new JsonStyle(Spaced: false, Ascii: false, SortKeys: false));

    /// <inheritdoc/>
    public void Dumps(object? value, IBufferWriter<byte> output) => new JsonWriter(output, _style, []).Write(value);

    /// <inheritdoc/>
    public object? Loads(ReadOnlySpan<byte> payload) => JsonReader.Read(payload, tags: null);
}

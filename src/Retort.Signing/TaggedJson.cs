using System.Buffers;
using System.Text;

namespace Retort.Signing;

/// <summary>
/// The JSON inside Flask's session cookie: ASCII, compact, keys sorted, and values that JSON lacks wrapped in an object with one tag key:
/// tuples <c>" t"</c>, bytes <c>" b"</c>, UUIDs <c>" u"</c>, dates <c>" d"</c>, and <c>" di"</c> around a dictionary that looks like a tag.
/// Further tags are registered; Flask's <c>" m"</c> for markup is one, because what markup is belongs to the template engine.
/// </summary>
/// <remarks>
/// Writes null, text, booleans, all integers, floats, enums (as numbers), tuples, byte arrays, <see cref="Guid"/>, dates, any dictionary or sequence,
/// records and anonymous objects. Decimals become text, as in Flask. Anything else is refused with its place.
/// Reads what <see cref="PythonJson"/> reads, and <see cref="JsonTuple"/>, <c>byte[]</c>, <see cref="Guid"/>, <see cref="DateTimeOffset"/> (UTC) for the tags.
/// Source: Flask, TaggedJSONSerializer.
/// </remarks>
public sealed class TaggedJson : IPayloadSerializer
{
    private static readonly JsonStyle Style = new(Spaced: false, Ascii: true, SortKeys: true);
    private JsonTag[] _order = [];
    private Dictionary<string, JsonTag> _byKey = [];

    /// <summary>Makes a serializer with Flask's tags, but for markup.</summary>
    public TaggedJson()
    {
        JsonTag[] tags = [new DictionaryTag(this), new TupleTag(), new BytesTag(), new UuidTag(), new DateTimeTag()];
        foreach (var tag in tags)
            Register(tag);
    }

    /// <summary>
    /// Adds a tag at the end of the order in which tags are asked, or at a position: 0 is before all, for a tag that takes some of another's values.
    /// Register tags when the app is set up. Throws <see cref="ArgumentException"/> if the key is taken, unless <paramref name="force"/> replaces its tag.
    /// </summary>
    public void Register(JsonTag tag, bool force = false, int? index = null)
    {
        var order = _order.ToList();
        if (_byKey.TryGetValue(tag.Key, out var old))
        {
            if (!force)
                throw new ArgumentException($"The tag '{tag.Key}' is already registered; choose another key, or replace it with force: true.", nameof(tag));
            index ??= order.IndexOf(old);
            order.Remove(old);
        }
        order.Insert(index ?? order.Count, tag);
        _order = [.. order];
        _byKey = new Dictionary<string, JsonTag>(_byKey) { [tag.Key] = tag };
    }

    /// <summary>The JSON text of a value. Throws <see cref="NotSupportedException"/> naming the place and type of one that has no JSON form.</summary>
    public string Dumps(object? value)
    {
        var output = new ArrayBufferWriter<byte>();
        Dumps(value, output);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }

    /// <summary>The value of a JSON text. Throws <see cref="FormatException"/> for malformed text or content of a tag.</summary>
    public object? Loads(string json) => Loads(Utf8Text.Strict.GetBytes(json));

    /// <inheritdoc/>
    public void Dumps(object? value, IBufferWriter<byte> output) => new JsonWriter(output, Style, _order).Write(value);

    /// <inheritdoc/>
    public object? Loads(ReadOnlySpan<byte> payload) => JsonReader.Read(payload, _byKey);

    internal bool IsTag(string key) => _byKey.ContainsKey(key);
}

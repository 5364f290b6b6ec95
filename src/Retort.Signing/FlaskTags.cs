using System.Runtime.CompilerServices;
using System.Text;

namespace Retort.Signing;

// Flask's tags, in its order.

/// <summary>A dictionary whose only key is a tag's: the key gets two underscores.</summary>
internal sealed class DictionaryTag(TaggedJson serializer) : JsonTag
{
    public override string Key => " di";

    public override bool Check(object value) =>
        JsonShape.EntriesOf(value) is { } entries && (!entries.TryGetNonEnumeratedCount(out var count) || count == 1)
            && entries.Take(2).ToArray() is [var only] && serializer.IsTag(only.Key);

    public override object? ToJson(object value)
    {
        var (key, item) = JsonShape.EntriesOf(value)!.Single();
        return new Dictionary<string, object?> { [key + "__"] = item };
    }

    public override object? FromJson(object? value)
    {
        if (value is not OrderedDictionary<string, object?> { Count: > 0 } dictionary)
            throw new FormatException("the content of tag ' di' is not a dictionary");
        var (key, item) = dictionary.GetAt(0);
        return new OrderedDictionary<string, object?> { [key[..Math.Max(0, key.Length - 2)]] = item };
    }
}

internal sealed class TupleTag : JsonTag
{
    public override string Key => " t";

    public override bool Check(object value) => value is ITuple;

    public override object? ToJson(object value) => JsonShape.ItemsOf(value);

    public override object? FromJson(object? value) => value switch
    {
        List<object?> items => new JsonTuple(items),
        JsonTuple tuple => tuple,
        string text => new JsonTuple(text.EnumerateRunes().Select(rune => rune.ToString())),
        OrderedDictionary<string, object?> dictionary => new JsonTuple(dictionary.Keys),
        _ => throw new FormatException("the content of tag ' t' is not a list"),
    };
}

internal sealed class BytesTag : JsonTag
{
    public override string Key => " b";

    public override bool Check(object value) => value is byte[];

    public override object? ToJson(object value) => Convert.ToBase64String((byte[])value);

    public override object? FromJson(object? value)
    {
        var text = value as string ?? throw new FormatException("the content of tag ' b' is not text");
        var bytes = new byte[Base64Text.MaxBytes(text.Length)];
        return Ascii.IsValid(text) && Base64Text.TryDecodePadded(text, bytes, out var length)
            ? bytes[..length]
            : throw new FormatException("the content of tag ' b' is not base64");
    }
}

internal sealed class UuidTag : JsonTag
{
    public override string Key => " u";

    public override bool Check(object value) => value is Guid;

    public override object? ToJson(object value) => ((Guid)value).ToString("N");

    public override object? FromJson(object? value)
    {
        var digits = (value as string)?.Replace("urn:", "", StringComparison.Ordinal).Replace("uuid:", "", StringComparison.Ordinal)
            .Trim('{', '}').Replace("-", "", StringComparison.Ordinal);
        return Guid.TryParseExact(digits, "N", out var uuid) ? uuid : throw new FormatException("the content of tag ' u' is not a UUID");
    }
}

internal sealed class DateTimeTag : JsonTag
{
    public override string Key => " d";

    public override bool Check(object value) => value is DateTime or DateTimeOffset;

    public override object? ToJson(object value) => HttpDate.Format(value);

    // Flask gives None for a date that it cannot read.
    public override object? FromJson(object? value) => value switch
    {
        null => null,
        string text => HttpDate.Parse(text),
        _ => throw new FormatException("the content of tag ' d' is not text"),
    };
}

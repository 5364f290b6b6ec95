using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Retort.Signing;

/// <summary>How JSON text looks.</summary>
internal sealed record JsonStyle(bool Spaced, bool Ascii, bool SortKeys);

/// <summary>Writes one value as JSON.</summary>
internal sealed class JsonWriter(IBufferWriter<byte> output, JsonStyle style, JsonTag[] tags)
{
    /// <summary>Deeper values most likely contain themselves.</summary>
    public const int MaxDepth = 256;

    private static readonly SearchValues<char> Printable = SearchValues.Create([.. Characters(' ', '~').Except(['"', '\\'])]);
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Characters('\0', '\x1f'), '"', '\\']);

    // Where the writer is, to name the place of a value it refuses: keys, and indexes under a null key.
    private readonly List<(string? Key, int Index)> _path = [];

    public void Write(object? value)
    {
        if (_path.Count > MaxDepth)
            throw new NotSupportedException($"The value is nested deeper than {MaxDepth} levels and perhaps contains itself; store less of it.");
        if (value is not null && FindTag(value) is { } tag)
        {
            Raw("{"u8);
            WriteText(tag.Key);
            Raw(style.Spaced ? ": "u8 : ":"u8);
            WriteUntagged(tag.ToJson(value));
            Raw("}"u8);
            return;
        }
        WriteUntagged(value);
    }

    private JsonTag? FindTag(object value)
    {
        foreach (var tag in tags)
        {
            if (tag.Check(value))
                return tag;
        }
        return null;
    }

    private void WriteUntagged(object? value)
    {
        if (value is null)
            Raw("null"u8);
        else if (value is string text)
            WriteText(text);
        else if (Literal(value) is { } literal)
            WriteAscii(literal);
        else if (FlaskText(value) is { } replacement)
            WriteText(replacement);
        else
            WriteContainer(value);
    }

    private static string? Literal(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        double number => FloatText.Format(number),
        // By its own shortest digits: 0.1f is 0.1, not 0.10000000149011612.
        float or Half => FloatText.Format(double.Parse(((IFormattable)value).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        _ => JsonShape.Integer(value),
    };

    /// <summary>What Flask's JSON turns into text where no tag takes it.</summary>
    private static string? FlaskText(object value) => value switch
    {
        decimal amount => amount.ToString(CultureInfo.InvariantCulture),
        char or Guid => value.ToString(),
        _ => HttpDate.Format(value),
    };

    private void WriteContainer(object value)
    {
        if (JsonShape.EntriesOf(value) is { } entries)
            WriteObject(entries);
        else if (JsonShape.ItemsOf(value) is { } items)
            WriteArray(items);
        else
            throw new NotSupportedException(
                $"{Place()} is a {value.GetType()}, which has no JSON form; store text, numbers, lists, dictionaries or records, or register a JsonTag.");
    }

    private void WriteObject(IEnumerable<KeyValuePair<string, object?>> entries)
    {
        if (style.SortKeys)
            entries = entries.OrderBy(entry => entry.Key, CodePointComparer.Instance);
        var empty = true;
        foreach (var (key, value) in entries)
        {
            Raw(empty ? "{"u8 : style.Spaced ? ", "u8 : ","u8);
            empty = false;
            WriteText(key);
            Raw(style.Spaced ? ": "u8 : ":"u8);
            _path.Add((key, 0));
            Write(value);
            _path.RemoveAt(_path.Count - 1);
        }
        Raw(empty ? "{}"u8 : "}"u8);
    }

    private void WriteArray(IEnumerable items)
    {
        var index = 0;
        foreach (var item in items)
        {
            Raw(index == 0 ? "["u8 : style.Spaced ? ", "u8 : ","u8);
            _path.Add((null, index++));
            Write(item);
            _path.RemoveAt(_path.Count - 1);
        }
        Raw(index == 0 ? "[]"u8 : "]"u8);
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        Raw("\""u8);
        while (!text.IsEmpty)
        {
            var run = style.Ascii ? text.IndexOfAnyExcept(Printable) : text.IndexOfAny(Escaped);
            if (run < 0)
                run = text.Length;
            WriteUtf8(text[..run]);
            if (run < text.Length)
                WriteEscape(text[run++]);
            text = text[run..];
        }
        Raw("\""u8);
    }

    private void WriteEscape(char character)
    {
        switch (character)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\n': Raw("\\n"u8); break;
            case '\r': Raw("\\r"u8); break;
            case '\t': Raw("\\t"u8); break;
            case '\b': Raw("\\b"u8); break;
            case '\f': Raw("\\f"u8); break;
            default: WriteAscii(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")); break;
        }
    }

    private void WriteUtf8(ReadOnlySpan<char> text)
    {
        var span = output.GetSpan(text.Length * 3 + 1);
        if (Utf8.FromUtf16(text, span, out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
            throw new NotSupportedException($"{Place()} holds half a surrogate pair, which has no UTF-8; repair the text first.");
        output.Advance(written);
    }

    private void WriteAscii(string text) => output.Advance(Encoding.ASCII.GetBytes(text, output.GetSpan(text.Length)));

    private void Raw(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    private static IEnumerable<char> Characters(char first, char last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);

    private string Place()
    {
        if (_path.Count == 0)
            return "The value";
        var place = new StringBuilder();
        foreach (var (key, index) in _path)
            place.Append(key is null ? $"[{index}]" : place.Length == 0 ? key : "." + key);
        return $"The value at '{place}'";
    }
}

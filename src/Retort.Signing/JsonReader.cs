using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace Retort.Signing;

/// <summary>
/// Reads JSON as Python does, which System.Text.Json cannot: NaN and Infinity, integers of any size, lone surrogate escapes, the last of
/// equal keys. Tags are resolved on the way out of each object.
/// </summary>
internal ref struct JsonReader
{
    /// <summary>Room for what the writer takes: each level may be a tag and a container. Python gives up near a thousand.</summary>
    private const int MaxDepth = 2 * JsonWriter.MaxDepth + 2;

    /// <summary>CPython's limit against quadratic conversion.</summary>
    private const int MaxIntegerDigits = 4300;

    // What ends a run of plain text: the closing quote, an escape, a control character.
    private static readonly SearchValues<byte> EndOfRun = SearchValues.Create([.. Enumerable.Range(0, 32).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _text;
    private readonly IReadOnlyDictionary<string, JsonTag>? _tags;
    private int _at;
    private int _depth;

    private JsonReader(ReadOnlySpan<byte> text, IReadOnlyDictionary<string, JsonTag>? tags)
    {
        _text = text;
        _tags = tags;
    }

    private readonly byte Next => Peek(0);

    /// <summary>Reads a whole text. Throws <see cref="FormatException"/>.</summary>
    public static object? Read(ReadOnlySpan<byte> text, IReadOnlyDictionary<string, JsonTag>? tags)
    {
        if (!Utf8.IsValid(text))
            throw new FormatException("it is not UTF-8");
        var reader = new JsonReader(text, tags);
        var value = reader.ReadValue();
        reader.SkipSpace();
        return reader._at == text.Length ? value : throw reader.Malformed();
    }

    private object? ReadValue()
    {
        SkipSpace();
        switch (Next)
        {
            case (byte)'"': return ReadText();
            case (byte)'{': return ReadObject();
            case (byte)'[': return ReadArray();
            case (byte)'n' when Skip("null"u8): return null;
            case (byte)'t' when Skip("true"u8): return true;
            case (byte)'f' when Skip("false"u8): return false;
            case (byte)'N' when Skip("NaN"u8): return double.NaN;
            case (byte)'I' when Skip("Infinity"u8): return double.PositiveInfinity;
            case (byte)'-' when Skip("-Infinity"u8): return double.NegativeInfinity;
            default: return ReadNumber();
        }
    }

    private object? ReadObject()
    {
        Enter();
        var members = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        if (!Skip("}"u8))
        {
            do
            {
                SkipSpace();
                var key = ReadText();
                SkipSpace();
                Expect(":"u8);
                members[key] = ReadValue();
                SkipSpace();
            }
            while (Skip(","u8));
            Expect("}"u8);
        }
        _depth--;
        return _tags is not null && members.Count == 1 && _tags.TryGetValue(members.GetAt(0).Key, out var tag) ? tag.FromJson(members.GetAt(0).Value) : members;
    }

    private List<object?> ReadArray()
    {
        Enter();
        var items = new List<object?>();
        if (!Skip("]"u8))
        {
            do
            {
                items.Add(ReadValue());
                SkipSpace();
            }
            while (Skip(","u8));
            Expect("]"u8);
        }
        _depth--;
        return items;
    }

    private string ReadText()
    {
        Expect("\""u8);
        StringBuilder? unescaped = null;
        while (true)
        {
            var run = _text[_at..].IndexOfAny(EndOfRun);
            if (run < 0)
                throw Malformed();
            var plain = _text.Slice(_at, run);
            _at += run;
            if (Skip("\""u8))
                return unescaped is null ? Encoding.UTF8.GetString(plain) : unescaped.Append(Encoding.UTF8.GetString(plain)).ToString();
            Expect("\\"u8);
            (unescaped ??= new StringBuilder()).Append(Encoding.UTF8.GetString(plain)).Append(ReadEscape());
        }
    }

    private char ReadEscape()
    {
        var escape = Next;
        _at++;
        return escape switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => (char)escape,
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            (byte)'u' => ReadCodeUnit(),
            _ => throw Malformed(),
        };
    }

    private char ReadCodeUnit()
    {
        if (_at + 4 > _text.Length || !ushort.TryParse(_text.Slice(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            throw Malformed();
        _at += 4;
        return (char)unit;
    }

    private object ReadNumber()
    {
        var start = _at;
        Skip("-"u8);
        if (!Skip("0"u8) && SkipDigits() == 0)
            throw Malformed();
        var digits = _at;
        // A point or exponent without digits behind it is not part of the number, so the text goes wrong there.
        if (Next == '.' && IsDigit(1))
        {
            _at++;
            SkipDigits();
        }
        if (Next is (byte)'e' or (byte)'E' && (IsDigit(1) || (Peek(1) is (byte)'+' or (byte)'-' && IsDigit(2))))
        {
            _at += 2;
            SkipDigits();
        }
        var number = _text[start.._at];
        if (_at > digits)
            return double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small))
            return small;
        return number.Length <= MaxIntegerDigits
            ? BigInteger.Parse(Encoding.ASCII.GetString(number), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : throw new FormatException($"an integer at byte {start} has more than {MaxIntegerDigits} digits");
    }

    private int SkipDigits()
    {
        var start = _at;
        while (IsDigit(0))
            _at++;
        return _at - start;
    }

    private void SkipSpace()
    {
        while (Next is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            _at++;
    }

    private bool Skip(ReadOnlySpan<byte> token)
    {
        if (!_text[Math.Min(_at, _text.Length)..].StartsWith(token))
            return false;
        _at += token.Length;
        return true;
    }

    private void Expect(ReadOnlySpan<byte> token)
    {
        if (!Skip(token))
            throw Malformed();
    }

    private void Enter()
    {
        _at++;
        if (++_depth > MaxDepth)
            throw new FormatException($"it is nested deeper than {MaxDepth} levels");
        SkipSpace();
    }

    private readonly byte Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : (byte)0;

    private readonly bool IsDigit(int ahead) => Peek(ahead) is >= (byte)'0' and <= (byte)'9';

    private readonly FormatException Malformed() => new($"it is not JSON at byte {Math.Min(_at, _text.Length)}");
}

using System.Text;
using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>Reads what Python's <c>ast.literal_eval</c> reads: literals of numbers, strings, bytes, tuples, lists, dictionaries, sets, booleans and None.</summary>
internal ref struct PythonLiteral
{
    private const int MaxDepth = 100;

    private readonly ReadOnlySpan<char> _text;
    private int _next;
    private int _depth;

    private PythonLiteral(ReadOnlySpan<char> text) => _text = text;

    public static bool TryParse(string text, out Value value)
    {
        value = default;
        var reader = new PythonLiteral(text);
        reader.Skip(newlines: true);
        // An expression may not begin with blanks.
        if (reader._next > 0 && text[reader._next - 1] is ' ' or '\t')
            return false;
        try
        {
            if (reader.Top() is not { } read)
                return false;
            value = read;
            var end = reader._next;
            reader.Skip(newlines: true);
            if (reader._next < text.Length || IsIndented(text.AsSpan(end)))
                return false;
        }
        catch (TemplateError)
        {
            // A number of too many digits, say: then it is no literal.
            return false;
        }
        return reader._unhashable is null ? true : throw reader._unhashable;
    }

    // A literal all the same, but one that Python fails to make.
    private PythonError? _unhashable;

    private bool IsHashable(in Value value)
    {
        if (Equality.IsHashable(value))
            return true;
        _unhashable ??= Equality.Unhashable(Text.TypeName(value));
        return false;
    }

    // Blanks alone on the last line are an indent of nothing.
    private static bool IsIndented(ReadOnlySpan<char> rest) =>
        rest.LastIndexOfAny('\n', '\r') is >= 0 and var line && rest[^1] is ' ' or '\t' && !rest[line..].Contains('#');

    // What follows reads one thing each; null where it is no literal.
    private Value? Top()
    {
        if (Item() is not { } first)
            return null;
        Skip(newlines: false);
        if (Peek() != ',')
            return first;
        // A tuple without parentheses.
        List<Value> items = [first];
        while (Take(','))
        {
            Skip(newlines: false);
            if (_next == _text.Length || Peek() == '\n')
                break;
            if (Item() is not { } item)
                return null;
            items.Add(item);
            Skip(newlines: false);
        }
        return Value.From(new TupleValue([.. items]));
    }

    private Value? Item()
    {
        if (++_depth > MaxDepth)
            return null;
        Skip(newlines: _depth > 1);
        var read = Peek() switch
        {
            '(' => Items(')') is not (var items, var comma) ? null : items.Count == 1 && !comma ? items[0] : Value.From(new TupleValue([.. items])),
            '[' => Items(']') is var (items, _) ? Value.From(new ListValue(items)) : null,
            '{' => Braces(),
            '+' or '-' => Signed(),
            >= '0' and <= '9' or '.' => Number(),
            _ => Word(),
        };
        _depth--;
        return read;
    }

    private (List<Value> Items, bool EndWithComma)? Items(char close)
    {
        _next++;
        var items = new List<Value>();
        for (var comma = false; ; comma = Take(','))
        {
            Skip(newlines: true);
            if (Take(close))
                return (items, comma);
            if ((items.Count > 0 && !comma) || Item() is not { } item)
                return null;
            items.Add(item);
            Skip(newlines: true);
        }
    }

    private Value? Braces()
    {
        var start = _next++;
        var dict = new DictValue();
        for (var comma = true; ; comma = Take(','))
        {
            Skip(newlines: true);
            if (Take('}'))
                return Value.From(dict);
            if (!comma || Item() is not { } key)
                return null;
            Skip(newlines: true);
            if (dict.Length == 0 && Peek() is ',' or '}')
            {
                _next = start;
                return Items('}') is var (items, _) ? Set(items) : null;
            }
            if (!Take(':') || Item() is not { } item)
                return null;
            if (IsHashable(key))
                dict.Set(key, item);
            Skip(newlines: true);
        }
    }

    private Value Set(List<Value> items)
    {
        var set = new SetValue([]);
        foreach (var item in items)
        {
            if (IsHashable(item))
                set.Items.Add(item);
        }
        return Value.From(set);
    }

    private Value? Signed()
    {
        var negative = _text[_next++] == '-';
        Skip(newlines: _depth > 1);
        // Outside of brackets the number stands on the line of its sign.
        if (Peek() is '+' or '-' or '\n' or '\r' || Item() is not { IsNumber: true, IsBool: false } number)
            return null;
        return negative ? Operators.Negate(number) : number;
    }

    private Value? Number()
    {
        var start = _next;
        while (_next < _text.Length && (char.IsAsciiLetterOrDigit(_text[_next]) || _text[_next] is '.' or '_'
            || (_text[_next] is '+' or '-' && _text[_next - 1] is 'e' or 'E' && !_text[start..].StartsWith("0x", StringComparison.OrdinalIgnoreCase))))
            _next++;
        return NumberLiteral.Read(_text[start.._next].ToString()) is { } number ? Value.FromObject(number) : null;
    }

    private Value? Word()
    {
        var word = Letters();
        if (Peek() is '\'' or '"')
            return Strings(word);
        switch (word)
        {
            case "True": return Value.True;
            case "False": return Value.False;
            case "None": return Value.None;
            case "set" when _text[_next..].StartsWith("()"):
                _next += 2;
                return Value.From(new SetValue([]));
            default: return null;
        }
    }

    // Adjacent strings are one; bytes and text do not mix.
    private Value? Strings(ReadOnlySpan<char> prefix)
    {
        var text = new StringBuilder();
        var bytes = prefix.ContainsAny('b', 'B');
        do
        {
            if (prefix.ToString().ToLowerInvariant() is not ("" or "r" or "u" or "b" or "br" or "rb") || prefix.ContainsAny('b', 'B') != bytes
                || StringBody(prefix.ContainsAny('r', 'R')) is not { } part)
                return null;
            text.Append(part);
            Skip(newlines: _depth > 1);
            prefix = Letters();
        }
        while (Peek() is '\'' or '"');
        // Letters before anything else are no part of it.
        _next -= prefix.Length;
        var whole = text.ToString();
        return !bytes ? Value.From(whole) : whole.Any(character => character > 0xff) ? null : Value.From(Encoding.Latin1.GetBytes(whole));
    }

    private string? StringBody(bool raw)
    {
        var quote = _text[_next];
        var triple = _text[_next..].StartsWith([quote, quote, quote]);
        _next += triple ? 3 : 1;
        var start = _next;
        while (_next < _text.Length)
        {
            if (_text[_next] == quote && (!triple || _text[_next..].StartsWith([quote, quote, quote])))
            {
                var inner = _text[start.._next];
                _next += triple ? 3 : 1;
                return raw ? inner.ToString() : StringLiteral.Unescape(inner, out _);
            }
            if (_text[_next] == '\n' && !triple)
                return null;
            _next += _text[_next] == '\\' ? 2 : 1;
        }
        return null;
    }

    private ReadOnlySpan<char> Letters()
    {
        var start = _next;
        while (char.IsAsciiLetter(Peek()))
            _next++;
        return _text[start.._next];
    }

    private readonly char Peek() => _next < _text.Length ? _text[_next] : '\0';

    private bool Take(char character)
    {
        if (Peek() != character)
            return false;
        _next++;
        return true;
    }

    private void Skip(bool newlines)
    {
        while (_next < _text.Length && (_text[_next] is ' ' or '\t' or '\f' or '#' || (newlines && _text[_next] is '\n' or '\r') || JoinsLines))
        {
            if (_text[_next] != '#')
                _next += JoinsLines ? 2 : 1;
            else
                _next = _text[_next..].IndexOfAny('\n', '\r') is >= 0 and var length ? _next + length : _text.Length;
        }
    }

    // A backslash takes a line break away, but not the last one.
    private readonly bool JoinsLines => _next + 2 < _text.Length && _text[_next] == '\\' && _text[_next + 1] == '\n';
}

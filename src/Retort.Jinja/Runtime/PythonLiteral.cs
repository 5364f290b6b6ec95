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
            reader.Skip(newlines: true);
            return reader._next == text.Length;
        }
        catch (TemplateError)
        {
            // An unhashable key, say: then it is no literal.
            return false;
        }
    }

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
                return Items('}') is var (items, _) ? Value.From(new SetValue(items)) : null;
            }
            if (!Take(':') || Item() is not { } item)
                return null;
            dict.Set(key, item);
            Skip(newlines: true);
        }
    }

    private Value? Signed()
    {
        var negative = _text[_next++] == '-';
        Skip(newlines: _depth > 1);
        if (Peek() is '+' or '-' || Item() is not { IsNumber: true, IsBool: false } number)
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
        while (_next < _text.Length && (_text[_next] is ' ' or '\t' or '\f' or '#' || (newlines && _text[_next] is '\n' or '\r')))
            _next = _text[_next] != '#' ? _next + 1 : _text[_next..].IndexOfAny('\n', '\r') is >= 0 and var length ? _next + length : _text.Length;
    }
}

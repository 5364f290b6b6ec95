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
        // An expression may not begin with blanks.
        if (text.Length == 0 || text[0] is ' ' or '\t')
            return false;
        var reader = new PythonLiteral(text);
        try
        {
            if (!reader.Top(out value))
                return false;
            reader.Skip(newlines: true);
            return reader._next == text.Length;
        }
        catch (TemplateError)
        {
            // An unhashable key, say: then it is no literal.
            return false;
        }
    }

    private bool Top(out Value value)
    {
        if (!Item(out value))
            return false;
        Skip(newlines: false);
        if (Peek() != ',')
            return true;
        // A tuple without parentheses.
        var items = new List<Value> { value };
        while (Take(','))
        {
            Skip(newlines: false);
            if (_next == _text.Length || Peek() == '\n')
                break;
            if (!Item(out value))
                return false;
            items.Add(value);
            Skip(newlines: false);
        }
        value = Value.From(new TupleValue([.. items]));
        return true;
    }

    private bool Item(out Value value)
    {
        value = default;
        if (++_depth > MaxDepth)
            return false;
        Skip(newlines: _depth > 1);
        var read = Peek() switch
        {
            '(' => Tuple(out value),
            '[' => List(out value),
            '{' => Braces(out value),
            '+' or '-' => Signed(out value),
            >= '0' and <= '9' or '.' => Number(out value),
            _ => Word(out value),
        };
        _depth--;
        return read;
    }

    private bool Tuple(out Value value)
    {
        value = default;
        if (!Items(')', out var items, out var comma))
            return false;
        value = items.Count == 1 && !comma ? items[0] : Value.From(new TupleValue([.. items]));
        return true;
    }

    private bool List(out Value value)
    {
        value = default;
        if (!Items(']', out var items, out _))
            return false;
        value = Value.From(new ListValue(items));
        return true;
    }

    private bool Items(char close, out List<Value> items, out bool comma)
    {
        _next++;
        items = [];
        comma = false;
        while (true)
        {
            Skip(newlines: true);
            if (Take(close))
                return true;
            if (items.Count > 0 && !comma)
                return false;
            if (!Item(out var item))
                return false;
            items.Add(item);
            Skip(newlines: true);
            comma = Take(',');
        }
    }

    private bool Braces(out Value value)
    {
        var start = _next++;
        value = default;
        Skip(newlines: true);
        var dict = new DictValue();
        value = Value.From(dict);
        if (Take('}'))
            return true;
        while (Item(out var key))
        {
            Skip(newlines: true);
            if (dict.Length == 0 && Peek() is ',' or '}')
            {
                _next = start;
                return Set(out value);
            }
            if (!Take(':') || !Item(out var item))
                return false;
            dict.Set(key, item);
            Skip(newlines: true);
            var comma = Take(',');
            Skip(newlines: true);
            if (Take('}'))
                return true;
            if (!comma)
                return false;
        }
        return false;
    }

    private bool Set(out Value value)
    {
        value = default;
        if (!Items('}', out var items, out _))
            return false;
        value = Value.From(new SetValue(items));
        return true;
    }

    private bool Signed(out Value value)
    {
        var negative = _text[_next++] == '-';
        if (!Item(out value) || !value.IsNumber || value.IsBool)
            return false;
        value = negative ? Operators.Negate(value) : value;
        return true;
    }

    private bool Number(out Value value)
    {
        var start = _next;
        while (_next < _text.Length && (char.IsAsciiLetterOrDigit(_text[_next]) || _text[_next] is '.' or '_'
            || (_text[_next] is '+' or '-' && _text[_next - 1] is 'e' or 'E' && !_text[start..].StartsWith("0x", StringComparison.OrdinalIgnoreCase))))
            _next++;
        value = NumberLiteral.Read(_text[start.._next].ToString()) is { } number ? Value.FromObject(number) : default;
        return !value.IsNone;
    }

    private bool Word(out Value value)
    {
        value = default;
        var start = _next;
        while (_next < _text.Length && char.IsAsciiLetter(_text[_next]))
            _next++;
        var word = _text[start.._next];
        if (_next < _text.Length && _text[_next] is '\'' or '"')
            return Strings(word, out value);
        switch (word)
        {
            case "True": value = Value.True; return true;
            case "False": value = Value.False; return true;
            case "None": return true;
            case "set" when _text[_next..].StartsWith("()"):
                _next += 2;
                value = Value.From(new SetValue([]));
                return true;
            default: return false;
        }
    }

    // Adjacent strings are one; bytes and text do not mix.
    private bool Strings(ReadOnlySpan<char> prefix, out Value value)
    {
        value = default;
        var text = new StringBuilder();
        var bytes = prefix.ContainsAny('b', 'B');
        while (true)
        {
            if (prefix.ToString().ToLowerInvariant() is not ("" or "r" or "u" or "b" or "br" or "rb") || prefix.ContainsAny('b', 'B') != bytes)
                return false;
            if (!StringBody(prefix.ContainsAny('r', 'R'), text))
                return false;
            var mark = _next;
            Skip(newlines: _depth > 1);
            var start = _next;
            while (_next < _text.Length && char.IsAsciiLetter(_text[_next]))
                _next++;
            if (_next >= _text.Length || _text[_next] is not ('\'' or '"'))
            {
                _next = mark;
                break;
            }
            prefix = _text[start.._next];
        }
        if (bytes && text.ToString().Any(character => character > 0xff))
            return false;
        value = bytes ? Value.From(Encoding.Latin1.GetBytes(text.ToString())) : Value.From(text.ToString());
        return true;
    }

    private bool StringBody(bool raw, StringBuilder text)
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
                if (raw)
                    text.Append(inner);
                else if (StringLiteral.Unescape(inner, out _) is { } plain)
                    text.Append(plain);
                else
                    return false;
                return true;
            }
            if (_text[_next] == '\n' && !triple)
                return false;
            _next += _text[_next] == '\\' ? 2 : 1;
        }
        return false;
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
        while (_next < _text.Length && (_text[_next] is ' ' or '\t' or '\f' || (newlines && _text[_next] is '\n' or '\r')))
            _next++;
    }
}

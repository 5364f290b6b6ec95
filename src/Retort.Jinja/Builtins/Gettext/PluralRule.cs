using System.Globalization;

namespace Retort.Jinja;

/// <summary>The rule that picks a plural form for a number: an expression of C over <c>n</c>. Source: GNU gettext manual, Plural forms.</summary>
internal sealed class PluralRule
{
    private const int MaxLength = 1000;
    private const int MaxDepth = 20;

    // Binary operators by how tightly they bind, loosest first.
    private static readonly string[][] Levels = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

    private readonly string _text;
    private int _position;
    private int _depth;

    private PluralRule(string text) => _text = text;

    private Func<long, long> _evaluate = static n => n != 1 ? 1 : 0;

    /// <summary>Reads <c>nplurals=2; plural=n != 1;</c>. Without a header the rule is that of English.</summary>
    public static PluralRule FromHeader(string? header)
    {
        var plural = header?.Split(';').Select(part => part.Trim()).FirstOrDefault(part => part.StartsWith("plural=", StringComparison.Ordinal));
        return plural is null ? new PluralRule(string.Empty) : Parse(plural["plural=".Length..]);
    }

    public static PluralRule Parse(string expression)
    {
        if (expression.Length > MaxLength)
            throw new FormatException($"The plural rule is longer than {MaxLength} characters.");
        var rule = new PluralRule(expression);
        rule._evaluate = rule.Conditional();
        rule.Skip();
        return rule._position == expression.Length ? rule : throw rule.Invalid();
    }

    /// <summary>The index of the form for a number; 0 if the rule cannot be computed for it.</summary>
    public int FormOf(long n)
    {
        try
        {
            return (int)Math.Clamp(_evaluate(n), 0, int.MaxValue);
        }
        catch (ArithmeticException)
        {
            return 0;
        }
    }

    private Func<long, long> Conditional()
    {
        if (++_depth > MaxDepth)
            throw new FormatException($"The plural rule nests deeper than {MaxDepth}: {_text}");
        var condition = Binary(0);
        if (Take("?"))
        {
            var then = Conditional();
            if (!Take(":"))
                throw Invalid();
            var otherwise = Conditional();
            _depth--;
            return n => condition(n) != 0 ? then(n) : otherwise(n);
        }
        _depth--;
        return condition;
    }

    private Func<long, long> Binary(int level)
    {
        if (level == Levels.Length)
            return Unary();
        var left = Binary(level + 1);
        while (Array.Find(Levels[level], Take) is { } symbol)
        {
            var (first, second) = (left, Binary(level + 1));
            left = symbol switch
            {
                "||" => n => first(n) != 0 || second(n) != 0 ? 1 : 0,
                "&&" => n => first(n) != 0 && second(n) != 0 ? 1 : 0,
                "==" => n => first(n) == second(n) ? 1 : 0,
                "!=" => n => first(n) != second(n) ? 1 : 0,
                "<=" => n => first(n) <= second(n) ? 1 : 0,
                ">=" => n => first(n) >= second(n) ? 1 : 0,
                "<" => n => first(n) < second(n) ? 1 : 0,
                ">" => n => first(n) > second(n) ? 1 : 0,
                "+" => n => unchecked(first(n) + second(n)),
                "-" => n => unchecked(first(n) - second(n)),
                "*" => n => unchecked(first(n) * second(n)),
                "/" => n => first(n) / second(n),
                _ => n => first(n) % second(n),
            };
        }
        return left;
    }

    private Func<long, long> Unary()
    {
        if (Take("!"))
        {
            if (++_depth > MaxDepth)
                throw new FormatException($"The plural rule nests deeper than {MaxDepth}: {_text}");
            var operand = Unary();
            _depth--;
            return n => operand(n) == 0 ? 1 : 0;
        }
        if (Take("n"))
            return static n => n;
        if (Take("("))
        {
            var inner = Conditional();
            return Take(")") ? inner : throw Invalid();
        }
        var start = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
            _position++;
        if (!long.TryParse(_text.AsSpan(start, _position - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw Invalid();
        return _ => number;
    }

    private bool Take(string symbol)
    {
        Skip();
        if (!_text.AsSpan(_position).StartsWith(symbol, StringComparison.Ordinal))
            return false;
        // A lone "!" or "<" must not eat the first half of "!=" or "<=".
        if (symbol is "!" && _text.AsSpan(_position).StartsWith("!=", StringComparison.Ordinal))
            return false;
        _position += symbol.Length;
        return true;
    }

    private void Skip()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
            _position++;
    }

    private FormatException Invalid() => new(string.Create(CultureInfo.InvariantCulture, $"The plural rule is not valid at character {_position + 1}: {_text}"));
}

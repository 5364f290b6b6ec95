namespace Retort.Routing;

internal enum RuleTokenKind
{
    Slash,
    Literal,
    Variable,
}

/// <summary>A slash, a run of literal text, or a variable with its converter's name and arguments, and where it stands in the rule.</summary>
internal readonly record struct RuleToken(RuleTokenKind Kind, string Text, int Start, int Length)
{
    public string Converter { get; init; } = "default";

    public int ConverterStart { get; init; }

    public string Arguments { get; init; } = "";

    public int ArgumentsStart { get; init; }
}

/// <summary>Splits a rule's text into tokens: <c>/</c>, literal text, <c>&lt;converter(arguments):name&gt;</c>.</summary>
internal static class RuleParser
{
    public static List<RuleToken> Parse(string rule)
    {
        var tokens = new List<RuleToken>();
        for (var position = 0; position < rule.Length; position += tokens[^1].Length)
        {
            tokens.Add(rule[position] switch
            {
                '/' => new RuleToken(RuleTokenKind.Slash, "/", position, 1),
                '<' => ParseVariable(rule, position),
                _ => ParseLiteral(rule, position),
            });
        }
        return tokens;
    }

    private static RuleToken ParseLiteral(string rule, int start)
    {
        var end = rule.AsSpan(start).IndexOfAny('<', '/');
        var text = end < 0 ? rule[start..] : rule.Substring(start, end);
        return new RuleToken(RuleTokenKind.Literal, text, start, text.Length);
    }

    private static RuleToken ParseVariable(string rule, int start)
    {
        var first = NameAt(rule, start + 1);
        var next = start + 1 + first.Length;
        if (first.Length > 0 && CharAt(rule, next) == '>')
            return Variable(rule, start, next, first);
        if (first.Length > 0 && CharAt(rule, next) == ':' && NameAt(rule, next + 1) is { Length: > 0 } name && CharAt(rule, next + 1 + name.Length) == '>')
            return Variable(rule, start, next + 1 + name.Length, name) with { Converter = first, ConverterStart = start + 1 };
        if (first.Length > 0 && CharAt(rule, next) == '(' && TryParseCall(rule, start, first, out var call))
            return call;
        throw Malformed(rule, start);
    }

    // The arguments end at the first ')' that the rest of a variable follows, so that they may hold ')' themselves.
    private static bool TryParseCall(string rule, int start, string converter, out RuleToken token)
    {
        var open = start + 1 + converter.Length;
        for (var close = rule.IndexOf(')', open); close >= 0; close = rule.IndexOf(')', close + 1))
        {
            if (CharAt(rule, close + 1) != ':')
                continue;
            var name = NameAt(rule, close + 2);
            if (name.Length == 0 || CharAt(rule, close + 2 + name.Length) != '>')
                continue;
            token = Variable(rule, start, close + 2 + name.Length, name) with
            {
                Converter = converter,
                ConverterStart = start + 1,
                Arguments = rule[(open + 1)..close],
                ArgumentsStart = open + 1,
            };
            return true;
        }
        token = default;
        return false;
    }

    private static RuleToken Variable(string rule, int start, int end, string name) =>
        new(RuleTokenKind.Variable, name, start, end + 1 - start) { ConverterStart = start + 1, ArgumentsStart = start + 1 };

    private static RuleSyntaxError Malformed(string rule, int start)
    {
        var end = rule.IndexOf('>', start);
        if (end < 0)
            return new RuleSyntaxError("the variable is never closed; add '>'", rule, start, rule.Length - start);
        var inner = rule[(start + 1)..end];
        var name = inner[(inner.LastIndexOf(':') + 1)..];
        var problem = inner switch
        {
            "" => "the variable has no name; write one between '<' and '>'",
            _ when inner.Contains('(') && !inner.Contains(')') => "the converter's arguments are never closed; add '):' and the variable's name",
            _ when inner.EndsWith(')') => "the converter has no variable; add ':' and the variable's name after ')'",
            _ when name.Length == 0 => "the variable has no name; write one after ':'",
            _ when NameAt(name, 0) == name => "the converter does not parse; write '<converter:name>' or '<converter(arguments):name>'",
            _ => $"'{name}' is not a variable name; use letters, digits and '_', not beginning with a digit",
        };
        return new RuleSyntaxError(problem, rule, start, end + 1 - start);
    }

    private static char CharAt(string text, int index) => index < text.Length ? text[index] : '\0';

    private static string NameAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_' || (end > start && char.IsAsciiDigit(text[end]))))
            end++;
        return start >= text.Length ? "" : text[start..end];
    }
}

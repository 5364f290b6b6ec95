using System.Text.RegularExpressions;

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
internal static partial class RuleParser
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
        if (Variable().Match(rule, start) is not { Success: true, Groups: var groups })
            throw Malformed(rule, start);
        return new RuleToken(RuleTokenKind.Variable, groups["name"].Value, start, groups[0].Length)
        {
            Converter = groups["converter"].Success ? groups["converter"].Value : "default",
            ConverterStart = start + 1,
            Arguments = groups["arguments"].Value,
            ArgumentsStart = groups["arguments"].Success ? groups["arguments"].Index : start + 1,
        };
    }

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
            _ when Variable().IsMatch($"<{name}>") => "the converter does not parse; write '<converter:name>' or '<converter(arguments):name>'",
            _ => $"'{name}' is not a variable name; use letters, digits and '_', not beginning with a digit",
        };
        return new RuleSyntaxError(problem, rule, start, end + 1 - start);
    }

    // The arguments end at the first ')' that the rest of a variable follows, so that they may hold ')' themselves.
    [GeneratedRegex(@"\G<(?:(?<converter>[A-Za-z_][A-Za-z0-9_]*)(?:\((?<arguments>.*?)\))?:)?(?<name>[A-Za-z_][A-Za-z0-9_]*)>", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}

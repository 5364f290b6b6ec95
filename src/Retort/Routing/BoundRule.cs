using System.Runtime.CompilerServices;
using System.Text;

namespace Retort.Routing;

/// <summary>A rule parsed with a map's converters and settings: the parts that match and the pieces that build.</summary>
internal sealed class BoundRule
{
    private readonly Dictionary<string, RouteVariable> _variables = [];
    private readonly List<UrlPiece> _domainPieces = [];
    private readonly List<UrlPiece> _pathPieces = [];
    private readonly StringBuilder _trace = new();

    public BoundRule(Rule rule, Map map)
    {
        Rule = rule;
        StrictSlashes = rule.StrictSlashes ?? map.StrictSlashes;
        MergeSlashes = rule.MergeSlashes ?? map.MergeSlashes;
        if (!rule.Text.StartsWith('/'))
            throw new RuleSyntaxError("the rule does not begin with a slash; add '/'", rule.Text, 0, 1);
        if (rule is { WebSocket: true, Methods: { } methods } && methods.FirstOrDefault(method => method is not ("GET" or "HEAD" or "OPTIONS")) is { } wrong)
            throw new RuleSyntaxError($"a WebSocket rule does not answer {wrong}; leave methods out or use GET, HEAD and OPTIONS", rule.Text, 0, rule.Text.Length);
        DomainParts = Parse((map.HostMatching ? rule.Host : rule.Subdomain ?? map.DefaultSubdomain) ?? "", map, _domainPieces);
        _trace.Append('|');
        DomainVariables = _variables.Count;
        PathParts = Parse(MergeSlashes ? UrlPath.WithMergedSlashes(rule.Text) : rule.Text, map, _pathPieces);
        Variables = [.. _variables.Values];
        Arguments = [.. (rule.Defaults?.Keys ?? []).Union(_variables.Keys)];
        MayRedirect = rule.RedirectTo is not null || rule.RedirectBy is not null || (rule.Alias && map.RedirectDefaults);
        CheckRedirect();
    }

    public Rule Rule { get; }

    public bool StrictSlashes { get; }

    public bool MergeSlashes { get; }

    /// <summary>The parts of the subdomain or host: one, as a slash cannot stand there, unless the rule can never match.</summary>
    public List<object> DomainParts { get; }

    /// <summary>The parts between the slashes of the path; a literal part is a string, another a <see cref="RulePart"/>. The first is the empty text before the first slash.</summary>
    public List<object> PathParts { get; }

    public RouteVariable[] Variables { get; }

    public int DomainVariables { get; }

    /// <summary>The names of variables and defaults: what a URL needs to be built, or has in it.</summary>
    public string[] Arguments { get; }

    /// <summary>Whether a match may have a canonical URL elsewhere.</summary>
    public bool MayRedirect { get; private set; }

    /// <summary>The rules whose defaults, if they are the values matched, make them the canonical URL.</summary>
    public IReadOnlyList<BoundRule> CanonicalRules { get; private set; } = [];

    public bool HasArgument(string name) => Array.IndexOf(Arguments, name) >= 0;

    /// <summary>Sets what other rules of the endpoint come before this one and have the same arguments.</summary>
    public void SetCanonicalRules(IEnumerable<BoundRule> before)
    {
        CanonicalRules = [.. before.Where(rule => rule.ProvidesDefaultsFor(this))];
        MayRedirect |= CanonicalRules.Count > 0;
    }

    /// <summary>Whether the method is answered and the values suffice, without contradicting the defaults.</summary>
    public bool Suits(ReadOnlySpan<KeyValuePair<string, object?>> values, string? method)
    {
        if (method is not null && !Rule.Answers(method))
            return false;
        foreach (var argument in Arguments)
        {
            var given = UrlValues.Find(values, argument);
            if (Rule.Defaults?.TryGetValue(argument, out var fallback) is true)
            {
                if (given is not null && !UrlValues.Same(given, fallback))
                    return false;
            }
            else if (given is null)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The subdomain or host of the URL; null if a converter refuses its value.</summary>
    public string? BuildDomain(ReadOnlySpan<KeyValuePair<string, object?>> values) => Build(_domainPieces, values);

    /// <summary>The path of the URL, encoded; null if a converter refuses its value.</summary>
    public string? BuildPath(ReadOnlySpan<KeyValuePair<string, object?>> values) => Build(_pathPieces, values);

    /// <summary>The value of a variable as it stands in a URL.</summary>
    public string ToUrl(string variable, object? value) => value is null ? "" : _variables[variable].Converter.ToUrl(value) ?? "";

    private static string? Build(List<UrlPiece> pieces, ReadOnlySpan<KeyValuePair<string, object?>> values)
    {
        if (pieces is [])
            return "";
        if (pieces is [{ Literal: { } only }])
            return only;
        var output = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[256]);
        foreach (var piece in pieces)
        {
            var text = piece.Literal ?? piece.Variable!.Converter.ToUrl(UrlValues.Find(values, piece.Variable.Name)!);
            if (text is null)
                return null;
            output.AppendLiteral(text);
        }
        return output.ToStringAndClear();
    }

    private List<object> Parse(string text, Map map, List<UrlPiece> pieces)
    {
        var parts = new List<object>();
        var elements = new List<(string? Literal, Converter? Converter)>();
        var final = false;
        foreach (var token in RuleParser.Parse(text))
        {
            _trace.Append(token.Kind == RuleTokenKind.Variable ? $"<{token.Text}>" : token.Text);
            switch (token.Kind)
            {
                case RuleTokenKind.Slash when !final:
                    parts.Add(Part(elements, final, suffixed: false));
                    elements.Clear();
                    break;
                case RuleTokenKind.Slash or RuleTokenKind.Literal:
                    elements.Add((token.Text, null));
                    break;
                default:
                    var variable = Declare(text, token, map);
                    elements.Add((null, variable.Converter));
                    final |= !variable.Converter.PartIsolating;
                    pieces.Add(PieceOf(variable, text, token));
                    continue;
            }
            AddLiteral(pieces, PercentEncoding.Path(token.Text));
        }
        // A last slash after a variable that takes in slashes: matched without it, then it is redirected to as any other.
        var suffixed = final && elements[^1].Literal == "/";
        if (suffixed)
            elements.RemoveAt(elements.Count - 1);
        parts.Add(Part(elements, final, suffixed));
        if (suffixed)
            parts.Add("");
        return parts;
    }

    private static object Part(List<(string? Literal, Converter? Converter)> elements, bool final, bool suffixed) =>
        elements.Any(element => element.Converter is not null)
            ? new RulePart([.. elements], final, suffixed)
            : string.Concat(elements.Select(element => element.Literal));

    private RouteVariable Declare(string text, RuleToken token, Map map)
    {
        if (_variables.ContainsKey(token.Text))
            throw new RuleSyntaxError($"the variable '{token.Text}' is there already; give this one another name", text, token.Start, token.Length);
        return _variables[token.Text] = new RouteVariable(token.Text, MakeConverter(text, token, map));
    }

    private static Converter MakeConverter(string text, RuleToken token, Map map)
    {
        if (!map.Converters.TryGetValue(token.Converter, out var factory))
        {
            var nearest = Similarity.Nearest(token.Converter, map.Converters.Keys);
            throw new RuleSyntaxError($"no converter '{token.Converter}'; use '{nearest}' or add it to the map's converters", text, token.ConverterStart, token.Converter.Length);
        }
        var arguments = ConverterArguments.Parse(text, token);
        try
        {
            return factory(arguments);
        }
        catch (Exception error) when (error is not RuleSyntaxError)
        {
            throw new RuleSyntaxError($"the converter '{token.Converter}' {error.Message}", text, token.ArgumentsStart, token.Arguments.Length, error);
        }
    }

    private UrlPiece PieceOf(RouteVariable variable, string text, RuleToken token)
    {
        if (Rule.Defaults?.TryGetValue(variable.Name, out var fallback) is not true)
            return new UrlPiece(null, variable);
        try
        {
            if (fallback is not null && variable.Converter.ToUrl(fallback) is { } literal)
                return new UrlPiece(literal, null);
        }
        catch (ArgumentException error)
        {
            throw new RuleSyntaxError($"the default of '{variable.Name}' does not fit: {error.Message}", text, token.Start, token.Length, error);
        }
        throw new RuleSyntaxError($"the default of '{variable.Name}' does not fit its converter; give another", text, token.Start, token.Length);
    }

    private static void AddLiteral(List<UrlPiece> pieces, string text)
    {
        if (pieces.Count > 0 && pieces[^1].Literal is { } before)
            pieces[^1] = new UrlPiece(before + text, null);
        else
            pieces.Add(new UrlPiece(text, null));
    }

    private void CheckRedirect()
    {
        foreach (var name in RedirectTemplate.VariablesOf(Rule.RedirectTo))
        {
            if (!_variables.ContainsKey(name))
                throw new RuleSyntaxError($"the redirect '{Rule.RedirectTo}' names '{name}', which the rule does not have; use its variables", Rule.Text, 0, Rule.Text.Length);
        }
    }

    private bool ProvidesDefaultsFor(BoundRule rule) =>
        !Rule.BuildOnly && Rule.Defaults is { Count: > 0 } && Arguments.Length == rule.Arguments.Length && Arguments.All(rule.HasArgument)
        && _trace.ToString() != rule._trace.ToString();
}

/// <summary>A piece of a URL: encoded literal text or a variable.</summary>
internal readonly record struct UrlPiece(string? Literal, RouteVariable? Variable);

namespace Retort.Routing;

/// <summary>
/// One URL rule and what it leads to. Immutable; copy it with <c>with</c>. It is parsed when it is added to a <see cref="Map"/>.
/// Source: Werkzeug, URL Routing, <c>Rule</c>.
/// </summary>
/// <param name="Text">The path with its variables: <c>/user/&lt;int:id&gt;</c>. Begins with a slash.</param>
public sealed record Rule(string Text)
{
    private readonly string[]? _methods;

    /// <summary>The name the rule is built by. Rules without one match, but no URL can be built for them.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The methods the rule answers, in upper case; HEAD is added to GET. Null means every method.</summary>
    public IReadOnlyList<string>? Methods { get => _methods; init => _methods = value is null ? null : WithHead(value); }

    /// <summary>Values for variables that the rule's text does not have; with the same value given, the shorter rule is the canonical one.</summary>
    public IReadOnlyDictionary<string, object?>? Defaults { get; init; }

    /// <summary>The subdomain, which may hold variables. Null means the map's default subdomain. Not used when the map matches hosts.</summary>
    public string? Subdomain { get; init; }

    /// <summary>The whole host, which may hold variables. Used only when the map matches hosts.</summary>
    public string? Host { get; init; }

    /// <summary>Whether <c>/a</c> redirects to the rule <c>/a/</c> (true) or matches it (false). Null means the map's setting.</summary>
    public bool? StrictSlashes { get; init; }

    /// <summary>Whether repeated slashes redirect to single ones. Null means the map's setting.</summary>
    public bool? MergeSlashes { get; init; }

    /// <summary>Whether the rule only builds URLs and never matches.</summary>
    public bool BuildOnly { get; init; }

    /// <summary>
    /// Where a match redirects to, relative to the application's root, with variables as <c>&lt;name&gt;</c>. A target on another host
    /// has to be spelled out in this text: a variable's value cannot bring one in.
    /// </summary>
    public string? RedirectTo { get; init; }

    /// <summary>Computes where a match redirects to, from the adapter that matched and the values of the URL. Used when <see cref="RedirectTo"/> is null.</summary>
    public Func<MapAdapter, RouteValues, string>? RedirectBy { get; init; }

    /// <summary>Whether the rule redirects to the other rule with the same endpoint and variables.</summary>
    public bool Alias { get; init; }

    /// <summary>Whether the rule answers WebSocket handshakes only. Other rules never answer them.</summary>
    public bool WebSocket { get; init; }

    /// <summary>What the owner of the map wants to find with a match: for the framework, the compiled view.</summary>
    public object? Target { get; init; }

    /// <summary>Whether the rule answers the given method, which is in upper case.</summary>
    internal bool Answers(string method)
    {
        if (_methods is null)
            return true;
        foreach (var known in _methods)
        {
            if (known == method)
                return true;
        }
        return false;
    }

    private static string[] WithHead(IEnumerable<string> methods)
    {
        var known = methods.Select(method => method.ToUpperInvariant()).Distinct().ToList();
        if (known.Contains("GET") && !known.Contains("HEAD"))
            known.Add("HEAD");
        return [.. known];
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;

namespace Retort.Routing;

/// <summary>A map bound to a server: matches with redirects, and builds URLs. Source: Werkzeug, URL Routing, <c>MapAdapter</c>.</summary>
public sealed class MapAdapter
{
    private readonly bool _badHost;

    internal MapAdapter(Map map, Binding binding)
    {
        Map = map;
        if (map.HostMatching && binding.Subdomain is not null)
            throw new ArgumentException("a map that matches hosts has no subdomains; bind it without one", nameof(binding));
        _badHost = !HostName.TryNormalize(binding.ServerName, out var serverName);
        ServerName = serverName;
        ScriptName = binding.ScriptName.EndsWith('/') ? binding.ScriptName : binding.ScriptName + "/";
        Subdomain = map.HostMatching ? "" : binding.Subdomain ?? map.DefaultSubdomain;
        Scheme = binding.Scheme;
        DefaultMethod = binding.DefaultMethod;
        Path = binding.Path;
        Query = binding.Query;
    }

    /// <summary>The map.</summary>
    public Map Map { get; }

    /// <summary>The host that URLs are built with, without subdomain, in lower case and ASCII; empty if it was not valid.</summary>
    public string ServerName { get; }

    /// <summary>The path the application is mounted at, with a slash at its end.</summary>
    public string ScriptName { get; }

    /// <summary>The subdomain the request came to.</summary>
    public string Subdomain { get; }

    /// <summary>The scheme URLs are built with: <c>http</c>, <c>https</c>, <c>ws</c>, <c>wss</c>.</summary>
    public string Scheme { get; }

    /// <summary>The method that is matched, and preferred in building, when none is given.</summary>
    public string DefaultMethod { get; }

    /// <summary>The path that is matched when none is given, percent-decoded.</summary>
    public string Path { get; }

    /// <summary>The query that redirects keep, percent-encoded and without <c>?</c>.</summary>
    public string Query { get; }

    /// <summary>Whether the request is a WebSocket handshake.</summary>
    public bool WebSocket => Scheme is "ws" or "wss";

    /// <summary>What rules of this request are looked for under: the subdomain, or the host if the map matches hosts.</summary>
    public string Domain => Map.HostMatching ? ServerName : Subdomain;

    /// <summary>Matches a path and converts its variables. What is not given is taken from the binding.</summary>
    /// <param name="path">The path, percent-decoded.</param>
    /// <param name="method">The method, in any case.</param>
    /// <param name="query">The query that a redirect keeps, percent-encoded.</param>
    /// <param name="webSocket">Whether the request is a WebSocket handshake.</param>
    public MatchResult Match(string? path = null, string? method = null, string? query = null, bool? webSocket = null)
    {
        if (_badHost)
            return new MatchResult.BadHost();
        path ??= Path;
        method = (method ?? DefaultMethod).ToUpperInvariant();
        Map.Match(method, path, out var match, Domain, webSocket ?? WebSocket);
        if (match.MayRedirect && RedirectUrl(match, path, method, query) is { } url)
            return new MatchResult.RedirectTo(url);
        return match.Status switch
        {
            RouteStatus.Found => new MatchResult.Found(match.Rule!, match.Values(path)),
            RouteStatus.MethodNotAllowed => new MatchResult.MethodNotAllowed(match.AllowedMethods),
            RouteStatus.WebSocketMismatch => new MatchResult.WebSocketMismatch(),
            _ => new MatchResult.NotFound(),
        };
    }

    /// <summary>The methods that rules answer at a path; empty if there are none or a rule answers every method.</summary>
    public IReadOnlyList<string> AllowedMethods(string? path = null)
    {
        // No rule has this method.
        Map.Match("--", path ?? Path, out var match, Domain, WebSocket);
        return match.AllowedMethods;
    }

    /// <summary>Where a match has to be redirected to; null if it is the canonical URL and its rule can be used.</summary>
    /// <param name="match">A match for which <see cref="RouteMatch.MayRedirect"/> holds.</param>
    /// <param name="path">The path that was matched.</param>
    /// <param name="method">The method that was matched, in upper case.</param>
    /// <param name="query">The query to keep. Null means the binding's.</param>
    public string? RedirectUrl(in RouteMatch match, ReadOnlySpan<char> path, string method, string? query = null)
    {
        query ??= Query;
        if (match.RedirectPath is { } needed)
            return Absolute(null, PercentEncoding.Path(needed), query);
        if (match.Bound is not { } bound)
            return null;
        var values = match.Values(path);
        return (bound.Rule.Alias && Map.RedirectDefaults ? AliasUrl(bound, values, method, query) : null)
            ?? CanonicalUrl(bound, values, method, query)
            ?? TargetUrl(bound, values);
    }

    /// <summary>Builds the URL of an endpoint. Values that no variable takes become its query. Throws <see cref="BuildError"/>.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="values">Names and values; null ones count as not given, a list in the query gives its name several times.</param>
    /// <param name="method">Only rules that answer this method. Null means: the binding's first, then any.</param>
    /// <param name="forceExternal">Whether scheme and host are written even if they are the request's.</param>
    /// <param name="appendUnknown">Whether values that no variable takes become the query; otherwise they are dropped.</param>
    /// <param name="scheme">The scheme instead of the binding's; an empty one gives <c>//host/path</c>.</param>
    /// <param name="anchor">The text after <c>#</c>, not encoded.</param>
    public string Build(
        string endpoint, ReadOnlySpan<KeyValuePair<string, object?>> values, string? method = null, bool forceExternal = false, bool appendUnknown = true, string? scheme = null, string? anchor = null)
    {
        var rules = Map.Compiled.RulesOf(endpoint);
        var rule = (method is null ? Choose(rules, values, DefaultMethod, out var domain, out var path) : Choose(rules, values, method, out domain, out path))
            ?? (method is null ? Choose(rules, values, null, out domain, out path) : null)
            ?? throw BuildError.For(endpoint, values, method, Map.Compiled.Rules);
        scheme ??= Scheme;
        var secure = scheme is "https" or "wss";
        if (rule.Rule.WebSocket)
            (forceExternal, scheme) = (true, secure ? "wss" : "ws");
        else if (scheme.Length > 0)
            scheme = secure ? "https" : "http";

        var output = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        if (forceExternal || domain != Domain)
        {
            output.AppendLiteral(scheme.Length > 0 ? scheme + "://" : "//");
            output.AppendLiteral(HostOf(domain!));
        }
        output.AppendFormatted(ScriptName.AsSpan().TrimEnd('/'));
        output.AppendLiteral("/");
        output.AppendFormatted(path.AsSpan().TrimStart('/'));
        if (appendUnknown)
            UrlValues.AppendQuery(values, rule, Map.SortParameters, ref output);
        if (anchor is not null)
        {
            output.AppendLiteral("#");
            PercentEncoding.AppendAnchor(ref output, anchor);
        }
        return output.ToStringAndClear();
    }

    /// <inheritdoc cref="Build(string, ReadOnlySpan{KeyValuePair{string, object?}}, string?, bool, bool, string?, string?)"/>
    public string Build(
        string endpoint, IEnumerable<KeyValuePair<string, object?>>? values = null, string? method = null, bool forceExternal = false, bool appendUnknown = true, string? scheme = null, string? anchor = null) =>
        Build(endpoint, values is null ? [] : (ReadOnlySpan<KeyValuePair<string, object?>>)values.ToArray(), method, forceExternal, appendUnknown, scheme, anchor);

    // The first rule that takes the values; when hosts are matched, rather one on this host.
    private BoundRule? Choose(BoundRule[] rules, ReadOnlySpan<KeyValuePair<string, object?>> values, string? method, out string? domain, out string? path)
    {
        BoundRule? first = null;
        (domain, path) = (null, null);
        foreach (var rule in rules)
        {
            if (!rule.Suits(values, method) || rule.BuildDomain(values) is not { } itsDomain || rule.BuildPath(values) is not { } itsPath)
                continue;
            if (first is null || itsDomain == ServerName)
                (first, domain, path) = (rule, itsDomain, itsPath);
            if (!Map.HostMatching || itsDomain == ServerName)
                break;
        }
        return first;
    }

    private string? AliasUrl(BoundRule alias, RouteValues values, string method, string query)
    {
        KeyValuePair<string, object?>[] given = [.. values];
        if (Choose(Map.Compiled.RulesOf(alias.Rule.Endpoint ?? ""), given, method, out var domain, out var path) is not { } rule || rule == alias)
            return null;
        return Absolute(domain, path!, query);
    }

    private string? CanonicalUrl(BoundRule matched, RouteValues values, string method, string query)
    {
        KeyValuePair<string, object?>[] given = [.. values];
        foreach (var rule in matched.CanonicalRules)
        {
            if (rule.Suits(given, method) && rule.BuildDomain(given) is { } domain && rule.BuildPath(given) is { } path)
                return Absolute(domain, path, query);
        }
        return null;
    }

    private string? TargetUrl(BoundRule matched, RouteValues values)
    {
        var origin = Origin(Subdomain);
        if (matched.Rule.RedirectTo is { } template)
            return Printable(RedirectTemplate.Resolve(origin, ScriptName, template, name => matched.ToUrl(name, values[name])));
        return matched.Rule.RedirectBy is { } target ? Printable(RedirectTemplate.Resolve(origin, ScriptName, target(this, values))) : null;
    }

    private string Absolute(string? domain, string path, string query)
    {
        var output = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        output.AppendLiteral(Origin(domain ?? Domain));
        output.AppendLiteral("/");
        if (ScriptName.AsSpan().Trim('/') is { IsEmpty: false } script)
            output.AppendFormatted($"{script}/");
        output.AppendFormatted(path.AsSpan().TrimStart('/'));
        if (query.Length > 0)
            output.AppendFormatted($"?{query}");
        return Printable(output.ToStringAndClear());
    }

    // An unbound map has no host to name: its redirects are paths.
    private string Origin(string domain) => ServerName.Length == 0 ? "" : $"{(Scheme.Length > 0 ? Scheme : "http")}://{HostOf(domain)}";

    private string HostOf(string domain) => Map.HostMatching ? (domain.Length > 0 ? domain : ServerName) : domain.Length > 0 ? $"{domain}.{ServerName}" : ServerName;

    private static string Printable(string url)
    {
        var output = new DefaultInterpolatedStringHandler(0, 0, CultureInfo.InvariantCulture, stackalloc char[256]);
        PercentEncoding.AppendEncoded(ref output, url);
        return output.ToStringAndClear();
    }
}

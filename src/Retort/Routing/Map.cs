using System.Collections;

namespace Retort.Routing;

/// <summary>
/// The rules of an application. Matching and building use a compiled form that is made when it is first needed and again after a rule was added;
/// both may be called from any thread. Source: Werkzeug, URL Routing, <c>Map</c>.
/// </summary>
public sealed class Map : IEnumerable<Rule>
{
    private readonly Lock _lock = new();
    private readonly List<BoundRule> _rules = [];
    private volatile CompiledMap? _compiled;

    /// <summary>Starts with the given rules. Throws <see cref="RuleSyntaxError"/> for one that does not parse.</summary>
    public Map(params IEnumerable<Rule> rules)
    {
        foreach (var rule in rules)
            Add(rule);
    }

    /// <summary>The subdomain of rules that name none. Default: none.</summary>
    public string DefaultSubdomain { get; init => Rebind(field = value); } = "";

    /// <summary>Whether rules are chosen by their whole <see cref="Rule.Host"/> instead of their subdomain. Default false.</summary>
    public bool HostMatching { get; init => Rebind(field = value); }

    /// <summary>Whether a path that only lacks its last slash is redirected (true) or matches (false). Default true.</summary>
    public bool StrictSlashes { get; init => Rebind(field = value); } = true;

    /// <summary>Whether a path with repeated slashes is redirected to one without. Default true.</summary>
    public bool MergeSlashes { get; init => Rebind(field = value); } = true;

    /// <summary>Whether a URL that another rule has by default is redirected there. Default true.</summary>
    public bool RedirectDefaults { get; init => Rebind(field = value); } = true;

    /// <summary>Whether built queries are sorted by name and value. Default false: in the order given.</summary>
    public bool SortParameters { get; init; }

    /// <summary>What makes the converters, by their name in rules. Add to it before the rules that use it.</summary>
    public IDictionary<string, ConverterFactory> Converters { get; } = new Dictionary<string, ConverterFactory>(BuiltInConverters.All);

    /// <summary>The number of rules.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _rules.Count;
        }
    }

    /// <summary>Adds a rule. Throws <see cref="RuleSyntaxError"/> if it does not parse.</summary>
    public void Add(Rule rule)
    {
        lock (_lock)
        {
            _rules.Add(new BoundRule(rule, this));
            _compiled = null;
        }
    }

    /// <summary>The variables a rule would have in this map, without adding it. Throws <see cref="RuleSyntaxError"/> if it does not parse.</summary>
    public IReadOnlyList<RouteVariable> VariablesOf(Rule rule) => new BoundRule(rule, this).Variables;

    /// <summary>Whether a rule of the endpoint has all these variables or defaults.</summary>
    public bool IsEndpointExpecting(string endpoint, params ReadOnlySpan<string> arguments)
    {
        foreach (var rule in Compiled.RulesOf(endpoint))
        {
            var all = true;
            foreach (var argument in arguments)
                all &= rule.HasArgument(argument);
            if (all)
                return true;
        }
        return false;
    }

    /// <summary>
    /// Finds the rule for a path without allocating: the variables are left in the path. When <see cref="RouteMatch.MayRedirect"/>, ask
    /// <see cref="MapAdapter.RedirectUrl"/> before using the rule.
    /// </summary>
    /// <param name="method">The request's method, in upper case.</param>
    /// <param name="path">The path, percent-decoded. One slash at its beginning or several are the same.</param>
    /// <param name="match">What came of it.</param>
    /// <param name="domain">The subdomain, or the host if the map matches hosts.</param>
    /// <param name="webSocket">Whether the request is a WebSocket handshake.</param>
    /// <returns>Whether a rule was found.</returns>
    public bool Match(string method, ReadOnlySpan<char> path, out RouteMatch match, string domain = "", bool webSocket = false)
    {
        match = default;
        Compiled.Machine.Find(method, path, domain, webSocket, ref match);
        return match.Status == RouteStatus.Found;
    }

    /// <summary>Matches a path in the default subdomain and converts its variables. A redirect is a path.</summary>
    public MatchResult Match(string method, string path) => new MapAdapter(this, new Binding { ServerName = "", Subdomain = HostMatching ? null : DefaultSubdomain }).Match(path, method);

    /// <summary>Binds the map to a server's name and the rest of what an absolute URL consists of.</summary>
    public MapAdapter Bind(Binding binding) => new(this, binding);

    /// <summary>The rules in the order they were added.</summary>
    public IEnumerator<Rule> GetEnumerator()
    {
        List<Rule> rules;
        lock (_lock)
            rules = _rules.ConvertAll(rule => rule.Rule);
        return rules.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal CompiledMap Compiled => _compiled ?? Compile();

    // A setting in an object initializer comes after the constructor's rules, and holds for them too.
    private void Rebind(object _)
    {
        for (var i = 0; i < _rules.Count; i++)
            _rules[i] = new BoundRule(_rules[i].Rule, this);
    }

    private CompiledMap Compile()
    {
        lock (_lock)
            return _compiled ??= new CompiledMap(_rules, this);
    }
}

/// <summary>The rules of a map, ready to match and to build.</summary>
internal sealed class CompiledMap
{
    private readonly Dictionary<string, BoundRule[]> _endpoints;

    public CompiledMap(IReadOnlyCollection<BoundRule> rules, Map map)
    {
        Rules = [.. rules];
        Machine = new StateMachine(rules.Where(rule => !rule.Rule.BuildOnly), map.MergeSlashes);
        _endpoints = rules.Where(rule => rule.Rule.Endpoint is not null).GroupBy(rule => rule.Rule.Endpoint!).ToDictionary(rules => rules.Key, InBuildingOrder);
        if (!map.RedirectDefaults)
            return;
        foreach (var endpoint in _endpoints.Values)
        {
            for (var i = 0; i < endpoint.Length; i++)
                endpoint[i].SetCanonicalRules(endpoint[..i]);
        }
    }

    public BoundRule[] Rules { get; }

    public StateMachine Machine { get; }

    public BoundRule[] RulesOf(string endpoint) => _endpoints.GetValueOrDefault(endpoint, []);

    // Aliases last; the rule with the most arguments first, and of those the one with the most defaults.
    private static BoundRule[] InBuildingOrder(IEnumerable<BoundRule> rules) =>
        [.. rules.OrderBy(rule => rule.Rule.Alias).ThenByDescending(rule => rule.Arguments.Length).ThenByDescending(rule => rule.Rule.Defaults?.Count ?? 0)];
}

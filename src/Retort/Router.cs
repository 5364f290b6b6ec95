using Microsoft.AspNetCore.Http;
using Retort.Configuration;
using Retort.Http;
using Retort.Http.Exceptions;
using Retort.Routing;
using Retort.Views;

namespace Retort;

/// <summary>An app's URL map and what its rules lead to: adds rules, and finds the context of a request.</summary>
internal sealed class Router(App app)
{
    private readonly Dictionary<string, (object View, object? Target)> _views = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RequestHooks> _hooks = new(StringComparer.Ordinal);
    private RequestHooks _appHooks = RequestHooks.None;
    private readonly Dictionary<string, Delegate> _endpointViews = new(StringComparer.Ordinal);
    private readonly ConfigSnapshot<ServerSettings> _settings = new(config =>
        new ServerSettings(config.Get<string>("SERVER_NAME"), config.Get("PREFERRED_URL_SCHEME", "http"), config.Get("APPLICATION_ROOT", "/"), TrustedHosts.From(config)));

    /// <summary>Whether there is a rule for WebSockets; if not, no request is looked at for being one.</summary>
    public bool HasWebSockets { get; private set; }

    public Map Map => field ??= new Map { HostMatching = app.HostMatching };

    public ServerSettings Settings => _settings.Of(app.Config);

    public void Add(string text, string endpoint, Delegate? view, string[]? methods, RouteOptions options)
    {
        string[] answered = [.. (methods ?? options.Class?.Methods ?? ["GET"]).Select(method => method.ToUpperInvariant())];
        if (view is not null)
            endpoint = Claim(text, endpoint, (view.Method, view.Target), answered, options.IsUnnamed);
        else if (options.Class is { } type)
            endpoint = Claim(text, endpoint, (type.Type, null), answered, unnamed: false);
        var automaticOptions = options.ProvideAutomaticOptions ?? (!answered.Contains("OPTIONS") && app.Config.Get("PROVIDE_AUTOMATIC_OPTIONS", true));
        var rule = new Rule(text)
        {
            Endpoint = endpoint,
            Methods = automaticOptions ? [.. answered, "OPTIONS"] : answered,
            Defaults = options.Defaults is null ? null : ObjectValues.Of(options.Defaults),
            Subdomain = options.Subdomain,
            Host = options.Host,
            StrictSlashes = options.StrictSlashes,
            MergeSlashes = options.MergeSlashes,
            BuildOnly = options.BuildOnly,
            Alias = options.Alias,
            RedirectTo = options.RedirectTo,
            WebSocket = options.WebSocket,
        };
        HasWebSockets |= options.WebSocket;
        var call = view is null ? options.Class?.Plan(app, rule, Map.VariablesOf(rule)) : ViewPlanner.Plan(app, view, rule, Map.VariablesOf(rule));
        Map.Add(rule with
        {
            Target = new Route(endpoint, options.Blueprint, call, ViewPlanner.NameOf(view, endpoint), rule.Methods)
            {
                AutomaticOptions = automaticOptions,
                Function = view,
                FunctionOf = view is not null ? _ => view.Method : options.Class is { } group ? group.FunctionOf : _ => null,
                IsByMethod = options.Class?.IsByMethod is true,
                Metadata = options.Metadata,
            },
        });
    }

    public bool Has(string endpoint) => _views.ContainsKey(endpoint);

    /// <summary>The rules as ASP.NET Core endpoints.</summary>
    public RouteEndpoints Endpoints => field ??= new RouteEndpoints(app);

    /// <summary>Gives the rules of an endpoint that were added without a view their view, when the app starts.</summary>
    public void SetView(string endpoint, Delegate view)
    {
        Claim($"of the endpoint '{endpoint}'", endpoint, (view.Method, view.Target), [], unnamed: false);
        _endpointViews[endpoint] = view;
    }

    /// <summary>Compiles the map and fixes the functions around each view.</summary>
    public void Start()
    {
        _appHooks = new RequestHooks([app]);
        foreach (var rule in Map)
        {
            var route = (Route)rule.Target!;
            route.Hooks = HooksOf(route.Blueprint);
            if (route.View is null && _endpointViews.TryGetValue(route.Endpoint, out var view))
            {
                route.SetView(ViewPlanner.Plan(app, view, rule, Map.VariablesOf(rule)), ViewPlanner.NameOf(view, route.Endpoint));
                route.FunctionOf = _ => view.Method;
            }
        }
        // Blueprints without rules of their own too: from here on nothing is added while requests read.
        foreach (var blueprint in app.Blueprints.Keys)
            HooksOf(blueprint);
        Map.Match("GET", "/", out _);
    }

    /// <summary>The functions around the requests of a blueprint; of the app alone for null.</summary>
    public RequestHooks HooksOf(string? blueprint)
    {
        if (blueprint is null || !app.Blueprints.ContainsKey(blueprint))
            return _appHooks;
        if (_hooks.TryGetValue(blueprint, out var hooks))
            return hooks;
        var outermostFirst = Request.BlueprintsFrom(blueprint).Reverse().Select(name => app.Blueprints.GetValueOrDefault(name)).OfType<Scaffold>();
        return _hooks[blueprint] = new RequestHooks([app, .. outermostFirst]);
    }

    /// <summary>The functions that add values to the URLs of an endpoint: those of the blueprint that it belongs to, wherever the URL is built.</summary>
    public Action<string, IDictionary<string, object?>>[] UrlDefaultsOf(string endpoint) => HooksOf(endpoint.LastIndexOf('.') is var dot and >= 0 ? endpoint[..dot] : null).UrlDefaults;

    /// <summary>The context of a request: what its URL leads to, or what is wrong with it.</summary>
    public Context Match(HttpContext http, bool nested = false)
    {
        var path = RequestPath.Of(http);
        if (Settings.TrustedHosts?.Contains(http.Request.Host.Value ?? "") is false)
            return new Context(app, http, nested) { Path = path, Hooks = _appHooks, RoutingError = new SecurityError($"Host '{http.Request.Host.Value}' is not trusted.") };
        var domain = app.SubdomainMatching || app.HostMatching ? Bind(http, path).Domain : "";
        // A handshake of HTTP/2 is a CONNECT; rules know it as the GET of HTTP/1.1.
        var webSocket = HasWebSockets && http.WebSockets.IsWebSocketRequest;
        if (Map.Match(webSocket ? "GET" : http.Request.Method, path, out var match, domain, webSocket) && !match.MayRedirect)
        {
            var route = (Route)match.Rule!.Target!;
            if (!route.AutomaticOptions || !HttpMethods.IsOptions(http.Request.Method))
                return new Context(app, http, nested) { Path = path, Route = route, Hooks = route.Hooks!, Match = match };
        }
        return MatchOther(http, path, match, nested);
    }

    /// <summary>Without subdomain matching every host is in the default subdomain, and the server name only builds URLs. Source: Flask.create_url_adapter.</summary>
    public MapAdapter Bind(HttpContext http, string path) => Map.Bind(BindingOf(http) with
    {
        ScriptName = http.Request.PathBase.Value is { Length: > 0 } prefix ? prefix : "/",
        DefaultMethod = http.Request.Method,
        Path = path,
        Query = http.Request.QueryString.Value is { Length: > 0 } query ? query[1..] : "",
    });

    private Binding BindingOf(HttpContext http)
    {
        var (host, scheme) = (http.Request.Host.Value ?? "", http.Request.Scheme);
        if (app.HostMatching)
            return Binding.ForHost(host, null, scheme, hostMatching: true);
        var binding = Binding.ForHost(host, Settings.ServerName, scheme);
        return app.SubdomainMatching ? binding : binding with { Subdomain = Map.DefaultSubdomain };
    }

    public MapAdapter BindWithoutRequest() => Map.Bind(new Binding { ServerName = Settings.ServerName!, Scheme = Settings.Scheme, ScriptName = Settings.ApplicationRoot });

    private Context MatchOther(HttpContext http, string path, in RouteMatch match, bool nested)
    {
        var (route, error, answer) = Answer(http, path, match);
        return new Context(app, http, nested) { Path = path, Route = route, Hooks = route?.Hooks ?? _appHooks, RoutingError = error, RoutingAnswer = answer, Match = match };
    }

    private (Route? Route, HttpException? Error, Response? Answer) Answer(HttpContext http, string path, in RouteMatch match)
    {
        var method = http.Request.Method;
        if (match.MayRedirect && Bind(http, path).RedirectUrl(match, path, method) is { } url)
            return (null, null, Redirects.To(url, 308));
        switch (match.Status)
        {
            case RouteStatus.Found:
                var route = (Route)match.Rule!.Target!;
                var options = route.AutomaticOptions && HttpMethods.IsOptions(method) ? AllowedMethods(Bind(http, path)) : null;
                return (route, null, options);
            case RouteStatus.MethodNotAllowed:
                return (null, new MethodNotAllowed(match.AllowedMethods), null);
            case RouteStatus.WebSocketMismatch:
                return (null, new BadRequest(), null);
            default:
                return (null, new NotFound(), null);
        }
    }

    private static Response AllowedMethods(MapAdapter adapter)
    {
        var response = new Response();
        response.Headers["Allow"] = string.Join(", ", adapter.AllowedMethods());
        return response;
    }

    /// <summary>
    /// An endpoint means one view: a second view under its name would never be called. Only lambdas on one rule are told apart, by their methods, because they had no name to choose.
    /// </summary>
    private string Claim(string text, string endpoint, (object View, object? Target) view, string[] methods, bool unnamed)
    {
        if (_views.TryAdd(endpoint, view) || (_views[endpoint].View.Equals(view.View) && ReferenceEquals(_views[endpoint].Target, view.Target)))
            return endpoint;
        if (unnamed && _views.TryAdd($"{endpoint} {string.Join(' ', methods)}", view))
            return $"{endpoint} {string.Join(' ', methods)}";
        throw new ViewError($"cannot add the rule '{text}': the endpoint '{endpoint}' belongs to another view. Give this one its own name: endpoint: \"...\".");
    }
}

/// <summary>What URLs built outside of a request consist of.</summary>
internal sealed record ServerSettings(string? ServerName, string Scheme, string ApplicationRoot, TrustedHosts? TrustedHosts);

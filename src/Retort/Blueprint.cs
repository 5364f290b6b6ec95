using System.Runtime.CompilerServices;
using Retort.Http.Exceptions;

namespace Retort;

/// <summary>
/// A part of an app: routes, hooks, templates and static files that are set up on their own and join an app when they are registered,
/// under a URL prefix and with endpoints named <c>blueprint.view</c>. Source: flask.Blueprint.
/// </summary>
public sealed class Blueprint : Scaffold
{
    private readonly List<Action<BlueprintSetup>> _deferred = [];
    private readonly List<(Blueprint Blueprint, string? UrlPrefix, string? Name, string? Subdomain, object? UrlDefaults)> _children = [];
    private bool _registered;

    /// <summary>Makes a blueprint.</summary>
    /// <param name="name">Stands before its endpoints. Throws <see cref="ArgumentException"/> when it is empty or holds a dot.</param>
    /// <param name="rootPath">The folder of its templates and static files. Default: the folder of the file that makes it.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    public Blueprint(string name, string? rootPath = null, [CallerFilePath] string sourceFile = "")
        : base(rootPath ?? RootFolder.Find(sourceFile))
    {
        if (name.Length == 0 || name.Contains('.', StringComparison.Ordinal))
            throw new ArgumentException($"cannot name a blueprint '{name}': the name stands before its endpoints, so it may not be empty or hold a dot.", nameof(name));
        Name = name;
    }

    /// <summary>The name before its endpoints.</summary>
    public string Name { get; }

    /// <summary>The path before its rules, such as <c>/blog</c>. The one given at registration wins.</summary>
    public string? UrlPrefix { get; init; }

    /// <summary>The subdomain of its rules that do not give their own.</summary>
    public string? Subdomain { get; init; }

    /// <summary>Values for variables that its rules do not hold: <c>new { lang = "en" }</c>. Those given at registration replace them. Source: flask.Blueprint, url_defaults.</summary>
    public object? UrlDefaultValues { get; init; }

    /// <summary>The group its commands join: null means its name, empty means the app's own commands.</summary>
    public string? CliGroup { get; init; }

    /// <inheritdoc/>
    public override void AddUrlRule(string rule, string endpoint, Delegate? view = null, string[]? methods = null, RouteOptions? options = null)
    {
        if (endpoint.Contains('.', StringComparison.Ordinal))
            throw new ViewError($"cannot add the rule '{rule}' to the blueprint '{Name}': the endpoint '{endpoint}' holds a dot, which separates blueprint and view. Choose a name without one.");
        Defer(setup => setup.AddUrlRule(rule, endpoint, view, methods, options));
    }

    /// <inheritdoc/>
    public override void Endpoint(string endpoint, Delegate view) => Defer(setup => setup.App.Endpoint($"{setup.Name}.{endpoint}", view));

    /// <summary>Adds a blueprint inside this one: names and prefixes are joined. Throws when it is the blueprint itself.</summary>
    public void RegisterBlueprint(Blueprint blueprint, string? urlPrefix = null, string? name = null, string? subdomain = null, object? urlDefaults = null)
    {
        if (ReferenceEquals(blueprint, this))
            throw new ArgumentException($"cannot register the blueprint '{Name}' on itself.", nameof(blueprint));
        CheckSetup();
        _children.Add((blueprint, urlPrefix, name, subdomain, urlDefaults));
    }

    /// <summary>Runs before each request of the whole app.</summary>
    public void BeforeAppRequest(Delegate function) => Defer(setup => setup.App.BeforeRequest(function), once: true);

    /// <summary>Runs after each request of the whole app.</summary>
    public void AfterAppRequest(Delegate function) => Defer(setup => setup.App.AfterRequest(function), once: true);

    /// <summary>Runs at the end of each request of the whole app.</summary>
    public void TeardownAppRequest(Delegate function) => Defer(setup => setup.App.TeardownRequest(function), once: true);

    /// <summary>Adds variables to every template of the whole app.</summary>
    public void AppContextProcessor(Func<object?> function) => Defer(setup => setup.App.ContextProcessor(function), once: true);

    /// <summary>Answers HTTP errors of one code in the whole app, also those of routing.</summary>
    public void AppErrorHandler(int code, Func<HttpException, Response> handler) => Defer(setup => setup.App.ErrorHandler(code, handler), once: true);

    /// <summary>Answers exceptions of a class in the whole app.</summary>
    public void AppErrorHandler<TException>(Func<TException, Response> handler)
        where TException : Exception => Defer(setup => setup.App.ErrorHandler(handler), once: true);

    /// <summary>Is called before every URL of the app is built.</summary>
    public void AppUrlDefaults(Action<string, IDictionary<string, object?>> function) => Defer(setup => setup.App.UrlDefaults(function), once: true);

    /// <summary>Is called with the URL variables of every request of the app.</summary>
    public void AppUrlValuePreprocessor(Action<string?, IDictionary<string, object?>> function) =>
        Defer(setup => setup.App.UrlValuePreprocessor(function), once: true);

    /// <summary>Adds a filter to the templates of the whole app.</summary>
    public void AppTemplateFilter(string name, Delegate function) => Defer(setup => setup.App.TemplateFilter(name, function), once: true);

    /// <summary>Adds a test to the templates of the whole app.</summary>
    public void AppTemplateTest(string name, Delegate function) => Defer(setup => setup.App.TemplateTest(name, function), once: true);

    /// <summary>Adds a function or value to the templates of the whole app.</summary>
    public void AppTemplateGlobal(string name, object? value) => Defer(setup => setup.App.TemplateGlobal(name, value), once: true);

    /// <summary>Runs something whenever the blueprint is registered.</summary>
    public void Record(Action<BlueprintSetup> function) => Defer(function);

    /// <summary>Runs something the first time the blueprint is registered.</summary>
    public void RecordOnce(Action<BlueprintSetup> function) => Defer(function, once: true);

    internal override void CheckSetup([CallerMemberName] string method = "")
    {
        if (_registered)
        {
            throw new InvalidOperationException(
                $"cannot call {method} on the blueprint '{Name}': it is registered already, and the change would be missed. Set it up before app.RegisterBlueprint.");
        }
    }

    internal void Register(BlueprintSetup setup)
    {
        _registered = true;
        if (HasStaticFolder)
            setup.AddUrlRule(StaticFiles.RuleOf(this), "static", StaticFiles.View(this));
        foreach (var deferred in _deferred)
            deferred(setup);
        setup.App.AddCommands(this, CliGroup ?? setup.Name);
        foreach (var (blueprint, urlPrefix, name, subdomain, urlDefaults) in _children)
            setup.App.Register(blueprint, setup.Inside(blueprint, urlPrefix, name, subdomain, urlDefaults));
    }

    private void Defer(Action<BlueprintSetup> function, bool once = false, [CallerMemberName] string method = "")
    {
        CheckSetup(method);
        _deferred.Add(once ? setup => { if (setup.FirstRegistration) function(setup); } : function);
    }
}

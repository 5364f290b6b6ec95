using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Retort.Hosting;
using Retort.Http;
using Retort.Http.Exceptions;
using Retort.Jinja.Loaders;
using Retort.Views;

namespace Retort;

/// <summary>
/// What an app and a blueprint have in common: routes, functions around requests, error handlers. Source: flask.sansio.scaffold.Scaffold.
/// </summary>
/// <remarks>
/// A view or hook is any delegate. Its parameters are URL variables by name; <see cref="Request"/>, session, <see cref="Context"/>,
/// <see cref="CancellationToken"/> and registered services by type; or as ASP.NET Core's attributes say. Wrong ones fail when the delegate is registered.
/// </remarks>
public abstract class Scaffold
{
    internal Scaffold(string rootPath) => RootPath = rootPath;

    /// <summary>The folder that relative names (templates, static files, resources) are looked up in.</summary>
    public string RootPath { get; }

    /// <summary>The folder with the static files, absolute or relative to <see cref="RootPath"/>; null for none.</summary>
    public string? StaticFolder { get; init; }

    /// <summary>The URL path the static files are served under.</summary>
    public string? StaticUrlPath { get; init; }

    /// <summary>The folder with the templates, absolute or relative to <see cref="RootPath"/>; null for none.</summary>
    public string? TemplateFolder { get; init; }

    /// <summary>Templates from elsewhere than a folder, such as those an extension carries in its assembly; looked up after <see cref="TemplateFolder"/>. Default null, none.</summary>
    public Loader? TemplateLoader { get; init; }

    /// <summary>Own commands of the command line.</summary>
    public AppGroup Cli { get; } = new();

    /// <summary>Whether there is a folder of static files.</summary>
    [MemberNotNullWhen(true, nameof(StaticFolder))]
    public bool HasStaticFolder => StaticFolder is not null;

    internal List<Hook> BeforeRequestHooks { get; } = [];

    internal List<Hook> AfterRequestHooks { get; } = [];

    internal List<Hook> TeardownRequestHooks { get; } = [];

    internal List<Func<Context, object?>> ContextProcessors { get; } = [];

    internal List<Action<string, IDictionary<string, object?>>> UrlDefaultFunctions { get; } = [];

    internal List<Action<string?, IDictionary<string, object?>>> UrlValuePreprocessors { get; } = [];

    internal ErrorHandlers ErrorHandlers { get; } = new();

    /// <summary>Adds a view for GET (and HEAD). See <see cref="Route"/>.</summary>
    public void Get([StringSyntax("Route")] string rule, Delegate view, string? endpoint = null, RouteOptions? options = null) => Route(rule, view, ["GET"], endpoint, options);

    /// <summary>Adds a view for POST. See <see cref="Route"/>.</summary>
    public void Post([StringSyntax("Route")] string rule, Delegate view, string? endpoint = null, RouteOptions? options = null) => Route(rule, view, ["POST"], endpoint, options);

    /// <summary>Adds a view for PUT. See <see cref="Route"/>.</summary>
    public void Put([StringSyntax("Route")] string rule, Delegate view, string? endpoint = null, RouteOptions? options = null) => Route(rule, view, ["PUT"], endpoint, options);

    /// <summary>Adds a view for PATCH. See <see cref="Route"/>.</summary>
    public void Patch([StringSyntax("Route")] string rule, Delegate view, string? endpoint = null, RouteOptions? options = null) => Route(rule, view, ["PATCH"], endpoint, options);

    /// <summary>Adds a view for DELETE. See <see cref="Route"/>.</summary>
    public void Delete([StringSyntax("Route")] string rule, Delegate view, string? endpoint = null, RouteOptions? options = null) => Route(rule, view, ["DELETE"], endpoint, options);

    /// <summary>
    /// Adds a WebSocket view: it runs from the handshake to the end of the connection. Functions before the request run before the handshake is answered and may refuse it.
    /// Only the app's own pages may connect, unless <c>WEBSOCKET_ALLOWED_ORIGINS</c> lists others.
    /// </summary>
    /// <param name="rule">The URL path with variables.</param>
    /// <param name="view">Takes the connection.</param>
    /// <param name="endpoint">The name for <c>UrlFor</c>, which builds <c>ws://</c> and <c>wss://</c> URLs. Default: as for <see cref="Route"/>.</param>
    /// <param name="options">Rarer settings.</param>
    public void WebSocket([StringSyntax("Route")] string rule, Func<WebSocket, Task> view, string? endpoint = null, RouteOptions? options = null) =>
        WebSocket(rule, (Delegate)view, endpoint, options);

    /// <summary>Adds a WebSocket view that takes more than the connection: URL variables by name, the rest by type, as any view does.</summary>
    /// <inheritdoc cref="WebSocket(string, Func{WebSocket, Task}, string?, RouteOptions?)"/>
    public void WebSocket([StringSyntax("Route")] string rule, Delegate view, string? endpoint = null, RouteOptions? options = null) =>
        Route(rule, view, ["GET"], endpoint, (options ?? new RouteOptions()) with { WebSocket = true });

    /// <summary>Gives the rules of an endpoint their view: those added by <c>AddUrlRule(rule, endpoint)</c> alone, before or after. Source: flask.Flask.endpoint.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="view">Any delegate. Throws <see cref="ViewError"/> when it cannot be called for one of the rules.</param>
    public abstract void Endpoint(string endpoint, Delegate view);

    /// <summary>Opens a file of the app, or of the blueprint, for reading. Source: flask.Flask.open_resource.</summary>
    /// <param name="name">Relative to <see cref="RootPath"/>. Throws <see cref="FileNotFoundException"/> when it is not there.</param>
    public Stream OpenResource(string name) => File.OpenRead(Path.Combine(RootPath, name));

    /// <summary>
    /// Adds a rule with its view. Several rules may share an endpoint when they share the view.
    /// </summary>
    /// <param name="rule">The URL path with variables: <c>/user/&lt;int:id&gt;</c>. It begins with a slash.</param>
    /// <param name="view">Any delegate; see the remarks of this class.</param>
    /// <param name="methods">HTTP methods, upper or lower case. Default GET. HEAD comes with GET, OPTIONS by itself.</param>
    /// <param name="endpoint">The name for <c>UrlFor</c>. Default: the view's method name in snake_case; a lambda takes the rule.</param>
    /// <param name="options">Rarer settings.</param>
    /// <exception cref="Routing.RuleSyntaxError">The rule does not parse.</exception>
    /// <exception cref="ViewError">The view cannot be called for this rule, or its endpoint belongs to another view.</exception>
    public void Route([StringSyntax("Route")] string rule, Delegate view, string[]? methods = null, string? endpoint = null, RouteOptions? options = null) =>
        AddUrlRule(rule, endpoint ?? EndpointNames.Of(view, rule), view, methods,
            endpoint is null && EndpointNames.MethodName(view) is null ? (options ?? new RouteOptions()) with { IsUnnamed = true } : options);

    /// <summary>Adds a rule with or without a view. <see cref="Route"/> is the usual way. Source: flask.Flask.add_url_rule.</summary>
    public abstract void AddUrlRule(string rule, string endpoint, Delegate? view = null, string[]? methods = null, RouteOptions? options = null);

    /// <summary>Adds a rule whose view is a class; several rules may share it under one endpoint. Source: flask.views.View.as_view.</summary>
    /// <param name="rule">The URL path with variables.</param>
    /// <param name="endpoint">The name for <c>UrlFor</c>.</param>
    /// <param name="make">Gives the object for each request: <c>() => new Items(store)</c>.</param>
    /// <param name="methods">HTTP methods. Default: those a <see cref="MethodView"/> has functions for; GET for another <see cref="View"/>.</param>
    /// <param name="options">Rarer settings.</param>
    /// <exception cref="ViewError">The class lacks a function for a method, or its parameters do not fit the rule.</exception>
    public void AddUrlRule<TView>(string rule, string endpoint, Func<TView> make, string[]? methods = null, RouteOptions? options = null)
        where TView : View
    {
        ArgumentNullException.ThrowIfNull(make);
        AddUrlRule(rule, endpoint, (Delegate?)null, methods, (options ?? new RouteOptions()) with { Class = new ViewClass<TView>(make) });
    }

    /// <summary>Adds the public static methods of a class that carry <c>[Get("/...")]</c>, <c>[Post("/...")]</c> or <c>[Route("/...", "GET", "POST")]</c>, in the order they are written.</summary>
    public void AddViews(Type views)
    {
        foreach (var (view, route) in RouteAttribute.In(views))
            Route(route.Rule, view, [.. route.Methods], route.Endpoint);
    }

    /// <summary>
    /// Runs before each request (a blueprint's: before its own requests), in the order of registration. What it returns, if it is not null, is the response, and the view is not called.
    /// </summary>
    public void BeforeRequest(Delegate function) => AddHook(BeforeRequestHooks, function);

    /// <summary>
    /// Runs after each request, last registered first, with the <see cref="Response"/>, which it may change or replace by returning another.
    /// </summary>
    public void AfterRequest(Delegate function) => AddHook(AfterRequestHooks, function);

    /// <summary>Runs at the end of each request whatever happened, with the unhandled <see cref="Exception"/> or null. Its own failures are logged.</summary>
    public void TeardownRequest(Delegate function) => AddHook(TeardownRequestHooks, function);

    /// <summary>Adds variables to the context of every template: the properties of the object it returns.</summary>
    public void ContextProcessor(Func<object?> function) => Add(ContextProcessors, _ => function());

    /// <summary>Is called with endpoint and values before a URL is built, and may add values.</summary>
    public void UrlDefaults(Action<string, IDictionary<string, object?>> function) => Add(UrlDefaultFunctions, function);

    /// <summary>Is called with endpoint (null when nothing matched) and URL variables before the functions before a request, and may change them.</summary>
    public void UrlValuePreprocessor(Action<string?, IDictionary<string, object?>> function) => Add(UrlValuePreprocessors, function);

    /// <summary>Answers HTTP errors of one code: those of <c>Abort</c> and, on the app, those of routing.</summary>
    /// <param name="code">The status code. Throws <see cref="ArgumentException"/> when there is no such error.</param>
    /// <param name="handler">Makes the response, whose status is not set by itself: <c>error => (RenderTemplate("404.html"), 404)</c>.</param>
    public void ErrorHandler(int code, Func<HttpException, Response> handler) => Register<HttpException>(handler, error => new(handler(error)), code);

    /// <inheritdoc cref="ErrorHandler(int, Func{HttpException, Response})"/>
    public void ErrorHandler(int code, Func<HttpException, Task<Response>> handler) => Register<HttpException>(handler, error => new(handler(error)), code);

    /// <summary>Answers exceptions of a class and those derived from it; the most specific handler wins, a blueprint's before the app's.</summary>
    public void ErrorHandler<TException>(Func<TException, Response> handler)
        where TException : Exception => Register<TException>(handler, error => new(handler(error)), HttpException.CodeOf(typeof(TException)));

    /// <inheritdoc cref="ErrorHandler{TException}(Func{TException, Response})"/>
    public void ErrorHandler<TException>(Func<TException, Task<Response>> handler)
        where TException : Exception => Register<TException>(handler, error => new(handler(error)), HttpException.CodeOf(typeof(TException)));

    /// <summary>Throws when the app already answers requests, because what is set up now would be missed by some of them.</summary>
    internal abstract void CheckSetup([CallerMemberName] string method = "");

    private protected void Add<T>(List<T> functions, T function, [CallerMemberName] string method = "")
    {
        CheckSetup(method);
        functions.Add(function);
    }

    private protected void AddHook(List<Hook> hooks, Delegate function, [CallerMemberName] string method = "")
    {
        CheckSetup(method);
        hooks.Add(Hook.Plan(function, method));
    }

    /// <summary>The folder of templates as an absolute path, or null for none.</summary>
    internal string? TemplatePath => TemplateFolder is null ? null : Path.Combine(RootPath, TemplateFolder);

    /// <summary>The folder of static files as an absolute path, or null for none.</summary>
    internal string? StaticPath => StaticFolder is null ? null : Path.Combine(RootPath, StaticFolder);

    private void Register<TException>(Delegate handler, Func<TException, ValueTask<Response>> call, int? code)
        where TException : Exception
    {
        CheckSetup(nameof(ErrorHandler));
        ArgumentNullException.ThrowIfNull(handler);
        ErrorHandlers.Add(typeof(TException), code, error => call((TException)error));
    }
}

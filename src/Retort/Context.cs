using Microsoft.AspNetCore.Http;
using Retort.Http;
using Retort.Http.Exceptions;
using Retort.Routing;
using Retort.Sessions;
using Retort.Views;

namespace Retort;

/// <summary>
/// Everything that belongs to one request, or to one command: the app, the request, the session and <see cref="G"/>. The static properties of
/// <see cref="Globals"/> read the current one. Application and request context are one, as in Flask 3.2.
/// </summary>
public sealed class Context : IDisposable, IAsyncDisposable
{
    private static readonly AsyncLocal<Context?> Local = new();

    private readonly HttpContext? _http;
    private readonly Context? _outer;
    private Request? _request;
    private Session? _session;
    private AppGlobals? _globals;
    private List<Hook>? _afterThisRequest;
    private bool _ended;
    private bool _isReopened;

    internal Context(App app, HttpContext? http, bool nested = false)
    {
        App = app;
        _http = http;
        _outer = nested ? Local.Value : null;
    }

    /// <summary>The context of the running view or command, or null outside of both.</summary>
    public static Context? Current => Local.Value is { _ended: false } context ? context : null;

    /// <summary>The app.</summary>
    public App App { get; }

    /// <summary>Whether there is a request, and not only an app.</summary>
    public bool HasRequest => _http is not null;

    /// <summary>The request. Throws <see cref="ContextError"/> in a context without one.</summary>
    public Request Request => _request ??= MakeRequest();

    /// <summary>ASP.NET Core's context of the request. Throws <see cref="ContextError"/> in a context without one.</summary>
    public HttpContext Http => _http ?? throw ContextError.OutsideRequest(nameof(Http));

    /// <summary>The session, opened when it is first asked for. Throws <see cref="ContextError"/> in a context without a request.</summary>
    public Session Session => _session ??= OpenSession();

    /// <summary>
    /// What is said of the view that answers: its attributes and those of its class, its <see cref="System.Reflection.MethodInfo"/>, the rule's <see cref="RouteOptions.Metadata"/>. Empty where no rule matched.
    /// </summary>
    public EndpointMetadataCollection ViewMetadata => Route is { } route ? App.Router.Endpoints.Of(route, Http.Request.Method)?.Metadata ?? EndpointMetadataCollection.Empty : EndpointMetadataCollection.Empty;

    /// <summary>Values of the app's own, gone when the context ends.</summary>
    public AppGlobals G => _globals ??= TakeOver() ?? new AppGlobals();

    /// <summary>The services of this request, or of the app.</summary>
    public IServiceProvider Services => _http?.RequestServices ?? App.ServiceProvider;

    /// <summary>Runs a function once with the response of this request, before the app's own <c>AfterRequest</c> functions.</summary>
    public void AfterThisRequest(Delegate function) => (_afterThisRequest ??= []).Add(Hook.Plan(function, nameof(AfterThisRequest)));

    /// <summary>
    /// A function that runs with a copy of this request, its session and a <see cref="G"/> of its own, whenever it is called, also after the request has ended.
    /// Changes to the session are not saved any more once the response is sent. Source: flask.copy_current_request_context.
    /// </summary>
    public Func<Task<T>> Copied<T>(Func<Task<T>> function)
    {
        var request = Request.Copy();
        var services = App.ServiceProvider;
        _session ??= OpenSession();
        return async () =>
        {
            request.Http.RequestServices = services;
            using var copy = Another(request.Http, request);
            copy.Push();
            return await function();
        };
    }

    /// <summary>Ends a context that was made by hand (<c>using (app.AppContext())</c>): runs the teardown functions and restores the context around it.</summary>
    public void Dispose()
    {
        if (_ended)
            return;
        Teardown().AsTask().GetAwaiter().GetResult();
        Local.Value = _outer;
    }

    /// <summary>As <see cref="Dispose"/>, without blocking on teardown functions that wait: <c>await using (app.TestRequestContext())</c>.</summary>
    public ValueTask DisposeAsync()
    {
        if (_ended)
            return ValueTask.CompletedTask;
        // Not an async method: what that sets is forgotten when it returns.
        Local.Value = _outer;
        return Teardown();
    }

    /// <summary>
    /// Leaves <see cref="G"/> to the context in which the app will answer this request, and to its teardown functions what has to be cleaned up: they run once. Where the app does not answer they run when
    /// the response is complete. For middleware that looks at a request before the app does; the context must not be disposed then. Throws <see cref="ContextError"/> in a context without a request.
    /// </summary>
    public void HandOver()
    {
        Http.Items[HandedOverKey] = this;
        App.HandsContextsOver = true;
        Http.Response.OnCompleted(static context => ((Context)context)._ended ? Task.CompletedTask : ((Context)context).Teardown().AsTask(), this);
    }

    /// <summary>Takes what another context of this request has left, if one has.</summary>
    internal void TakeOverGlobals() => _globals ??= TakeOver();

    private AppGlobals? TakeOver()
    {
        if (!App.HandsContextsOver || _http is null || !_http.Items.TryGetValue(HandedOverKey, out var left) || left is not Context { _ended: false } earlier || earlier == this)
            return null;
        var globals = earlier.G;
        earlier.End();
        return globals;
    }

    // A request may pass several apps of one host.
    private object HandedOverKey => (typeof(Context), App);

    private async ValueTask Teardown()
    {
        Local.Value = this;
        if (!_isReopened)
            await (HasRequest ? Dispatcher.Teardown(this) : Dispatcher.TeardownApp(this));
        End();
    }

    /// <summary>The context again after it has ended, for a test that looks at what was left in it.</summary>
    internal Context Reopen()
    {
        var again = Another(_http, _request);
        again._globals = _globals;
        again._isReopened = true;
        again.Push();
        return again;
    }

    internal HttpContext? HttpIfAny => _http;

    /// <summary>The path that was matched, percent-decoded and without the prefix the app is mounted under.</summary>
    internal string Path { get; init; } = "/";

    /// <summary>Where the variables of the URL stand in <see cref="Path"/>.</summary>
    internal RouteMatch Match;

    /// <summary>The view that was found, with the functions around it; null when nothing matched.</summary>
    internal Route? Route { get; init; }

    /// <summary>The functions around this request.</summary>
    internal RequestHooks Hooks { get; init; } = RequestHooks.None;

    /// <summary>What routing found wrong: no such page, or not for this method.</summary>
    internal HttpException? RoutingError { get; init; }

    /// <summary>What routing answers by itself: a redirect, or the allowed methods.</summary>
    internal Response? RoutingAnswer { get; init; }

    /// <summary>URL variables once someone has asked the request for them, and may have changed them.</summary>
    internal IDictionary<string, object?>? ViewArgsIfRead => _request?.ViewArgsIfRead;

    /// <summary>What URLs are built with, once one was built.</summary>
    internal MapAdapter? Adapter { get; set; }

    internal string ViewName => Route?.ViewName ?? "the view";

    /// <summary>The response on its way out, for functions after the request.</summary>
    internal Response? Response { get; set; }

    /// <summary>The connection of a WebSocket view.</summary>
    internal WebSocket? Socket { get; set; }

    /// <summary>The unhandled error, for teardown functions.</summary>
    internal Exception? Failure { get; set; }

    internal bool HasSession => _session is not null;

    /// <summary>Opens the session if the request brought one: what is wrong with it shows now, and a permanent one is refreshed whatever the view does.</summary>
    internal void OpenSentSession()
    {
        if (Http.Request.Headers.Cookie.Count > 0 && App.SessionInterface.IsSent(App.Config, Request))
            _session ??= OpenSession();
    }

    internal IReadOnlyList<Hook> OwnAfterHooks => _afterThisRequest ?? (IReadOnlyList<Hook>)[];

    internal static Context Require(string name) => Current ?? throw ContextError.OutsideApp(name);

    internal static Context RequireRequest(string name) => Local.Value is { _ended: false, _http: not null } context ? context : throw ContextError.OutsideRequest(name);

    internal void Push()
    {
        Local.Value = this;
        App.Signals.RaisePushed(this);
    }

    internal void End()
    {
        _ended = true;
        _request?.CloseBody();
        App.Signals.RaisePopped(this);
    }

    /// <summary>A context of the same request that outlives it, for the debugger: the server takes back its own object, so it stands on a copy of that.</summary>
    internal Context Preserve()
    {
        var request = Request.Copy();
        request.Http.RequestServices = App.ServiceProvider;
        var preserved = Another(request.Http, request, nested: false);
        preserved._globals = G;
        return preserved;
    }

    /// <summary>A new context for what this one has matched, with its session.</summary>
    private Context Another(HttpContext? http, Request? request, bool nested = true) =>
        new(App, http, nested) { Path = Path, Match = Match, Route = Route, Hooks = Hooks, RoutingError = RoutingError, _request = request, _session = _session };

    private Request MakeRequest() => new(_http ?? throw ContextError.OutsideRequest(nameof(Request)), Path, Match, Route?.Blueprint, App.RequestOptions) { RoutingException = RoutingError };

    private Session OpenSession()
    {
        if (_http is null)
            throw ContextError.OutsideRequest(nameof(Session));
        return App.SessionInterface.OpenSession(App.Config, Request) ?? App.SessionInterface.MakeNullSession();
    }
}

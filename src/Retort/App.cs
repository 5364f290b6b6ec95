using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retort.Configuration;
using Retort.Hosting;
using Retort.Http;
using Retort.Jinja;
using Retort.Json;
using Retort.Sessions;
using Retort.Views;

namespace Retort;

/// <summary>
/// A web application: routes and their views, configuration, templates, sessions, commands. Set it up first, then call <see cref="Run"/>, or mount it in an
/// ASP.NET Core app with <c>MapRetort</c>. Source: flask.Flask.
/// </summary>
/// <example><code>
/// var app = new App();
/// app.Get("/", () => "Hello, World!");
/// app.Run();
/// </code></example>
public sealed class App : Scaffold
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Blueprint> _blueprints = new(StringComparer.Ordinal);
    private readonly Dictionary<MethodInfo, string> _endpoints = [];
    private readonly ConfigSnapshot<RequestOptions> _requestOptions;
    private readonly ConfigSnapshot<AnswerOptions> _answerOptions = new(AnswerOptions.From);
    private IServiceProvider? _provider;
    private IServiceProvider? _ownProvider;
    private ILogger? _logger;
    private volatile bool _answers;
    private bool _isStarting;

    /// <summary>Makes an app.</summary>
    /// <param name="name">Names the app in logs and in the banner. Default: the program's name.</param>
    /// <param name="rootPath">The folder of <c>templates</c> and <c>static</c>. Default: the folder of the file that makes the app, or the program's once published.</param>
    /// <param name="instancePath">The folder for what the app writes. Default: <c>instance</c> in the root folder.</param>
    /// <param name="instanceRelativeConfig">Whether configuration files with a relative name are looked up in the instance folder instead of the root folder.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    public App(string? name = null, string? rootPath = null, string? instancePath = null, bool instanceRelativeConfig = false, [CallerFilePath] string sourceFile = "")
        : base(Path.GetFullPath(rootPath ?? RootFolder.Find(sourceFile)))
    {
        Name = name ?? Assembly.GetEntryAssembly()?.GetName().Name ?? "retort";
        InstancePath = Path.GetFullPath(instancePath ?? Path.Combine(RootPath, "instance"));
        StaticFolder = "static";
        TemplateFolder = "templates";
        ProgramEnvironment.Load(RootPath);
        Config = new Config(instanceRelativeConfig ? InstancePath : RootPath) { ["DEBUG"] = ProgramEnvironment.Debug };
        Services = DefaultLogging.AddTo(new ServiceCollection());
        Router = new Router(this);
        Urls = new UrlBuilder(this);
        Templates = new TemplateRenderer(this);
        Dispatcher = new Dispatcher(this);
        Debugger = new AppDebugger(this);
        _requestOptions = new ConfigSnapshot<RequestOptions>(config => new RequestOptions
        {
            MaxContentLength = config.Get<long?>("MAX_CONTENT_LENGTH"),
            MaxFormMemorySize = config.Get<long?>("MAX_FORM_MEMORY_SIZE"),
            MaxFormParts = config.Get<int?>("MAX_FORM_PARTS"),
            Debug = Debug,
            LoadJson = body => Json.Loads(body.Span),
            JsonOptions = () => Json.ReadOptions,
        });
    }

    /// <summary>The app's name.</summary>
    public string Name { get; }

    /// <summary>The folder for what the app writes: databases, uploads. Not made by itself.</summary>
    public string InstancePath { get; }

    /// <summary>
    /// Whether rules are chosen by subdomain: what stands before <c>SERVER_NAME</c> in the request's host. Default false: every host leads to the rules without one.
    /// Source: flask.Flask, subdomain_matching.
    /// </summary>
    public bool SubdomainMatching { get; init; }

    /// <summary>Whether rules are chosen by their whole host, <see cref="RouteOptions.Host"/>. Default false. Source: flask.Flask, host_matching.</summary>
    public bool HostMatching { get; init; }

    /// <summary>The host of the app's static files, which <see cref="HostMatching"/> needs to be told. Source: flask.Flask, static_host.</summary>
    public string? StaticHost { get; init; }

    /// <summary>Believes a counted number of proxies in front of the app. Default null: nothing a request says of proxies is believed.</summary>
    public ProxyFix? ProxyFix { get; set; }

    /// <summary>What happens in the app, as events that anyone may watch. Source: flask.signals.</summary>
    public AppSignals Signals { get; } = new();

    /// <summary>The settings, with Flask's keys.</summary>
    public Config Config { get; }

    /// <summary>The key that signs sessions, <c>SECRET_KEY</c>. Without one, sessions can be read (they are empty) but not changed.</summary>
    public string? SecretKey
    {
        get => Config.Get<string>("SECRET_KEY");
        set => Config["SECRET_KEY"] = value;
    }

    /// <summary>Debug mode, <c>DEBUG</c>: errors are shown, templates are read again when they change. Never on a public address.</summary>
    public bool Debug
    {
        get => Config.Get("DEBUG", false);
        set => Config["DEBUG"] = value;
    }

    /// <summary>Test mode, <c>TESTING</c>: errors that nobody handles reach the test client.</summary>
    public bool Testing
    {
        get => Config.Get("TESTING", false);
        set => Config["TESTING"] = value;
    }

    /// <summary>How long a permanent session lives, <c>PERMANENT_SESSION_LIFETIME</c>. Default 31 days.</summary>
    public TimeSpan PermanentSessionLifetime
    {
        get => Config.Get("PERMANENT_SESSION_LIFETIME", TimeSpan.FromDays(31));
        set => Config["PERMANENT_SESSION_LIFETIME"] = value;
    }

    /// <summary>How JSON is written and read.</summary>
    public JsonProvider Json { get; set; } = new();

    /// <summary>The template engine: add globals, filters and tests here.</summary>
    public JinjaEnvironment Jinja => Templates.Environment;

    /// <summary>How sessions are kept. Default: in a signed cookie, as Flask does.</summary>
    public SessionInterface SessionInterface { get; set; } = new SecureCookieSessionInterface();

    /// <summary>Services for views and ASP.NET Core middleware. Register them before the routes that take them.</summary>
    public IServiceCollection Services { get; }

    /// <summary>What extensions keep for this app, by their name.</summary>
    public IDictionary<string, object> Extensions { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>The registered blueprints by their full names.</summary>
    public IReadOnlyDictionary<string, Blueprint> Blueprints => _blueprints;

    /// <summary>The URL map.</summary>
    public Routing.Map UrlMap => Router.Map;

    /// <summary>The app's log.</summary>
    public ILogger Logger => _logger ??= ServiceProvider.GetService<ILoggerFactory>()?.CreateLogger(Name) ?? new StandardErrorLoggerProvider().CreateLogger(Name);

    internal Router Router { get; }

    internal UrlBuilder Urls { get; }

    internal TemplateRenderer Templates { get; }

    internal Dispatcher Dispatcher { get; }

    internal AppDebugger Debugger { get; }

    internal List<Func<object?>> ShellContextProcessors { get; } = [];

    internal MiddlewarePipeline Middleware => field ??= new MiddlewarePipeline(this);

    internal List<Hook> TeardownAppContextHooks { get; } = [];

    /// <summary>Whether any context was handed over, which no other app's requests look for.</summary>
    internal bool HandsContextsOver { get; set; }

    internal List<Func<Exception, string, IReadOnlyDictionary<string, object?>, string?>> UrlBuildErrorHandlers { get; } = [];

    /// <summary>What requests have to know of the configuration; read anew when that was changed.</summary>
    internal RequestOptions RequestOptions => _requestOptions.Of(Config);

    /// <summary>What answers have to know of the configuration.</summary>
    internal AnswerOptions AnswerOptions => _answerOptions.Of(Config);

    internal IServiceProvider ServiceProvider
    {
        get => _provider ?? OwnProvider();
        set => (_provider, _logger) = (value, null);
    }

    private IServiceProvider OwnProvider()
    {
        lock (_lock)
            return _provider ??= _ownProvider = MakeProvider();
    }

    // Middleware expects what a host has; without any, an app in a test needs no more than its own services.
    private IServiceProvider MakeProvider() =>
        Middleware.IsEmpty ? Services.BuildServiceProvider() : KestrelHost.MakeServices(new HostOptions(Name) { Services = Services });

    /// <summary>Answers one request: the app as an ASP.NET Core <see cref="RequestDelegate"/>.</summary>
    public Task Handle(HttpContext http)
    {
        if (!_answers)
            Start();
        if (RequestOptions.Debug && Debugger.Takes(http))
            return Debugger.Answer(http);
        ProxyFix?.Apply(http);
        return Middleware.Handle(http);
    }

    /// <inheritdoc/>
    public override void AddUrlRule(string rule, string endpoint, Delegate? view = null, string[]? methods = null, RouteOptions? options = null)
    {
        CheckSetup();
        Router.Add(rule, endpoint, view, methods, options ?? new RouteOptions());
        if (view is not null)
            _endpoints.TryAdd(view.Method, endpoint);
    }

    /// <summary>Adds a blueprint with its routes, hooks and handlers.</summary>
    /// <param name="blueprint">A blueprint; it may be registered several times under different names.</param>
    /// <param name="urlPrefix">The path before its rules, instead of its own.</param>
    /// <param name="name">The name before its endpoints, instead of its own. Throws <see cref="ArgumentException"/> when it is taken.</param>
    /// <param name="subdomain">The subdomain of its rules, instead of its own.</param>
    /// <param name="urlDefaults">Values for variables that its rules do not hold, instead of its own.</param>
    public void RegisterBlueprint(Blueprint blueprint, string? urlPrefix = null, string? name = null, string? subdomain = null, object? urlDefaults = null)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        CheckSetup();
        Register(blueprint, new BlueprintSetup(this, name ?? blueprint.Name, urlPrefix ?? blueprint.UrlPrefix, subdomain ?? blueprint.Subdomain, urlDefaults ?? blueprint.UrlDefaultValues, !Has(blueprint)));
    }

    /// <inheritdoc/>
    public override void Endpoint(string endpoint, Delegate view)
    {
        CheckSetup();
        Router.SetView(endpoint, view);
        _endpoints.TryAdd(view.Method, endpoint);
    }

    /// <summary>Opens a file in the instance folder. Source: flask.Flask.open_instance_resource.</summary>
    /// <param name="name">Relative to the instance folder.</param>
    /// <param name="mode">How it is opened. A mode that writes makes the folder.</param>
    public Stream OpenInstanceResource(string name, FileMode mode = FileMode.Open)
    {
        if (mode != FileMode.Open)
            Directory.CreateDirectory(InstancePath);
        return File.Open(Path.Combine(InstancePath, name), mode, mode == FileMode.Open ? FileAccess.Read : FileAccess.Write, FileShare.Read);
    }

    /// <summary>Runs at the end of each context (a request or a command), last registered first, with the unhandled <see cref="Exception"/> or null.</summary>
    public void TeardownAppContext(Delegate function) => AddHook(TeardownAppContextHooks, function);

    /// <summary>Is asked for a URL that could not be built, with the error, the endpoint and the values; null passes it on to the next.</summary>
    public void UrlBuildErrorHandler(Func<Exception, string, IReadOnlyDictionary<string, object?>, string?> function) => Add(UrlBuildErrorHandlers, function);

    /// <summary>Adds a filter for templates: <c>{{ name|shout }}</c>.</summary>
    public void TemplateFilter(string name, Delegate function) => Jinja.Filters[name] = function;

    /// <summary>Adds a test for templates: <c>{% if n is even %}</c>.</summary>
    public void TemplateTest(string name, Delegate function) => Jinja.Tests[name] = function;

    /// <summary>Adds a function or value for templates.</summary>
    public void TemplateGlobal(string name, object? value) => Jinja.Globals[name] = value;

    /// <summary>Adds variables to the command <c>shell</c>: the properties of the object it returns. Source: flask.Flask.shell_context_processor.</summary>
    public void ShellContextProcessor(Func<object?> function) => Add(ShellContextProcessors, function);

    /// <summary>
    /// Runs ASP.NET Core middleware around the app, however it is served: <c>app.UseMiddleware(web => web.UseRateLimiter())</c>. What looks at endpoints sees those of the views,
    /// with their attributes. Its services go into <see cref="Services"/>.
    /// </summary>
    public void UseMiddleware(Action<IApplicationBuilder> configure)
    {
        CheckSetup();
        Services.AddRouting();
        Middleware.Add(configure);
    }

    /// <summary>Adds ASP.NET Core's own endpoints beside the app's rules: <c>app.MapEndpoints(routes => routes.MapOpenApi())</c>. They come first.</summary>
    public void MapEndpoints(Action<IEndpointRouteBuilder> map)
    {
        CheckSetup();
        Services.AddRouting();
        Middleware.Add(map);
    }

    /// <summary>A context outside of a request: <c>using (app.AppContext()) { ... }</c>.</summary>
    public Context AppContext()
    {
        Start();
        return Pushed(new Context(this, null, nested: true) { Path = "/", Hooks = Router.HooksOf(null) });
    }

    /// <summary>A context with a request that is answered by nobody, for tests and scripts: <c>using (app.TestRequestContext("/?page=2")) { ... }</c>.</summary>
    /// <param name="path">Path and query, percent-encoded.</param>
    /// <param name="method">The method.</param>
    public Context TestRequestContext(string path = "/", string method = "GET")
    {
        var http = new DefaultHttpContext();
        var query = path.IndexOf('?', StringComparison.Ordinal);
        http.Request.Method = method;
        http.Request.Scheme = Config.Get("PREFERRED_URL_SCHEME", "http");
        http.Request.Host = new HostString(Config.Get("SERVER_NAME", "localhost"));
        http.Request.Path = PathString.FromUriComponent(query < 0 ? path : path[..query]);
        http.Request.QueryString = query < 0 ? QueryString.Empty : new QueryString(path[query..]);
        return RequestContext(http);
    }

    /// <summary>A context for a request that was made by hand.</summary>
    public Context RequestContext(HttpContext http)
    {
        Start();
        return Pushed(Router.Match(http, nested: true));
    }

    /// <summary>A context that is current now. Where a handler of the signal fails nobody is given it, and so it ends here.</summary>
    private static Context Pushed(Context context)
    {
        try
        {
            context.Push();
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs the command line: <c>run</c> (the default; serves the app until it is stopped), <c>routes</c>, and the app's own commands. A failure ends the process with its exit code.
    /// </summary>
    /// <param name="args">The words after the program's name. Default: those the process was started with.</param>
    public void Run(params string[] args)
    {
        if (ProgramEnvironment.HandOver(this))
            return;
        var words = args.Length > 0 ? args : ProgramEnvironment.Words;
        var code = RunCommand(words, Console.Out, Console.Error);
        if (code != 0)
            Environment.Exit(code);
    }

    /// <summary>The words this app's command line was given.</summary>
    internal IReadOnlyList<string> Words { get; private set; } = [];

    internal int RunCommand(IReadOnlyList<string> words, TextWriter output, TextWriter error)
    {
        Words = words;
        AppCommands.AddTo(this);
        return new CommandLine(Cli, Name, output, error).Run(words, run =>
        {
            using (AppContext())
                return run();
        });
    }

    internal void Serve(HostOptions options)
    {
        Start();
        options = AppReload.Join(options);
        KestrelHost.Run(Handle, options with { Services = Services, WebSockets = Router.HasWebSockets, Notes = [.. Debugger.Prepare(options), .. ServingNotes(options)] }, Adopt);
    }

    /// <summary>Serves beside what else the process does, until the result is disposed.</summary>
    /// <returns>The server, and the port it listens on.</returns>
    internal (WebApplication Server, int Port) ServeBeside(HostOptions options)
    {
        Start();
        return KestrelHost.Start(Handle, options with { Services = Services, WebSockets = Router.HasWebSockets, MaxRequestBodySize = Config.Get<long?>("MAX_CONTENT_LENGTH") }, Adopt);
    }

    /// <summary>Takes a host's services for the app's own.</summary>
    private void Adopt(IServiceProvider services)
    {
        ServiceProvider = services;
        Middleware.Prepare();
    }

    /// <summary>Gives up services that end with their host; the next request makes new ones.</summary>
    internal void Forget(IServiceProvider services)
    {
        if (!ReferenceEquals(_provider, services))
            return;
        (_provider, _logger) = (null, null);
        Middleware.Forget();
    }

    /// <summary>Ends the services that were made for requests in memory.</summary>
    internal async ValueTask EndServices()
    {
        if (_ownProvider is not { } services)
            return;
        _ownProvider = null;
        Forget(services);
        if (services is IAsyncDisposable ended)
            await ended.DisposeAsync();
    }

    /// <summary>What to say at the start to those who serve for others: a weak key does no harm on one's own machine.</summary>
    private IEnumerable<string> ServingNotes(HostOptions options) =>
        options.IsLoopback || KeyStrength.Advice(Config.Get<object>("SECRET_KEY") as string) is not { } advice ? [] : [advice];

    /// <summary>Takes the functions around requests as they are now; from here on setup is refused.</summary>
    internal void Start()
    {
        if (_answers)
            return;
        // The first requests of an app that is mounted in another may come together.
        lock (_lock)
        {
            // A function of the signal may push a context, which starts the app.
            if (_answers || _isStarting)
                return;
            _isStarting = true;
            try
            {
                StartOnce();
            }
            finally
            {
                _isStarting = false;
            }
        }
    }

    private void StartOnce()
    {
        Signals.RaiseStarting(this);
        Json.Debug = Debug;
        if (HasStaticFolder && !Router.Has("static"))
            AddUrlRule(StaticFiles.RuleOf(this), "static", StaticFiles.View(this), options: new RouteOptions { Host = StaticFiles.HostOf(this) });
        Router.Start();
        Templates.Start();
        _answers = true;
    }

    internal override void CheckSetup([CallerMemberName] string method = "")
    {
        if (_answers)
        {
            throw new InvalidOperationException(
                $"cannot call {method} now: the app has answered its first request, and the change would be missed by some. Do all setup before the app runs.");
        }
    }

    internal void Register(Blueprint blueprint, BlueprintSetup setup)
    {
        if (_blueprints.TryGetValue(setup.Name, out var other))
        {
            var same = ReferenceEquals(other, blueprint) ? "this blueprint" : "another blueprint";
            throw new ArgumentException($"cannot register the blueprint '{blueprint.Name}': {same} is registered as '{setup.Name}'. Give it another name: RegisterBlueprint(..., name: \"...\").");
        }
        _blueprints.Add(setup.Name, blueprint);
        blueprint.Register(setup);
    }

    internal bool Has(Blueprint blueprint) => _blueprints.ContainsValue(blueprint);

    internal void AddCommands(Blueprint blueprint, string group)
    {
        if (blueprint.Cli.Entries.Count == 0)
            return;
        var target = group.Length == 0 ? Cli : Cli.Group(group);
        foreach (var (name, entry) in blueprint.Cli.Entries)
            target.Add(name, entry);
    }

    /// <summary>The endpoint a view was added under.</summary>
    internal string EndpointOf(Delegate view) => _endpoints.TryGetValue(view.Method, out var endpoint)
        ? endpoint
        : throw new ArgumentException($"cannot build a URL for {view.Method.Name}: it is not a view of this app. Add it with a route first, or name the endpoint.");
}

namespace Retort.Testing;

/// <summary>
/// What tests of an app share: the app, a client, a runner of its commands, a server, a folder. Each is made when it is first asked for and gone when the fixture is disposed. It knows no test
/// framework: construct it in each test for an app of its own, or hand it to one (xunit's <c>IClassFixture</c>, <c>ICollectionFixture</c> and assembly fixtures, NUnit's <c>OneTimeSetUp</c>,
/// MSTest's <c>ClassInitialize</c>) for one that several tests share. Fixtures share nothing with each other and may run side by side. Source: pytest-flask, fixtures.
/// </summary>
/// <example><code>
/// public sealed class Blog : AppFixture
/// {
///     protected override App CreateApp() => Application.Create();
/// }
///
/// public sealed class PageTests(Blog blog) : IClassFixture&lt;Blog>
/// {
///     private readonly TestClient _client = blog.NewClient();
///
///     [Fact]
///     public async Task The_front_page_is_there() => (await _client.Get("/")).AssertStatus(200);
/// }
/// </code></example>
public abstract class AppFixture : IDisposable, IAsyncDisposable
{
    private readonly Lazy<App> _app;
    private readonly Lazy<TestClient> _client;
    private readonly Lazy<LiveServer> _server;
    private readonly Lazy<DirectoryInfo> _folder = new(() => Directory.CreateTempSubdirectory("retort-test-"));

    /// <summary>Makes nothing yet.</summary>
    protected AppFixture()
    {
        _app = new Lazy<App>(Make);
        _client = new Lazy<TestClient>(NewClient);
        _server = new Lazy<LiveServer>(() => LiveServer.Start(App));
    }

    /// <summary>
    /// Settings of the app, by Flask's keys: <c>TESTING</c> is true, unless set otherwise before the app is made. <see cref="CreateApp"/> may read them; afterwards they are put into the app's
    /// configuration. An app that has no <c>SECRET_KEY</c> then is given one.
    /// </summary>
    public IDictionary<string, object?> Settings { get; } = new Dictionary<string, object?>(StringComparer.Ordinal) { ["TESTING"] = true };

    /// <summary>The app. What <see cref="CreateApp"/> throws is thrown here, each time.</summary>
    public App App => _app.Value;

    /// <summary>A client of the fixture's own, with its cookies. Tests that share the fixture share them; they want <see cref="NewClient"/>.</summary>
    public TestClient Client => _client.Value;

    /// <summary>Runs the app's commands.</summary>
    public TestCliRunner Runner => App.TestCliRunner();

    /// <summary>The app on a port of its own, for browsers and other programs. Started when it is first asked for.</summary>
    public LiveServer LiveServer => _server.Value;

    /// <summary>A folder of the fixture's own, for databases and uploads; removed with the fixture.</summary>
    public string Folder => _folder.Value.FullName;

    /// <summary>A client without cookies.</summary>
    public TestClient NewClient() => App.TestClient();

    /// <summary>
    /// Changes settings of the app until the result is disposed: <c>using (blog.Options(new { LOGIN_DISABLED = true }))</c>. Settings that are read while the app is made, belong in
    /// <see cref="Settings"/>; tests that run side by side with one app see each other's. Source: pytest-flask, the marker <c>options</c>.
    /// </summary>
    /// <param name="settings">An object's properties or a dictionary; the names become upper case.</param>
    public IDisposable Options(object settings)
    {
        var before = new Dictionary<string, (bool WasSet, object? Value)>(StringComparer.Ordinal);
        foreach (var (name, value) in ObjectValues.Of(settings))
        {
            var key = name.ToUpperInvariant();
            before[key] = (App.Config.TryGetValue(key, out var old), old);
            App.Config[key] = value;
        }
        return new Undo(() =>
        {
            foreach (var (key, (wasSet, value)) in before)
            {
                if (wasSet)
                    App.Config[key] = value;
                else
                    App.Config.Remove(key);
            }
        });
    }

    /// <summary>Makes the app, once. <see cref="ProgramApp"/> takes that of a program whose source is one file.</summary>
    protected abstract App CreateApp();

    /// <inheritdoc/>
    public void Dispose()
    {
        // Elsewhere, because a test framework may let few threads go on after an await, and this one waits.
        Task.Run(async () => await DisposeAsync()).GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the server, ends the app's services and removes the folder. Override it to end what is your own first.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_server.IsValueCreated)
            await _server.Value.DisposeAsync();
        if (_app.IsValueCreated)
            await _app.Value.EndServices();
        if (_folder.IsValueCreated && Directory.Exists(Folder))
            _folder.Value.Delete(recursive: true);
    }

    private App Make()
    {
        var app = CreateApp() ?? throw new InvalidOperationException($"{GetType().Name}.CreateApp gave no app.");
        app.Config.FromMapping(Settings);
        app.SecretKey ??= "a key for tests";
        return app;
    }

    private sealed class Undo(Action action) : IDisposable
    {
        private Action? _action = action;

        public void Dispose() => Interlocked.Exchange(ref _action, null)?.Invoke();
    }
}

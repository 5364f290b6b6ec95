using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Retort.Hosting;

namespace Retort.Testing;

/// <summary>
/// An app on Kestrel, in this process: for browsers, and for whatever else is no <see cref="TestClient"/>. Each has a port of its own that the system chose, so that many run side by side.
/// Source: pytest-flask, live_server.
/// </summary>
/// <example><code>
/// await using var server = LiveServer.Start(app);
/// var page = await new HttpClient().GetStringAsync(server.Url("/"));
/// </code></example>
public sealed class LiveServer : IDisposable, IAsyncDisposable
{
    private const string ServerName = "SERVER_NAME";

    // As pytest-flask: what has not ended by then is cut off.
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(5);

    // The servers of an app that run, in the order they started.
    private static readonly ConditionalWeakTable<App, List<LiveServer>> Running = [];

    private readonly WebApplication _web;
    private readonly List<LiveServer> _all;
    private string? _nameBefore;
    private int _isEnded;

    private LiveServer(App app, WebApplication web, string host, int port)
    {
        (App, _web, Host, Port) = (app, web, host, port);
        _all = Running.GetOrCreateValue(app);
        lock (_all)
        {
            _all.Add(this);
            _nameBefore = app.Config.Get<string>(ServerName);
            app.Config[ServerName] = $"{(_nameBefore is null ? Authority : new HostString(_nameBefore).Host)}:{port}";
        }
    }

    /// <summary>The app.</summary>
    public App App { get; }

    /// <summary>The address it listens on.</summary>
    public string Host { get; }

    /// <summary>The port it listens on.</summary>
    public int Port { get; }

    private string Authority => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>
    /// Starts the server; when this returns, it answers. As long as it runs, <c>SERVER_NAME</c> has its port, so that <c>UrlFor</c> in the test itself, outside of a request, builds URLs that lead
    /// here: a name that was set keeps its host, as in pytest-flask, and an app without one gets <see cref="Host"/>. As in Flask, external URLs have that name under whatever host a request came;
    /// a test of hosts sets it to null again. With <see cref="App.SubdomainMatching"/> it chooses the rules, so ask for the app under it. The server has services of its own, as in production: singletons made by earlier requests in memory are not those, so start it first.
    /// </summary>
    /// <param name="app">The app. Setting it up ends.</param>
    /// <param name="host">The address to listen on. Default: this machine alone.</param>
    /// <param name="port">The port. Default: one that is free.</param>
    /// <exception cref="InvalidOperationException">The address cannot be used. What the app itself throws while it starts is thrown as it is.</exception>
    public static LiveServer Start(App app, string host = "127.0.0.1", int port = 0)
    {
        ArgumentNullException.ThrowIfNull(app);
        try
        {
            var (web, listens) = Elsewhere(() => Task.FromResult(app.ServeBeside(new HostOptions(app.Name) { Host = host, Port = port })));
            return new LiveServer(app, web, host, listens);
        }
        catch (HostError wrong)
        {
            throw new InvalidOperationException(wrong.Message, wrong);
        }
    }

    /// <summary>The URL of a path on this server.</summary>
    public string Url(string path = "/") => $"http://{Authority}:{Port}{path}";

    /// <inheritdoc/>
    public void Dispose() => Elsewhere(async () =>
    {
        await DisposeAsync();
        return true;
    });

    /// <summary>Takes no more requests and waits for those it has, but no longer than 5 seconds. The app goes on in memory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 1)
            return;
        TakeNameBack();
        using var patience = new CancellationTokenSource(LongestStop);
        await _web.StopAsync(patience.Token);
        App.Forget(_web.Services);
        await _web.DisposeAsync();
    }

    // Only the last one's name is set; what was set before another's is what was before this one's from here on.
    private void TakeNameBack()
    {
        lock (_all)
        {
            var next = _all.IndexOf(this) + 1;
            if (next == _all.Count)
                App.Config[ServerName] = _nameBefore;
            else
                _all[next]._nameBefore = _nameBefore;
            _all.Remove(this);
        }
    }

    // A test framework may let few threads go on after an await, and the calling one waits.
    private static T Elsewhere<T>(Func<Task<T>> action) => Task.Run(action).GetAwaiter().GetResult();
}

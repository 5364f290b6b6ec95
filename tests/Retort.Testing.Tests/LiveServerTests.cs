using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Retort.Globals;

namespace Retort.Testing.Tests;

public sealed class LiveServerTests : IDisposable
{
    private readonly HttpClient _browser = new();

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task It_answers_when_it_has_started_and_no_more_when_it_has_ended()
    {
        var app = Make();
        var server = LiveServer.Start(app);
        Assert.Equal(("127.0.0.1", $"http://127.0.0.1:{server.Port}/", $"http://127.0.0.1:{server.Port}/a?b=1"), (server.Host, server.Url(), server.Url("/a?b=1")));
        Assert.Equal("hello", await Get(server.Url()));
        await server.DisposeAsync();
        server.Dispose();
        await Assert.ThrowsAsync<HttpRequestException>(() => Get(server.Url()));
        Assert.Equal("hello", (await app.TestClient().Get("/")).Text);
    }

    [Theory]
    [InlineData(null, "127.0.0.1")]
    [InlineData("shop.test", "shop.test")]
    [InlineData("shop.test:80", "shop.test")]
    public async Task Urls_outside_of_a_request_lead_to_it_while_it_runs(string? name, string host)
    {
        var app = Make();
        app.Config["SERVER_NAME"] = name;
        await using (var server = LiveServer.Start(app))
        {
            using (app.AppContext())
                Assert.Equal($"http://{host}:{server.Port}/", UrlFor("index"));
            Assert.Equal($"http://{host}:{server.Port}/", await Get(server.Url("/where")));
        }
        Assert.Equal(name, app.Config.Get<string>("SERVER_NAME"));
    }

    [Fact]
    public async Task Several_of_one_app_end_in_any_order()
    {
        var app = Make();
        app.Config["SERVER_NAME"] = "shop.test";
        var first = LiveServer.Start(app);
        var second = LiveServer.Start(app);
        var third = LiveServer.Start(app);
        await second.DisposeAsync();
        Assert.Equal($"shop.test:{third.Port}", app.Config["SERVER_NAME"]);
        await third.DisposeAsync();
        Assert.Equal($"shop.test:{first.Port}", app.Config["SERVER_NAME"]);
        Assert.Equal("hello", await Get(first.Url()));
        await first.DisposeAsync();
        Assert.Equal("shop.test", app.Config["SERVER_NAME"]);
        Assert.Equal("hello", (await app.TestClient().Get("/", headers: new { Host = "shop.test" })).Text);
    }

    [Fact]
    public async Task A_name_that_chooses_rules_keeps_its_subdomains()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { SubdomainMatching = true, Testing = true };
        app.Config["SERVER_NAME"] = "localhost";
        app.Get("/", () => "api", options: new RouteOptions { Subdomain = "api" });
        await using var server = LiveServer.Start(app);
        using var request = new HttpRequestMessage(HttpMethod.Get, server.Url()) { Headers = { Host = $"api.localhost:{server.Port}" } };
        Assert.Equal("api", await (await _browser.SendAsync(request, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Services_middleware_and_background_services_are_those_of_a_server()
    {
        var app = Make();
        var background = new Background();
        app.Services.AddSingleton<IHostedService>(background);
        app.UseMiddleware(web => web.Use(next => http =>
        {
            http.Response.Headers["X-Around"] = "yes";
            return next(http);
        }));
        Assert.Equal("yes", (await app.TestClient().Get("/")).Headers["X-Around"]);
        Assert.Equal("made", background.State);
        await using (var server = LiveServer.Start(app))
        {
            Assert.Equal("started", background.State);
            using var answer = await _browser.GetAsync(new Uri(server.Url()), TestContext.Current.CancellationToken);
            Assert.Equal(["yes"], answer.Headers.GetValues("X-Around"));
        }
        Assert.Equal("stopped", background.State);
        Assert.Equal("yes", (await app.TestClient().Get("/")).Headers["X-Around"]);
    }

    [Fact]
    public async Task A_request_that_is_being_answered_is_answered_to_its_end()
    {
        var app = Make();
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        app.Get("/slow", async () =>
        {
            entered.SetResult();
            await go.Task;
            return "done";
        });
        var server = LiveServer.Start(app);
        var answer = Get(server.Url("/slow"));
        await entered.Task;
        var ended = server.DisposeAsync().AsTask();
        Assert.False(ended.IsCompleted);
        go.SetResult();
        Assert.Equal("done", await answer);
        await ended;
    }

    [Fact]
    public void What_keeps_it_from_starting_is_thrown_as_it_is()
    {
        var failing = Make();
        failing.Services.AddSingleton<IHostedService>(_ => throw new InvalidDataException("no database"));
        Assert.Equal("no database", Assert.Throws<InvalidDataException>(() => LiveServer.Start(failing)).Message);
        Assert.Null(failing.Config["SERVER_NAME"]);
    }

    [Fact]
    public void A_port_in_use_is_told_with_another()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var message = Assert.Throws<InvalidOperationException>(() => LiveServer.Start(Make(), port: port)).Message;
        Assert.StartsWith($"cannot listen on 127.0.0.1:{port}: another program uses that port. Stop it, or use another port", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_listens_on_the_address_it_is_given()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "no IPv6: the server is not tried on it");
        await using var server = LiveServer.Start(Make(), host: "::1");
        Assert.Equal($"http://[::1]:{server.Port}/", server.Url());
        Assert.Equal("hello", await Get(server.Url()));
    }

    private Task<string> Get(string url) => _browser.GetStringAsync(new Uri(url), TestContext.Current.CancellationToken);

    private static App Make()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, TemplateFolder = null, Testing = true };
        app.Get("/", () => "hello", endpoint: "index");
        app.Get("/where", () => UrlFor("index", external: true));
        return app;
    }

    private sealed class Background : IHostedService
    {
        public string State { get; private set; } = "made";

        public Task StartAsync(CancellationToken cancellationToken)
        {
            State = "started";
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            State = "stopped";
            return Task.CompletedTask;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests.Hosting;

/// <summary>What only a real server shows: the raw path, the wire, mounting, a port in use.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class KestrelHostTests
{
    [Fact]
    public async Task Mounted_in_an_asp_net_core_app_it_sees_paths_without_the_prefix_and_builds_urls_with_it()
    {
        var shop = Apps.Make();
        shop.Get("/", () => new { Request.Path, Request.ScriptRoot, url = UrlFor("item", new { name = "ü/b" }), Request.Url }, endpoint: "index");
        shop.Get("/item/<path:name>", (string name) => name, endpoint: "item");
        shop.Get("/greeter", ([FromServices] Greeter greeter) => greeter.Text);
        await using var server = await Server.Start(web => web.MapRetort("/shop", shop), services => services.AddSingleton(new Greeter("from the host")));
        Assert.Equal($"{{\"Path\":\"/\",\"ScriptRoot\":\"/shop\",\"url\":\"/shop/item/%C3%BC/b\",\"Url\":\"http://127.0.0.1:{server.Port}/shop/\"}}\n", await server.Get("/shop/"));
        Assert.Equal("a/b c", await server.Get("/shop/item/a%2Fb%20c"));
        Assert.Equal("from the host", await server.Get("/shop/greeter"));
        Assert.EndsWith("\r\n\r\na", await server.Raw("GET /x/../shop/item/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404", await server.Raw("GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_path_is_decoded_as_flask_does()
    {
        var app = Apps.Make();
        app.Get("/p/<path:path>", (string path) => path);
        await using var server = await Server.Start(web => web.Run(app.Handle));
        Assert.EndsWith("\r\n\r\na/b", await server.Raw("GET /p/a%2Fb HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\na%b", await server.Raw("GET /p/a%25b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n../x", await server.Raw("GET /p/../x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n\uFFFD", await server.Raw("GET /p/%FF HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cve_2022_29361_an_unread_body_is_not_taken_for_the_next_request()
    {
        var app = Apps.Make();
        var calls = 0;
        app.Route("/", () => { Interlocked.Increment(ref calls); return "once"; }, ["GET", "POST"]);
        await using var server = await Server.Start(web => web.Run(app.Handle));
        const string inner = "GET /?smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
        var answer = await server.Raw($"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {inner.Length}\r\n\r\n{inner}");
        Assert.Equal(1, calls);
        Assert.Equal(1, answer.Split("HTTP/1.1 200").Length - 1);
    }

    [Fact]
    public async Task Cve_2020_28724_doubled_slashes_never_redirect_to_another_host()
    {
        var app = Apps.Make();
        app.Get("/evil.test/", () => "x");
        app.Get("/a/b/", () => "y");
        await using var server = await Server.Start(web => web.Run(app.Handle));
        foreach (var path in new[] { "//evil.test", "///evil.test", "/a//b", "//a//b", "//evil.test/%2e%2e" })
        {
            var answer = await server.Raw($"GET {path} HTTP/1.1\r\nHost: own.test\r\nConnection: close\r\n\r\n");
            var location = answer.Split("\r\n").FirstOrDefault(line => line.StartsWith("Location:", StringComparison.Ordinal));
            Assert.True(location is null || location.StartsWith("Location: http://own.test/", StringComparison.Ordinal), location);
        }
    }

    [Fact]
    public async Task A_body_over_the_limit_is_a_413_where_it_is_read_and_the_next_request_is_served()
    {
        var app = Apps.Make();
        app.Config["MAX_CONTENT_LENGTH"] = 10L;
        app.Post("/", () => $"{Request.GetData().Length}");
        await using var server = await Server.Start(web => web.Run(app.Handle));
        Assert.StartsWith("HTTP/1.1 413", await server.Raw("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 11\r\n\r\n12345678901"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 413", await server.Raw("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n"), StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n4", await server.Raw("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\n1234"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_in_use_is_one_line_that_names_a_free_one()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var result = Apps.Make().TestCliRunner().Invoke("run", "--port", $"{port}");
        Assert.Equal(1, result.ExitCode);
        Assert.Matches($"^Error: cannot listen on 127.0.0.1:{port}: another program uses that port. Stop it, or use another port: --port [0-9]+.\\s*$", result.Error);
    }

    [Fact]
    public void The_app_starts_in_debug_mode_when_it_is_served_with_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var app = Apps.Make();
        bool? debug = null;
        app.Signals.AppStarting += (_, _) => debug = app.Debug;
        Assert.Equal(1, app.TestCliRunner().Invoke("run", "--debug", "--no-reload", "--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}").ExitCode);
        Assert.True(debug);
    }

    [Fact]
    public async Task An_app_that_has_logged_before_it_was_served_logs_with_the_servers_services()
    {
        var app = Apps.Make();
        var early = app.Logger;
        app.Get("/", () => ReferenceEquals(early, app.Logger) ? "the early one" : "the server's");
        await using var server = await Server.Start(web => web.MapRetort("", app));
        Assert.Equal("the server's", await server.Get("/"));
    }

    private sealed record Greeter(string Text);
}

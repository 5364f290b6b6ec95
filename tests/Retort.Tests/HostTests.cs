using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

/// <summary>Which rules a host leads to, and which hosts are answered at all.</summary>
public sealed class HostTests
{
    [Fact]
    public async Task A_server_name_alone_builds_urls_and_restricts_nothing()
    {
        var app = Apps.Make();
        app.Config["SERVER_NAME"] = "example.com";
        app.Get("/", () => UrlFor("index", external: true), endpoint: "index");
        Assert.Equal("http://example.com/", await Text(app, "http://other.test/"));
        Assert.Equal("http://example.com/", await Text(app, "http://a.example.com/"));
    }

    [Fact]
    public async Task Subdomains_choose_rules_when_the_app_matches_them()
    {
        var app = Subdomains();
        Assert.Equal("main", await Text(app, "http://example.com/"));
        Assert.Equal("api of v2", await Text(app, "http://v2.example.com/"));
        Assert.Equal("admin http://example.com/ http://v1.example.com/", await Text(app, "http://admin.example.com/"));
        Assert.Equal(404, (await Client(app, "http://other.test").Get("/only-here")).StatusCode);
        Assert.Equal("here", await Text(app, "http://example.com/only-here"));
    }

    [Fact]
    public async Task Whole_hosts_choose_rules_when_the_app_matches_them()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { HostMatching = true, StaticFolder = null, Testing = true };
        app.Get("/", () => UrlFor("b"), endpoint: "a", options: new RouteOptions { Host = "a.test" });
        app.Get("/", (string name) => name, endpoint: "b", options: new RouteOptions { Host = "<name>.example", Defaults = null });
        app.UrlDefaults((_, values) => values.TryAdd("name", "x"));
        Assert.Equal("http://x.example/", await Text(app, "http://a.test/"));
        Assert.Equal("y", await Text(app, "http://y.example/"));
        Assert.Equal(404, (await Client(app, "http://c.test").Get("/")).StatusCode);
    }

    [Fact]
    public async Task Static_files_of_an_app_that_matches_hosts_have_their_own()
    {
        var folder = Directory.CreateTempSubdirectory();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "x.txt"), "content", TestContext.Current.CancellationToken);
        var app = new App("test", rootPath: folder.FullName) { HostMatching = true, StaticHost = "static.test", StaticFolder = folder.FullName, StaticUrlPath = "/s", Testing = true };
        Assert.Equal("content", await Text(app, "http://static.test/s/x.txt"));
        Assert.Equal(404, (await Client(app, "http://a.test").Get("/s/x.txt")).StatusCode);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_app_that_matches_hosts_must_know_that_of_its_static_files()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { HostMatching = true };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.TestClient().Get("/"));
        Assert.Equal("cannot add the rule of the static files: the app matches hosts, and theirs is not known. Set StaticHost, or StaticFolder = null when there are none.", error.Message);
    }

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("example.com:8000", true)]
    [InlineData("EXAMPLE.com", true)]
    [InlineData("a.example.com", false)]
    [InlineData("example.org", true)]
    [InlineData("a.b.example.org", true)]
    [InlineData("evilexample.org", false)]
    [InlineData("evil.test", false)]
    [InlineData("xn--mnchen-3ya.de", true)]
    public async Task Only_trusted_hosts_are_answered(string host, bool trusted)
    {
        var app = Apps.Make();
        app.Config["TRUSTED_HOSTS"] = new List<object?> { "example.com", ".example.org", "münchen.de" };
        app.Get("/", () => "x");
        var answer = await Client(app, "http://" + host).Get("/");
        Assert.Equal(trusted ? 200 : 400, answer.StatusCode);
        if (!trusted)
            Assert.Contains($"<p>Host &#39;{host}&#39; is not trusted.</p>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_setting_of_trusted_hosts_is_named()
    {
        var app = Apps.Make();
        app.Config["TRUSTED_HOSTS"] = 5;
        app.Get("/", () => "x");
        var error = await Assert.ThrowsAsync<Retort.Configuration.ConfigError>(() => app.TestClient().Get("/"));
        Assert.StartsWith("config['TRUSTED_HOSTS'] cannot be used: the value is a Int32.", error.Message, StringComparison.Ordinal);
    }

    private static App Subdomains()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { SubdomainMatching = true, StaticFolder = null, Testing = true };
        app.Config["SERVER_NAME"] = "example.com";
        app.Get("/", () => "main", endpoint: "main");
        app.Get("/only-here", () => "here");
        var api = new Blueprint("api") { Subdomain = "<version>" };
        api.Get("/", (string version) => $"api of {version}", endpoint: "index");
        app.RegisterBlueprint(api);
        var admin = new Blueprint("admin");
        admin.Get("/", () => $"admin {UrlFor("main")} {UrlFor("api.index", new { version = "v1" })}");
        app.RegisterBlueprint(admin, subdomain: "admin");
        return app;
    }

    private static TestClient Client(App app, string baseUrl)
    {
        var client = app.TestClient();
        client.BaseUrl = new Uri(baseUrl);
        return client;
    }

    private static async Task<string> Text(App app, string url) => (await Client(app, new Uri(url).GetLeftPart(UriPartial.Authority)).Get(new Uri(url).PathAndQuery)).Text;
}

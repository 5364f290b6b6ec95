using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Retort.Http;
using static Retort.Globals;

namespace Retort.Testing.Tests;

public sealed class TestClientTests
{
    private readonly App _app = new("test", rootPath: Path.GetTempPath()) { StaticFolder = null, TemplateFolder = null, SecretKey = "test key of some length", Testing = true };

    [Fact]
    public async Task Each_client_has_a_cookie_jar_of_its_own()
    {
        _app.Get("/set", () => { var response = MakeResponse("x"); response.SetCookie("a", "1", path: "/deep", httpOnly: true, sameSite: "Lax"); response.SetCookie("b", "2"); return response; });
        _app.Get("/deep/show", () => $"{Globals.Request.Cookies.Get("a")} {Globals.Request.Cookies.Get("b")}", endpoint: "deep");
        _app.Get("/show", () => $"{Globals.Request.Cookies.Get("a")} {Globals.Request.Cookies.Get("b")}", endpoint: "show");
        var client = _app.TestClient();
        await client.Get("/set");
        Assert.Equal("1 2", (await client.Get("/deep/show")).Text);
        Assert.Equal(" 2", (await client.Get("/show")).Text);
        Assert.Equal(" ", (await _app.TestClient().Get("/show")).Text);
        Assert.Equal((true, "Lax"), (client.GetCookie("a", path: "/deep")!.HttpOnly, client.GetCookie("a", path: "/deep")!.SameSite));
        client.DeleteCookie("b");
        Assert.Equal(" ", (await client.Get("/show")).Text);
        client.SetCookie("b", "3");
        Assert.Equal(" 3", (await client.Get("/show")).Text);
        Assert.Equal(" ", (await _app.TestClient(useCookies: false).Get("/show")).Text);
    }

    [Fact]
    public async Task Requests_side_by_side_share_the_jar_of_their_client()
    {
        _app.Get("/set/<int:number>", (int number) => { var response = MakeResponse("x"); response.SetCookie($"c{number}", $"{number}"); return response; });
        _app.Get("/show", () => $"{Globals.Request.Cookies.Count}");
        var client = _app.TestClient();
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) => await client.Get($"/set/{number % 200}"));
        Assert.Equal("200", (await client.Get("/show")).Text);
    }

    [Theory]
    [InlineData("/answers")]
    [InlineData("/fails")]
    public async Task Services_of_a_request_end_with_it_also_when_it_fails(string path)
    {
        _app.Services.AddScoped<Scoped>();
        Scoped? made = null;
        _app.Get("/answers", () => { made = Take(); return "x"; });
        _app.Get("/fails", string () => { made = Take(); throw new InvalidTimeZoneException(); });
        try
        {
            await _app.TestClient().Get(path);
        }
        catch (InvalidTimeZoneException)
        {
        }
        Assert.True(made!.IsDisposed);
    }

    [Theory]
    [InlineData("/talks")]
    [InlineData("/breaks")]
    public async Task Services_of_a_websocket_end_with_it(string path)
    {
        _app.Services.AddScoped<Scoped>();
        Scoped? made = null;
        _app.WebSocket("/talks", async (WebSocket socket) => { made = Take(); await socket.Receive(); });
        _app.WebSocket("/breaks", async (WebSocket socket) => { made = Take(); await socket.Receive(); throw new InvalidTimeZoneException(); });
        var socket = await _app.TestClient().WebSocket(path);
        await socket.Send("x");
        await Record.ExceptionAsync(() => socket.Completion);
        Assert.True(made!.IsDisposed);
    }

    private static Scoped Take() => Context.Current!.Services.GetRequiredService<Scoped>();

    private sealed class Scoped : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    [Fact]
    public async Task Redirects_are_followed_as_a_browser_does_and_remembered()
    {
        _app.Post("/start", () => Redirect("/middle"));
        _app.Get("/middle", () => Redirect("/end?x=1", 307));
        _app.Get("/end", () => $"{Globals.Request.Method} {Globals.Request.Args["x"]}");
        _app.Get("/loop", () => Redirect("/loop"));
        var response = await _app.TestClient().Post("/start", form: new { a = 1 }, followRedirects: true);
        Assert.Equal(("GET 1", "/end?x=1"), (response.Text, response.Path));
        Assert.Equal(["/start", "/middle"], response.History.Select(step => step.Path));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _app.TestClient().Get("/loop", followRedirects: true));
        Assert.Equal("the redirects do not end: 20 were followed, the last to /loop. Look at Location without followRedirects.", error.Message);
    }

    [Fact]
    public async Task Bodies_are_forms_files_json_or_bytes()
    {
        _app.Post("/form", () => string.Join(',', Globals.Request.Form.Items().Select(item => $"{item.Key}={item.Value}")));
        _app.Post("/file", () => $"{Globals.Request.Form["note"]} {Globals.Request.Files["file"].FileName} {Globals.Request.Files["file"].ContentType} {new StreamReader(Globals.Request.Files["file"].Stream).ReadToEnd()}");
        _app.Post("/json", () => Globals.Request.GetJson<Dictionary<string, int>>()!);
        _app.Put("/bytes", () => $"{Globals.Request.GetData().Length} {Globals.Request.ContentType}");
        var client = _app.TestClient();
        Assert.Equal("a=1,b=x y,b=ü&", (await client.Post("/form", form: new { a = 1, b = new[] { "x y", "ü&" }, none = (string?)null })).Text);
        using var file = new FileStorage(new MemoryStream("content"u8.ToArray()), "a.txt", contentType: "text/plain");
        Assert.Equal("n a.txt text/plain content", (await client.Post("/file", form: new { note = "n", file })).Text);
        Assert.Equal(3, (await client.Post("/json", json: new { n = 3 })).GetJson<Dictionary<string, int>>()!["n"]);
        Assert.Equal("3 text/x", (await client.Put("/bytes", data: Encoding.ASCII.GetBytes("abc"), headers: new { Content_Type = "text/x" })).Text);
        await Assert.ThrowsAsync<ArgumentException>(() => client.Post("/json", form: new { a = 1 }, json: new { a = 1 }));
    }

    [Fact]
    public async Task The_url_and_the_address_may_be_given()
    {
        _app.Get("/", () => $"{Globals.Request.Url} {Globals.Request.RemoteAddr} {Globals.Request.IsSecure}");
        var client = _app.TestClient();
        client.BaseUrl = new Uri("https://example.org:8443");
        client.RemoteAddress = System.Net.IPAddress.Parse("10.1.2.3");
        Assert.Equal("https://example.org:8443/?q=a%20b 10.1.2.3 True", (await client.Get("/?q=a%20b")).Text);
        Assert.StartsWith("http://other.test/", (await client.Get("http://other.test/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_may_be_set_and_read_around_requests()
    {
        _app.Get("/", () => $"{Session.Get<int>("n")}");
        var client = _app.TestClient();
        client.SessionTransaction(session => session["n"] = 4);
        Assert.Equal("4", (await client.Get("/")).Text);
        client.SessionTransaction(session => session["n"] = session.Get<int>("n") + 1);
        Assert.Equal("5", (await client.Get("/")).Text);
    }

    [Fact]
    public void Commands_are_run_in_memory_with_what_they_write()
    {
        _app.Cli.Command("say", (string what) =>
        {
            Console.Write(what);
            Console.Error.Write("careful");
            return 3;
        });
        Assert.Equal(new CliResult(3, "hello", "careful"), _app.TestCliRunner().Invoke("say", "hello"));
    }

    [Fact]
    public void A_request_context_stands_in_for_a_request()
    {
        _app.Get("/note/<int:id>", (int id) => "x", endpoint: "note");
        using (_app.TestRequestContext("/note/3?page=2"))
        {
            Assert.Equal(("/note/3", "2", "note"), (Globals.Request.Path, Globals.Request.Args["page"], Globals.Request.Endpoint));
            Assert.Equal("/note/4", UrlFor("note", new { id = 4 }));
        }
        Assert.False(HasRequestContext);
    }

    [Fact]
    public async Task What_a_view_left_behind_can_be_looked_at_after_the_answer()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, SecretKey = "a key for tests", Testing = true };
        var teardowns = 0;
        app.TeardownRequest(() => { teardowns++; });
        app.Get("/", () =>
        {
            Globals.G["user"] = "jo";
            Globals.Session["n"] = 5;
            return "x";
        });
        var response = await app.TestClient().Get("/?page=2");
        Assert.Equal("jo", response.Context!.G["user"]);
        using (response.EnterContext())
        {
            Assert.Equal("2", Globals.Request.Args["page"]);
            Assert.Equal(5, Globals.Session["n"]);
        }
        Assert.False(Globals.HasRequestContext);
        Assert.Equal(1, teardowns);
    }

    [Fact]
    public async Task Credentials_and_subdomains_are_sent()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, SubdomainMatching = true, Testing = true };
        app.Config["SERVER_NAME"] = "example.com";
        app.Get("/", (string name) => $"{name} {Globals.Request.Authorization?.Username}", options: new RouteOptions { Subdomain = "<name>" });
        Assert.Equal("shop jo", (await app.TestClient().Open("/", subdomain: "shop", auth: ("jo", "secret"))).Text);
    }

    [Fact]
    public void A_request_made_by_hand_takes_what_a_client_takes()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, Testing = true };
        app.Post("/users/<int:id>", (int id) => $"{id}", endpoint: "user");
        using (app.TestRequestContext("/users/5", "POST", query: new { q = "1" }, form: new { name = "jo" }, headers: new { X_A = "h" }, baseUrl: new Uri("https://a.test"), auth: ("u", "p")))
        {
            var request = Globals.Request;
            Assert.Equal(("user", "POST", "https://a.test/users/5?q=1", "jo", "h", "u"), (request.Endpoint, request.Method, request.Url, request.Form["name"], request.Headers["X-A"].ToString(), request.Authorization?.Username));
            Assert.Equal(5, request.ViewArgs["id"]);
        }
        using (app.TestRequestContext("/users/5", "PUT", json: new { a = 1 }))
            Assert.Equal("{\"a\":1}", Globals.CurrentApp.Json.Dumps(Globals.Request.Json));
    }
}

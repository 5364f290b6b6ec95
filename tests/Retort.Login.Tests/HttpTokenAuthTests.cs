using Retort.Testing;

namespace Retort.Login.Tests;

public sealed class HttpTokenAuthTests
{
    [Fact]
    public async Task A_token_is_a_user_s()
    {
        var app = HttpAuths.Make();
        var auth = new HttpTokenAuth(app);
        auth.VerifyToken(async token => { await Task.Yield(); return token == "a.b=c==" ? "jo" : null; });
        app.Get("/", [HttpAuthRequired] () => $"{auth.CurrentUser}");
        Assert.Equal("200 jo", await app.Answer("Bearer a.b=c=="));
        Assert.Equal("200 jo", await app.Answer("bearer  a.b=c== "));
        Assert.Equal("401 Unauthorized Access", await app.Answer("Bearer wrong"));
        Assert.Equal("401 Unauthorized Access", await app.Answer("Token a.b=c=="));
        Assert.Equal("Bearer realm=\"Authentication Required\"", (await app.TestClient().Get("/")).Headers.Get("WWW-Authenticate"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer \t ")]
    [InlineData("Basic Og==")]
    public async Task Row_106_cve_2026_34531_without_a_token_the_function_is_not_called(string? authorization)
    {
        var app = HttpAuths.Make();
        var (auth, header) = (new HttpTokenAuth(app), new HttpTokenAuth(header: "X-API-Key"));
        header.InitApp(app, "header");
        var calls = 0;
        auth.VerifyToken(_ => { calls++; return true; });
        header.VerifyToken(_ => { calls++; return true; });
        app.Get("/", [HttpAuthRequired] () => "open");
        app.Get("/header", [HttpAuthRequired("header")] () => "open");
        Assert.Equal("401 Unauthorized Access", await app.Answer(authorization));
        Assert.Equal(401, (await app.TestClient().Get("/header", headers: new { X_API_Key = "" })).StatusCode);
        Assert.Equal(401, (await app.TestClient().Get("/header", headers: new { X_API_Key = " " })).StatusCode);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task A_task_that_was_not_awaited_lets_nobody_in()
    {
        var app = HttpAuths.Make();
        var auth = new HttpTokenAuth(app);
        app.Get("/", [HttpAuthRequired] () => "open");
        auth.VerifyToken(token => new ValueTask<bool>(false));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Answer("Bearer t"));
        Assert.StartsWith("a function that verifies credentials returned a ValueTask`1", error.Message, StringComparison.Ordinal);
        object task = Task.FromResult(false);
        auth.VerifyToken(token => task);
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Answer("Bearer t"));
    }

    [Fact]
    public async Task A_header_of_its_own_is_all_token()
    {
        var app = HttpAuths.Make();
        var auth = new HttpTokenAuth(app, scheme: "ApiKey", header: "X-API-Key");
        auth.VerifyToken(token => token == "Bearer k" ? "jo" : null);
        app.Get("/", [HttpAuthRequired] () => $"{auth.CurrentUser}");
        Assert.Equal("jo", (await app.TestClient().Get("/", headers: new { X_API_Key = "Bearer k" })).Text);
        Assert.Equal("401 Unauthorized Access", await app.Answer("ApiKey Bearer k"));
        Assert.Equal("ApiKey realm=\"Authentication Required\"", (await app.TestClient().Get("/")).Headers.Get("WWW-Authenticate"));
    }

    [Fact]
    public async Task Several_schemes_are_chosen_by_the_request()
    {
        var app = HttpAuths.Make();
        var (basic, token, key) = (new HttpBasicAuth(), new HttpTokenAuth(), new HttpTokenAuth(scheme: "Key", header: "X-API-Key"));
        basic.VerifyPassword((user, password) => password == "secret" ? "basic " + user : null);
        token.VerifyToken(sent => sent == "t" ? "token" : null);
        key.VerifyToken(sent => sent == "k" ? "key" : null);
        token.GetUserRoles(_ => ["robot"]);
        basic.GetUserRoles(_ => ["human"]);
        var auth = new MultiAuth(basic, token, key);
        auth.InitApp(app);
        app.Get("/", [HttpAuthRequired] () => $"{auth.CurrentUser}");
        app.Get("/robots", [HttpAuthRequired(Role = "robot")] () => "robots");
        Assert.Equal("200 basic jo", await app.Answer(HttpAuths.Basic("jo", "secret")));
        Assert.Equal("200 token", await app.Answer("Bearer t"));
        Assert.Equal("key", (await app.TestClient().Get("/", headers: new { X_API_Key = "k" })).Text);
        Assert.Equal("200 robots", await app.Answer("Bearer t", "/robots"));
        Assert.Equal("403 Unauthorized Access", await app.Answer(HttpAuths.Basic("jo", "secret"), "/robots"));
        var refused = await app.TestClient().As("Bearer wrong");
        Assert.Equal((401, "Bearer realm=\"Authentication Required\""), (refused.StatusCode, refused.Headers.Get("WWW-Authenticate")));
        Assert.Equal("Basic realm=\"Authentication Required\"", (await app.TestClient().Get("/")).Headers.Get("WWW-Authenticate"));
        Assert.Equal("Basic realm=\"Authentication Required\"", (await app.TestClient().As("Other x")).Headers.Get("WWW-Authenticate"));
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Retort.Testing;
using static Retort.Globals;
using static Retort.Login.LoginGlobals;

namespace Retort.Login.Tests;

/// <summary>ASP.NET Core and Flask-Login agree on who is there.</summary>
public sealed class LoginAuthenticationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Authorize_lets_in_whom_LoginRequired_lets_in_and_sends_others_to_the_same_page(bool async)
    {
        var app = Make(async);
        app.Get("/flashes", () => string.Join(';', GetFlashedMessages()));
        var client = app.TestClient();
        var refused = await client.Get("/secret?a=1");
        Assert.Equal((302, "/login?next=%2Fsecret%3Fa%3D1"), (refused.StatusCode, refused.Location));
        Assert.Equal("Please log in to access this page.", await client.Text("/flashes"));
        await client.Post("/login/1");
        Assert.Equal("1 1", await client.Text("/secret"));
        await client.Post("/logout");
        Assert.Equal(302, (await client.Get("/secret")).StatusCode);
    }

    [Fact]
    public async Task Without_a_login_page_it_is_a_401_and_a_role_that_is_missing_a_403()
    {
        var app = Make();
        LoginManager.Of(app).LoginView = null;
        LoginManager.Of(app).UserClaims = user => [new Claim(ClaimTypes.Role, "author"), new Claim(ClaimTypes.Name, ((User)user).Name)];
        app.Get("/author", [Authorize(Roles = "author")] (ClaimsPrincipal user) => $"{user.Identity!.Name} {user.FindFirstValue(ClaimTypes.NameIdentifier)}");
        app.Get("/admin", [Authorize(Roles = "admin")] () => "admin");
        var client = app.TestClient();
        var refused = await client.Get("/secret");
        Assert.Equal(401, refused.StatusCode);
        Assert.Contains("<h1>Unauthorized</h1>", refused.Text, StringComparison.Ordinal);
        await client.Post("/login/1");
        Assert.Equal("user 1 1", await client.Text("/author"));
        Assert.Equal(403, (await client.Get("/admin")).StatusCode);
    }

    [Fact]
    public async Task A_remembered_user_is_authorized_and_the_session_is_written_once()
    {
        var app = Make();
        var client = app.TestClient();
        await client.Post("/login/1?remember=1");
        client.DeleteCookie("session");
        var response = await client.Get("/secret");
        Assert.Equal("1 1", response.Text);
        Assert.Single(response.Headers.GetAll("Set-Cookie"), cookie => cookie.StartsWith("session=", StringComparison.Ordinal));
        Assert.Equal("1", client.Session()["_user_id"]);
        client.SetCookie("remember_token", "1|forged");
        client.DeleteCookie("session");
        Assert.Equal(302, (await client.Get("/secret")).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_user_is_loaded_once_for_both(bool async)
    {
        var app = Make();
        var loads = 0;
        if (async)
            LoginManager.Of(app).UserLoader(async id => { loads++; await Task.Yield(); return User.All[id]; });
        else
            LoginManager.Of(app).UserLoader(id => { loads++; return User.All[id]; });
        var client = app.TestClient();
        await client.Post("/login/1");
        loads = 0;
        Assert.Equal("1 1", await client.Text("/secret"));
        Assert.Equal(1, loads);
    }

    [Theory]
    [InlineData("/secret", true, "1 1")]
    [InlineData("/who", true, "1")]
    [InlineData("/nowhere", true, null)]
    [InlineData("/secret", false, null)]
    [InlineData("/plain", false, "plain")]
    public async Task Teardown_functions_run_once_a_request_and_find_what_a_loader_has_opened(string path, bool loggedIn, string? text)
    {
        var app = Make();
        var torn = new List<string>();
        app.TeardownRequest(() => torn.Add("request"));
        app.TeardownAppContext((Context context) => torn.Add($"app {context.G.Pop<string>("connection") ?? "nothing"}"));
        app.Get("/plain", () => "plain");
        LoginManager.Of(app).UserLoader(id => { G["connection"] = "opened"; return User.All[id]; });
        var client = app.TestClient();
        if (loggedIn)
            client.SessionTransaction(LoginSession.Of(User.All["1"]));
        torn.Clear();
        var answer = await client.Get(path);
        Assert.Equal(["request", loggedIn ? "app opened" : "app nothing"], torn);
        Assert.Equal(text ?? answer.Text, answer.Text);
    }

    [Fact]
    public async Task Where_the_host_answers_teardown_functions_run_when_the_answer_is_complete()
    {
        var (app, _) = Logins.Make();
        var torn = new TaskCompletionSource<string>();
        var count = 0;
        app.TeardownAppContext((Context context) =>
        {
            Interlocked.Increment(ref count);
            torn.TrySetResult(context.G.Get("connection", "nothing"));
        });
        LoginManager.Of(app).UserLoader(id => { G["connection"] = "opened"; return User.All[id]; });
        await using var host = await LiveServer.Start(
            web =>
            {
                web.UseRouting();
                web.UseAuthentication();
                web.MapGet("/host", (ClaimsPrincipal user) => user.Identity?.Name ?? "nobody");
                web.MapRetort("/app", app);
            },
            services =>
            {
                services.AddRouting();
                services.AddLogging();
                services.AddAuthentication(LoginAuthentication.Scheme).AddRetortLogin(app);
            });
        using var browser = new Browser();
        await browser.Send(host.Address, "POST", "/app/login/1");
        (torn, count) = (new TaskCompletionSource<string>(), 0);
        Assert.Equal("1", (await browser.Send(host.Address, "GET", "/host")).Text);
        Assert.Equal("opened", await torn.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal(1, count);
    }

    [Fact]
    public async Task A_session_from_elsewhere_is_refused_where_protection_is_strong()
    {
        var app = Make();
        app.Config["SESSION_PROTECTION"] = "strong";
        var client = app.TestClient();
        await client.Post("/login/1?remember=1");
        Assert.Equal(302, (await client.Get("/secret", headers: new { User_Agent = "another" })).StatusCode);
        Assert.Null(client.GetCookie("remember_token"));
        Assert.Equal("nobody", await client.Text("/who"));
    }

    [Fact]
    public async Task Behind_a_proxy_both_believe_the_address_that_the_app_believes()
    {
        var app = Make();
        app.Config["SESSION_PROTECTION"] = "strong";
        app.ProxyFix = new ProxyFix(xFor: 1);
        var client = app.TestClient();
        Assert.Equal("in", (await client.Post("/login/1", headers: new { X_Forwarded_For = "203.0.113.9" })).Text);
        Assert.Equal("1 1", await client.Text("/secret", headers: new { X_Forwarded_For = "203.0.113.9" }));
        Assert.Equal(302, (await client.Get("/secret", headers: new { X_Forwarded_For = "203.0.113.10" })).StatusCode);
    }

    [Fact]
    public async Task A_user_who_logs_in_or_out_before_the_view_is_the_one_that_counts()
    {
        var app = Make();
        app.BeforeRequest((Context context) => { if (context.Request.Args.Contains("out")) LogoutUser(); });
        app.Get("/now", (HttpContext http) => $"{CurrentUser.IsAuthenticated} {http.User.Identity?.IsAuthenticated}");
        var client = app.TestClient();
        await client.Post("/login/1");
        Assert.Equal("True True", await client.Text("/now"));
        Assert.Equal("False False", await client.Text("/now?out"));
        Assert.Equal("False False", await client.Text("/now"));
    }

    [Fact]
    public async Task A_user_loader_that_fails_fails_where_the_user_is_needed_and_nowhere_else()
    {
        var app = Make();
        LoginManager.Of(app).UserLoader(_ => throw new InvalidDataException("the database is down"));
        app.Get("/plain", () => "plain");
        var client = app.TestClient();
        client.SessionTransaction(LoginSession.Of(User.All["1"]));
        Assert.Equal("plain", await client.Text("/plain"));
        Assert.Equal("the database is down", (await Assert.ThrowsAsync<InvalidDataException>(() => client.Get("/secret"))).Message);
        Assert.Equal("the database is down", (await Assert.ThrowsAsync<InvalidDataException>(() => client.Get("/who"))).Message);
    }

    [Fact]
    public async Task What_other_schemes_say_of_the_user_stays()
    {
        var app = Make();
        app.UseMiddleware(web => web.Use((http, next) =>
        {
            http.User.AddIdentity(new ClaimsIdentity([new Claim("badge", "7")], "badge reader"));
            return next(http);
        }));
        app.Get("/badge", (HttpContext http) => $"{CurrentUser.GetId()} {http.User.FindFirstValue("badge")} {http.User.FindFirstValue(ClaimTypes.NameIdentifier)}");
        app.Post("/leave", (HttpContext http) => { LogoutUser(); return $"{http.User.FindFirstValue("badge")} {http.User.FindFirstValue(ClaimTypes.NameIdentifier)}"; });
        var client = app.TestClient();
        await client.Post("/login/1");
        Assert.Equal("1 7 1", await client.Text("/badge"));
        Assert.Equal("7 ", (await client.Post("/leave")).Text);
    }

    [Fact]
    public async Task Without_the_scheme_the_principal_is_known_as_soon_as_the_user_is()
    {
        var (app, _) = Logins.Make();
        app.Get("/principal", [LoginRequired] (ClaimsPrincipal user, Retort.Http.Request request) => $"{user.Identity!.IsAuthenticated} {user.Identity.Name} {request.RemoteUser}");
        app.Post("/out", (HttpContext http) => { LogoutUser(); return $"{http.User.Identity!.IsAuthenticated}"; });
        app.Post("/in", (HttpContext http) => { LoginUser(User.All["1"]); return $"{http.User.Identity!.Name}"; });
        var client = app.TestClient();
        Assert.Equal("1", (await client.Post("/in")).Text);
        Assert.Equal("True 1 1", await client.Text("/principal"));
        Assert.Equal("False", (await client.Post("/out")).Text);
    }

    [Fact]
    public async Task Someone_whom_another_scheme_knows_is_left_alone()
    {
        var (app, _) = Logins.Make();
        app.UseMiddleware(web => web.Use((http, next) =>
        {
            http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "other")], "another scheme"));
            return next(http);
        }));
        app.Get("/both", (HttpContext http) => $"{CurrentUser.IsAnonymous} {http.User.Identity!.Name}");
        Assert.Equal("True other", await app.TestClient().Text("/both"));
    }

    [Fact]
    public async Task Mounted_the_host_s_own_endpoints_know_the_app_s_users()
    {
        var (shop, login) = Logins.Make();
        login.LoginView = "/shop/login";
        await using var server = await LiveServer.Start(
            web =>
            {
                web.UseRouting();
                web.UseAuthentication();
                web.UseAuthorization();
                web.MapGet("/host", [Authorize] (ClaimsPrincipal user) => $"host {user.Identity!.Name}");
                web.MapRetort("/shop", shop);
            },
            services =>
            {
                services.AddRouting();
                services.AddAuthentication(LoginAuthentication.Scheme).AddRetortLogin(shop);
                services.AddAuthorization();
            });
        using var browser = new Browser();
        async Task<string> Ask(string path, string method = "GET") => await browser.Send(server.Address, method, path) is var (_, text, location) ? location ?? text : "";
        Assert.Equal("/shop/login?next=%2Fhost", await Ask("/host"));
        Assert.Equal("/shop/login?next=%2Fshop%2Fme", await Ask("/shop/me"));
        Assert.Equal("in", await Ask("/shop/login/1", "POST"));
        Assert.Equal("host 1", await Ask("/host"));
        Assert.Equal("me 1", await Ask("/shop/me"));
        Assert.Equal("out", await Ask("/shop/logout", "POST"));
        Assert.Equal("/shop/login?next=%2Fhost", await Ask("/host"));
    }

    private static App Make(bool async = false)
    {
        var (app, _) = Logins.Make(async);
        app.Services.AddAuthentication(LoginAuthentication.Scheme).AddRetortLogin(app);
        app.Services.AddAuthorization();
        app.UseMiddleware(web => web.UseAuthentication().UseAuthorization());
        app.Get("/secret", [Authorize] (ClaimsPrincipal user) => $"{user.Identity!.Name} {CurrentUser.GetId()}");
        return app;
    }
}

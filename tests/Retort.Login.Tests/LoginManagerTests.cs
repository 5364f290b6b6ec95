using Retort.Testing;
using static Retort.Globals;
using static Retort.Login.LoginGlobals;

namespace Retort.Login.Tests;

/// <summary>How those are answered who may not see a view.</summary>
public sealed class LoginManagerTests
{
    [Fact]
    public async Task Who_is_not_logged_in_is_sent_to_the_login_page_with_the_page_to_come_back_to()
    {
        var (app, _) = Logins.Make();
        app.Get("/flashes", () => string.Join(';', GetFlashedMessagesWithCategories()));
        var client = app.TestClient();
        var response = await client.Get("/me?a=1&b=2");
        Assert.Equal((302, "/login?next=%2Fme%3Fa%3D1%26b%3D2"), (response.StatusCode, response.Location));
        Assert.Equal("(message, Please log in to access this page.)", await client.Text("/flashes"));
    }

    [Fact]
    public async Task Messages_have_categories_and_translations_or_are_left_out()
    {
        var (app, login) = Logins.Make();
        login.LoginMessage = "log in";
        login.LoginMessageCategory = "warning";
        login.LocalizeMessage = message => message.ToUpperInvariant();
        login.RefreshView = "/refresh";
        login.NeedsRefreshMessage = null;
        app.Get("/flashes", () => string.Join(';', GetFlashedMessagesWithCategories()));
        var client = app.TestClient();
        await client.Get("/me");
        Assert.Equal("(warning, LOG IN)", await client.Text("/flashes"));
        client.SessionTransaction(LoginSession.Of(User.All["1"], fresh: false));
        Assert.Equal("/refresh?next=%2Fmoney", (await client.Get("/money")).Location);
        Assert.Equal("", await client.Text("/flashes"));
    }

    [Fact]
    public async Task Without_a_login_page_it_is_a_401_that_error_handlers_see()
    {
        var (app, login) = Logins.Make();
        login.LoginView = null;
        Assert.Equal(401, (await app.TestClient().Get("/me")).StatusCode);
        var (other, theirs) = Logins.Make();
        theirs.LoginView = null;
        other.ErrorHandler(401, error => ("handled", 401));
        var response = await other.TestClient().Get("/me");
        Assert.Equal((401, "handled"), (response.StatusCode, response.Text));
    }

    [Fact]
    public async Task A_blueprint_may_have_a_login_page_of_its_own()
    {
        var (app, login) = Logins.Make();
        login.BlueprintLoginViews["admin"] = "https://sso.example.com/start?x=1";
        login.BlueprintLoginViews["closed"] = "";
        foreach (var name in new[] { "admin", "closed", "other" })
        {
            var blueprint = new Blueprint(name) { UrlPrefix = "/" + name };
            blueprint.Get("/", [LoginRequired] () => name, endpoint: "index");
            app.RegisterBlueprint(blueprint);
        }
        var client = app.TestClient();
        // Another host has to be told the whole URL.
        Assert.Equal("https://sso.example.com/start?next=http%3A%2F%2Flocalhost%2Fadmin%2F&x=1", (await client.Get("/admin/")).Location);
        Assert.Equal(401, (await client.Get("/closed/")).StatusCode);
        Assert.Equal("/login?next=%2Fother%2F", (await client.Get("/other/")).Location);
    }

    [Fact]
    public async Task Handlers_answer_in_the_place_of_redirects()
    {
        var (app, login) = Logins.Make();
        login.UnauthorizedHandler(() => ("who are you?", 401));
        login.NeedsRefreshHandler(async () =>
        {
            await Task.Yield();
            return ("say it again", 403);
        });
        var client = app.TestClient();
        Assert.Equal("who are you?", await client.Text("/me"));
        client.SessionTransaction(LoginSession.Of(User.All["1"], fresh: false));
        var response = await client.Get("/money");
        Assert.Equal((403, "say it again"), (response.StatusCode, response.Text));
    }

    [Fact]
    public async Task The_page_to_come_back_to_can_be_kept_in_the_session()
    {
        var (app, _) = Logins.Make();
        app.Config["USE_SESSION_FOR_NEXT"] = true;
        app.Get("/next", () => NextUrl("/fallback"));
        var client = app.TestClient();
        Assert.Equal("/login", (await client.Get("/me?a=1")).Location);
        Assert.Equal("/me?a=1", client.Session()["next"]);
        Assert.Equal("/me?a=1", await client.Text("/next"));
        Assert.Equal("/fallback", await client.Text("/next"));
    }

    [Fact]
    public async Task The_host_of_redirects_can_be_forced()
    {
        var (app, _) = Logins.Make();
        app.Config["FORCE_HOST_FOR_REDIRECTS"] = "good.example.com";
        Assert.Equal("//good.example.com/login?next=%2Fme", (await app.TestClient().Get("/me", headers: new { Host = "evil.example.com" })).Location);
    }

    [Fact]
    public async Task Options_passes_and_so_does_everything_when_logins_are_switched_off()
    {
        var (app, _) = Logins.Make();
        app.Route("/both", [LoginRequired] (Retort.Http.Request request) => request.Method, methods: ["GET", "OPTIONS"]);
        var client = app.TestClient();
        Assert.Equal("OPTIONS", (await client.Options("/both")).Text);
        Assert.Equal(302, (await client.Get("/both")).StatusCode);
        app.Config["LOGIN_DISABLED"] = true;
        Assert.Equal("GET", await client.Text("/both"));
        Assert.Equal("money", await client.Text("/money"));
    }

    [Fact]
    public async Task View_classes_and_single_methods_of_them_are_closed()
    {
        var (app, _) = Logins.Make();
        app.AddUrlRule("/all", "all", () => new Closed());
        app.AddUrlRule("/half", "half", () => new Half());
        app.AddViews(typeof(Views));
        var client = app.TestClient();
        Assert.Equal(302, (await client.Get("/all")).StatusCode);
        Assert.Equal(302, (await client.Get("/static-view")).StatusCode);
        Assert.Equal("open", await client.Text("/half"));
        Assert.Equal(302, (await client.Post("/half")).StatusCode);
        await client.Post("/login/1");
        Assert.Equal("closed", await client.Text("/all"));
        Assert.Equal("posted", (await client.Post("/half")).Text);
        Assert.Equal("static", await client.Text("/static-view"));
    }

    [Fact]
    public async Task A_blueprint_is_closed_by_a_function_before_its_requests()
    {
        var (app, login) = Logins.Make();
        var blueprint = new Blueprint("admin") { UrlPrefix = "/admin" };
        blueprint.BeforeRequest(async () => CurrentUser.IsAuthenticated ? null : await login.Unauthorized());
        blueprint.Get("/", () => "admin", endpoint: "index");
        app.RegisterBlueprint(blueprint);
        var client = app.TestClient();
        Assert.Equal("/login?next=%2Fadmin%2F", (await client.Get("/admin/")).Location);
        await client.Post("/login/1");
        Assert.Equal("admin", await client.Text("/admin/"));
    }

    [Fact]
    public async Task What_happens_to_logins_can_be_watched()
    {
        var (app, login) = Logins.Make();
        var seen = new List<string>();
        void Watch(string name, LoginEventArgs happened) => seen.Add(happened.User is { } user ? $"{name} {user.GetId()}" : name);
        login.Signals.UserLoggedIn += (sender, happened) => { Assert.Same(app, sender); Watch("in", happened); };
        login.Signals.UserLoggedOut += (_, happened) => Watch("out", happened);
        login.Signals.UserLoadedFromCookie += (_, happened) => Watch("cookie", happened);
        login.Signals.UserLoadedFromRequest += (_, happened) => Watch("request", happened);
        login.Signals.UserLoginConfirmed += (_, happened) => Watch("confirmed", happened);
        login.Signals.UserUnauthorized += (_, happened) => Watch("unauthorized", happened);
        login.Signals.UserNeedsRefresh += (_, happened) => Watch("refresh", happened);
        login.Signals.UserAccessed += (_, happened) => Watch("accessed", happened);
        login.Signals.SessionProtected += (_, happened) => Watch("protected", happened);
        login.RequestLoader(request => request.Headers["X-Key"] == "k" ? User.All["1"] : null);
        async Task<string> Happened(Func<Task> request)
        {
            seen.Clear();
            await request();
            return string.Join(", ", seen);
        }
        var client = app.TestClient();
        Assert.Equal("accessed, unauthorized", await Happened(() => client.Get("/me")));
        Assert.Equal("accessed, request 1", await Happened(() => app.TestClient().Get("/me", headers: new { X_Key = "k" })));
        Assert.Equal("in 1", await Happened(() => client.Post("/login/1?remember=1")));
        Assert.Equal("accessed", await Happened(() => client.Get("/me")));
        Assert.Equal("accessed, protected, refresh", await Happened(() => client.Get("/money", headers: new { User_Agent = "other" })));
        Assert.Equal("confirmed", await Happened(() => client.Post("/confirm")));
        client.DeleteCookie("session");
        Assert.Equal("accessed, cookie 1", await Happened(() => client.Get("/me")));
        // A session that the cookie has made does not say where it was made.
        Assert.Equal("accessed, protected, out 1", await Happened(() => client.Post("/logout")));
    }

    [Fact]
    public async Task WebSocket_views_are_closed_before_the_handshake()
    {
        var (app, _) = Logins.Make(async: true);
        app.WebSocket("/ws", [LoginRequired] async (WebSocket socket) => await socket.Send("hello " + CurrentUser.GetId()));
        var client = app.TestClient();
        Assert.StartsWith("the WebSocket /ws was refused: 302", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.WebSocket("/ws"))).Message, StringComparison.Ordinal);
        await client.Post("/login/1");
        await using var socket = await client.WebSocket("/ws");
        Assert.Equal("hello 1", await socket.Receive());
    }

    [LoginRequired]
    private sealed class Closed : MethodView
    {
        public string Get() => "closed";
    }

    private sealed class Half : MethodView
    {
        public string Get() => "open";

        [LoginRequired]
        public string Post() => "posted";
    }

    private static class Views
    {
        [Get("/static-view")]
        [LoginRequired]
        public static string StaticView() => "static";
    }
}

using Retort.Testing;
using static Retort.Globals;
using static Retort.Login.LoginGlobals;

namespace Retort.Login.Tests;

public sealed class LoginTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_is_logged_in_until_they_log_out(bool async)
    {
        var client = Logins.Make(async).App.TestClient();
        Assert.Equal("nobody", await client.Text("/who"));
        Assert.Equal("in", (await client.Post("/login/1")).Text);
        Assert.Equal("1", await client.Text("/who"));
        Assert.Equal("me 1", await client.Text("/me"));
        Assert.Equal("out", (await client.Post("/logout")).Text);
        Assert.Equal("nobody", await client.Text("/who"));
        Assert.Equal(302, (await client.Get("/me")).StatusCode);
    }

    [Fact]
    public async Task The_session_holds_what_Flask_Login_puts_there()
    {
        var client = Logins.Make().App.TestClient();
        await client.Post("/login/1");
        var session = client.Session();
        Assert.Equal(["_fresh", "_id", "_user_id"], session.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("1", true), ((string)session["_user_id"]!, (bool)session["_fresh"]!));
        Assert.Equal(Retort.Signing.SessionIdentifier.Create("127.0.0.1", null, null), session["_id"]);
        await client.Post("/logout");
        Assert.Empty(client.Session());
    }

    [Fact]
    public async Task A_user_who_is_not_active_is_refused_unless_forced()
    {
        var (app, _) = Logins.Make();
        app.Post("/force", () => LoginUser(User.All["2"], force: true) ? "in" : "refused");
        app.Get("/active", () => $"{CurrentUser.IsActive} {CurrentUser.IsAuthenticated}");
        var client = app.TestClient();
        Assert.Equal("refused", (await client.Post("/login/2")).Text);
        Assert.Empty(client.Session());
        Assert.Equal("in", (await client.Post("/force")).Text);
        Assert.Equal("2", await client.Text("/who"));
        // Source: UserMixin.is_authenticated is is_active.
        Assert.Equal("False False", await client.Text("/active"));
    }

    [Fact]
    public async Task A_user_is_known_in_the_request_that_logs_them_in_and_not_after_logging_out_in_it()
    {
        var (app, _) = Logins.Make();
        app.Post("/both", () =>
        {
            LoginUser(User.All["1"]);
            var within = CurrentUser.GetId();
            LogoutUser();
            return $"{within} {CurrentUser.IsAnonymous}";
        });
        Assert.Equal("1 True", (await app.TestClient().Post("/both")).Text);
    }

    [Fact]
    public async Task A_user_without_an_id_cannot_be_logged_in()
    {
        var (app, _) = Logins.Make();
        app.Post("/anonymous", () => LoginUser(new AnonymousUser(), force: true) ? "in" : "refused");
        var error = await Assert.ThrowsAsync<ArgumentException>(() => app.TestClient().Post("/anonymous"));
        Assert.StartsWith("cannot log in a user whose GetId() is null", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Templates_see_the_current_user()
    {
        var (app, _) = Logins.Make();
        const string page = "{% if current_user.is_authenticated %}Hi {{ current_user.name }} ({{ current_user.get_id() }}){% else %}Log in{{ current_user.name }}{% endif %}";
        app.Get("/page", () => RenderTemplateString(page));
        var client = app.TestClient();
        Assert.Equal("Log in", await client.Text("/page"));
        await client.Post("/login/1");
        Assert.Equal("Hi user 1 (1)", await client.Text("/page"));
        using (app.AppContext())
            Assert.Equal("True", RenderTemplateString("{{ current_user is none }}").ToString());
    }

    [Fact]
    public async Task Templates_see_no_user_when_that_was_not_asked_for()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, SecretKey = Logins.Key, Testing = true };
        var login = new LoginManager();
        login.InitApp(app, addContextProcessor: false);
        login.UserLoader(id => null);
        app.Get("/page", () => RenderTemplateString("{{ current_user is defined }}"));
        Assert.Equal("False", await app.TestClient().Text("/page"));
    }

    [Fact]
    public async Task One_manager_serves_several_apps()
    {
        var (app, login) = Logins.Make();
        var other = new App("other", rootPath: Path.GetTempPath()) { StaticFolder = null, SecretKey = Logins.Key, Testing = true };
        login.InitApp(other);
        other.Get("/who", () => CurrentUser.GetId() ?? "nobody");
        var client = app.TestClient();
        await client.Post("/login/1");
        var there = other.TestClient();
        there.SetCookie("session", client.GetCookie("session")!.Value);
        Assert.Equal("1", await there.Text("/who"));
    }

    [Fact]
    public void Outside_of_a_request_and_without_a_manager_the_error_says_what_to_do()
    {
        Assert.Equal("CurrentUser was used outside a request. Inside a view it is set for you; elsewhere use app.TestRequestContext().", Assert.Throws<ContextError>(() => CurrentUser).Message);
        var app = new App("bare", rootPath: Path.GetTempPath());
        using (app.TestRequestContext())
        {
            Assert.Equal("the app 'bare' has no login manager. Add one during setup: new LoginManager(app), or login.InitApp(app).",
                Assert.Throws<InvalidOperationException>(() => CurrentUser).Message);
        }
    }

    [Fact]
    public void Users_are_equal_by_their_ids()
    {
        Assert.Equal(new User("7"), new User("7", active: false));
        Assert.Equal(new User("7").GetHashCode(), new User("7").GetHashCode());
        Assert.NotEqual(new User("7"), new User("8"));
        Assert.False(new User("7").Equals("7"));
    }

    [Fact]
    public async Task A_test_logs_a_user_in_without_the_login_page()
    {
        var client = Logins.Make().App.TestClient();
        client.SessionTransaction(LoginSession.Of(User.All["1"]));
        Assert.Equal("money", await client.Text("/money"));
        client.SessionTransaction(LoginSession.Of(User.All["1"], fresh: false));
        Assert.Equal("me 1", await client.Text("/me"));
        Assert.Equal(401, (await client.Get("/money")).StatusCode);
        client.SessionTransaction(LoginSession.Of(User.All["1"], userAgent: "x"));
        Assert.Equal("money", await client.Text("/money", new { User_Agent = "x" }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_looked_at_no_session_says_nothing_of_cookies(bool async)
    {
        var (app, _) = Logins.Make(async);
        app.Get("/plain", () => "plain");
        var response = await app.TestClient().Get("/plain");
        Assert.Null(response.Headers.Get("Vary"));
        Assert.Equal("Cookie", (await app.TestClient().Get("/who")).Headers.Get("Vary"));
    }

    [Fact]
    public async Task A_user_may_be_any_class_that_implements_the_interface()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, SecretKey = Logins.Key, Testing = true };
        var login = new LoginManager(app) { AnonymousUser = () => new Visitor("visitor", false) };
        login.UserLoader(id => new Visitor(id, true));
        app.Post("/in", () => LoginUser(new Visitor("jo", true)) ? "in" : "refused");
        app.Get("/who", () => ((Visitor)CurrentUser).Name);
        var client = app.TestClient();
        Assert.Equal("visitor", await client.Text("/who"));
        await client.Post("/in");
        Assert.Equal("jo", await client.Text("/who"));
    }

    private sealed record Visitor(string Name, bool IsAuthenticated) : IUser
    {
        public bool IsActive => IsAuthenticated;

        public bool IsAnonymous => !IsAuthenticated;

        public string? GetId() => IsAuthenticated ? Name : null;
    }
}

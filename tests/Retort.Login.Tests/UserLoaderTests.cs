using Retort.Testing;
using static Retort.Login.LoginGlobals;

namespace Retort.Login.Tests;

public sealed class UserLoaderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_who_was_deleted_meanwhile_is_nobody(bool async)
    {
        var (app, login) = Logins.Make();
        var users = new Dictionary<string, User> { ["1"] = new("1") };
        Logins.Load(login, async, users);
        var client = app.TestClient();
        await client.Post("/login/1?remember=1");
        users.Clear();
        Assert.Equal("nobody", await client.Text("/who"));
        Assert.Equal(302, (await client.Get("/me")).StatusCode);
        client.DeleteCookie("session");
        Assert.Equal("nobody", await client.Text("/who"));
    }

    [Fact]
    public async Task A_user_is_loaded_once_a_request_and_only_when_asked_for()
    {
        var (app, login) = Logins.Make();
        var loads = 0;
        login.UserLoader(id => { loads++; return User.All[id]; });
        app.Get("/twice", [LoginRequired] () => CurrentUser.GetId()! + CurrentUser.GetId());
        app.Get("/plain", () => "plain");
        var client = app.TestClient();
        await client.Post("/login/1");
        await client.Get("/plain");
        Assert.Equal(0, loads);
        Assert.Equal("11", await client.Text("/twice"));
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task A_loader_that_waits_is_not_called_for_visitors()
    {
        var (app, login) = Logins.Make();
        var loads = 0;
        login.UserLoader(async id => { loads++; await Task.Yield(); return User.All.GetValueOrDefault(id); });
        var client = app.TestClient();
        client.SetCookie("other", "1");
        Assert.Equal("nobody", await client.Text("/who"));
        Assert.Equal(0, loads);
        await client.Post("/login/1");
        Assert.Equal("1", await client.Text("/who"));
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task Where_a_loader_that_waits_was_not_awaited_the_error_says_how()
    {
        var (app, _) = Logins.Make(async: true);
        using (app.TestRequestContext(headers: new { Cookie = "remember_token=1|" + Retort.Signing.RememberToken.Encode("1", Logins.Key).Split('|')[1] }))
        {
            Assert.StartsWith("the current user is loaded by a function that waits", Assert.Throws<InvalidOperationException>(() => CurrentUser).Message, StringComparison.Ordinal);
            Assert.Equal("1", (await LoadUser()).GetId());
            Assert.Equal("1", CurrentUser.GetId());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_loader_knows_those_whom_session_and_cookie_do_not(bool async)
    {
        var (app, login) = Logins.Make();
        if (async)
            login.RequestLoader(async request => { await Task.Yield(); return request.Headers["X-Key"] == "k" ? User.All["1"] : null; });
        else
            login.RequestLoader(request => request.Headers["X-Key"] == "k" ? User.All["1"] : null);
        var client = app.TestClient();
        Assert.Equal("me 1", await client.Text("/me", new { X_Key = "k" }));
        Assert.Empty(client.Session());
        Assert.Equal("nobody", await client.Text("/who", new { X_Key = "wrong" }));
    }

    [Fact]
    public async Task A_request_loader_alone_is_enough_and_no_loader_at_all_is_a_mistake()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, SecretKey = Logins.Key, Testing = true };
        var login = new LoginManager(app);
        app.Get("/who", () => CurrentUser.GetId() ?? "nobody");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.TestClient().Get("/who"));
        Assert.Equal("the login manager cannot find users: it has no UserLoader and no RequestLoader. Set one during setup: login.UserLoader(id => ...).", error.Message);
        login.RequestLoader(_ => User.All["1"]);
        Assert.Equal("1", await app.TestClient().Text("/who"));
    }

    [Fact]
    public async Task A_loader_that_asks_for_the_current_user_is_a_mistake_and_not_the_end_of_the_process()
    {
        var (app, login) = Logins.Make();
        login.UserLoader(_ => CurrentUser);
        var client = app.TestClient();
        client.SessionTransaction(LoginSession.Of(User.All["1"]));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => client.Get("/who"));
        Assert.StartsWith("a user loader asked for the current user", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_an_error_that_came_before_the_user_was_loaded_shows_nobody()
    {
        var (app, _) = Logins.Make(async: true);
        app.ErrorHandler(413, error => (Globals.RenderTemplateString("too large, {{ current_user.name or 'stranger' }}"), 413));
        app.ErrorHandler(404, error => (Globals.RenderTemplateString("nothing here, {{ current_user.name or 'stranger' }}"), 404));
        app.BeforeRequest((Context context) => { if (context.Request.Path == "/late") Globals.Abort(413); });
        var early = new App("early", rootPath: Path.GetTempPath()) { StaticFolder = null, SecretKey = Logins.Key, Testing = true };
        early.BeforeRequest(() => { Globals.Abort(413); });
        Logins.Load(new LoginManager(early), async: true, User.All);
        early.ErrorHandler(413, error => (Globals.RenderTemplateString("too early, {{ current_user.name or 'stranger' }}"), 413));
        foreach (var (each, path, expected) in new[] { (app, "/late", "413 too large, user 1"), (app, "/nowhere", "404 nothing here, user 1"), (early, "/", "413 too early, stranger") })
        {
            var client = each.TestClient();
            client.SessionTransaction(LoginSession.Of(User.All["1"]));
            var response = await client.Get(path);
            Assert.Equal(expected, $"{response.StatusCode} {response.Text}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Parts_of_a_request_that_go_on_side_by_side_load_one_user_together(bool fails)
    {
        var (loads, go) = (0, new TaskCompletionSource());
        var app = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, SecretKey = Logins.Key, Testing = true };
        var found = new List<string>();
        // Before the login manager's own function, which would have loaded the user.
        app.BeforeRequest(async () =>
        {
            var parts = Enumerable.Range(0, 5).Select(_ => Task.Run(() => Part())).ToList();
            parts.AddRange([Part(), Part()]);
            go.SetResult();
            found.AddRange(await Task.WhenAll(parts));
        });
        var login = new LoginManager(app);
        login.UserLoader(async id =>
        {
            Interlocked.Increment(ref loads);
            await go.Task;
            return !fails || loads > 1 ? User.All[id] : throw new InvalidDataException("no database");
        });
        app.Get("/", () => CurrentUser.GetId()!);
        var client = app.TestClient();
        client.SessionTransaction(LoginSession.Of(User.All["1"]));
        Assert.Equal("1", await client.Text("/"));
        if (fails)
            Assert.Contains("no database", found);
        else
            Assert.Equal((7, 1), (found.Count(each => each == "1"), loads));

        static async Task<string> Part()
        {
            try
            {
                return (await LoadUser()).GetId()!;
            }
            catch (InvalidDataException error)
            {
                return error.Message;
            }
        }
    }

    [Fact]
    public async Task A_numeric_id_that_a_Flask_app_has_left_is_text_to_the_loader()
    {
        var client = Logins.Make().App.TestClient();
        client.SessionTransaction(session => session["_user_id"] = 1);
        Assert.Equal("1", await client.Text("/who"));
    }
}

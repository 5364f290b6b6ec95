using System.Text;
using Retort.Signing;
using Retort.Tests.Shared;
using static Retort.Globals;
using static Retort.Login.LoginGlobals;

namespace Retort.Login.Tests;

/// <summary>
/// One browser, one secret key, and two apps: a real one of Flask-Login and one of ours. Whichever of them answers a step, the story is the same.
/// </summary>
public sealed class FlaskLoginOracleTests
{
    private const string Other = "another browser";

    /// <summary>Method, path, and who asks.</summary>
    private static readonly (string Method, string Path, string Agent)[] Story =
    [
        ("GET", "/who", "a"), ("GET", "/me?a=1&b=2", "a"), ("GET", "/flashes", "a"), ("POST", "/login/2", "a"), ("GET", "/money", "a"), ("POST", "/login/1", "a"), ("GET", "/me", "a"), ("GET", "/money", "a"),
        ("GET", "/state", "a"), ("POST", "/logout", "a"), ("GET", "/who", "a"), ("GET", "/me?q=%C3%A9+x%20y&r=%26z", "a"), ("POST", "/login/1?remember", "a"), ("GET", "/state", "a"), ("DROP", "session", ""),
        ("GET", "/me", "a"), ("GET", "/money?x=1", "a"), ("GET", "/state", "a"), ("GET", "/flashes", "a"), ("POST", "/confirm", "a"), ("GET", "/money", "a"), ("GET", "/me", Other), ("GET", "/who", Other), ("GET", "/money", Other),
        ("GET", "/who", "a"), ("GET", "/state", "a"), ("POST", "/login/1?remember", Other), ("GET", "/money", Other), ("POST", "/logout", Other), ("GET", "/who", Other), ("DROP", "session", ""), ("GET", "/who", "a"), ("GET", "/state", "a"),
    ];

    [Theory]
    [InlineData("-", "query")]
    [InlineData("strong", "query")]
    [InlineData("none", "query")]
    [InlineData("basic", "session")]
    public async Task Logging_in_and_out_and_being_remembered_is_the_same_whichever_side_answers(string protection, string next)
    {
        using var flask = await FlaskApp.Start(Logins.Key, protection, next);
        await using var ours = await LiveServer.Start(web => web.MapRetort("", Make(protection, next)));
        var expected = await Tell(_ => flask.Address);
        Assert.Equal(expected, await Tell(_ => ours.Address));
        Assert.Equal(expected, await Tell(step => step % 2 == 0 ? flask.Address : ours.Address));
        Assert.Equal(expected, await Tell(step => step % 2 == 1 ? flask.Address : ours.Address));
        var random = new Random(1);
        for (var run = 0; run < 10; run++)
        {
            var sides = Story.Select(_ => random.Next(2) == 0 ? flask.Address : ours.Address).ToArray();
            Assert.Equal(expected, await Tell(step => sides[step]));
        }
    }

    [Fact]
    public void Login_urls_are_those_of_Flask_Login()
    {
        (string View, string? Next, string? Force)[] cases =
        [
            ("/login", null, null), ("/login", "http://localhost/me?a=1&b=2", null), ("/login?z=1&a=2", "http://localhost/me", null), ("/login?next=old", "http://localhost/me#part", null),
            ("http://localhost/login", "http://localhost/a%20b/é?x=%2F", null), ("https://localhost/login", "http://localhost/me", null), ("http://sso.example.com/in?x", "http://localhost/me", null),
            ("/login", "http://localhost/me?a=b", "good.example.com"), ("/login#top", "http://localhost/", null), ("/login?a=%C3%A9+x", "http://localhost/me", null),
        ];
        const string script = """
            import sys, json
            from flask import Flask
            from flask_login import LoginManager, login_url
            for view, next_url, force in json.loads(sys.argv[1]):
                app = Flask("app")
                app.config["FORCE_HOST_FOR_REDIRECTS"] = force
                with app.test_request_context():
                    print(login_url(view, next_url))
            """;
        var theirs = Repository.Python(script, ["flask_login"], System.Text.Json.JsonSerializer.Serialize(cases.Select(each => new[] { each.View, each.Next, each.Force }))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var (app, _) = Logins.Make();
        using (app.TestRequestContext())
        {
            Assert.Equal(theirs, cases.Select(each =>
            {
                app.Config["FORCE_HOST_FOR_REDIRECTS"] = each.Force;
                return LoginUrl(each.View, each.Next);
            }));
        }
    }

    private static App Make(string protection, string next)
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, SecretKey = Logins.Key };
        if (protection != "-")
            app.Config["SESSION_PROTECTION"] = protection == "none" ? null : protection;
        app.Config["USE_SESSION_FOR_NEXT"] = next == "session";
        var login = new LoginManager(app) { LoginView = "login", RefreshView = "/refresh" };
        login.UserLoader(id => User.All.GetValueOrDefault(id));
        app.Get("/login", () => "the login page", endpoint: "login");
        app.Post("/login/<id>", (string id, Context context) => LoginUser(User.All[id], remember: context.Request.Args.Contains("remember")) ? "in" : "refused");
        app.Post("/logout", () => { LogoutUser(); return "out"; });
        app.Post("/confirm", () => { ConfirmLogin(); return "confirmed"; });
        app.Get("/who", () => CurrentUser.GetId() ?? "nobody");
        app.Get("/me", [LoginRequired] () => $"me {CurrentUser.GetId()}");
        app.Get("/money", [FreshLoginRequired] () => "money");
        app.Get("/state", () => $"{LoginFresh()} {LoginRemembered()}");
        app.Get("/flashes", () => string.Join(';', GetFlashedMessages()));
        return app;
    }

    /// <summary>What happens at each step, with what the browser's cookies then hold.</summary>
    private static async Task<IReadOnlyList<string>> Tell(Func<int, Uri> side)
    {
        using var browser = new Browser();
        var told = new List<string>();
        for (var step = 0; step < Story.Length; step++)
        {
            var (method, path, agent) = Story[step];
            if (method == "DROP")
            {
                browser.Cookies.GetCookies(side(step))[path]?.Expired = true;
                told.Add($"{path} dropped");
                continue;
            }
            var (status, text, location) = await browser.Send(side(step), method, path, agent == "a" ? "Mozilla/5.0 (it's \"quoted\")" : agent);
            var cookies = browser.Cookies.GetCookies(side(step));
            told.Add($"{step} {method} {path}: {status} {(status < 300 ? text : "")} {location} | {SessionIn(cookies["session"]?.Value)} | {cookies["remember_token"]?.Value}");
        }
        return told;
    }

    private static string SessionIn(string? cookie)
    {
        if (string.IsNullOrEmpty(cookie))
            return "no session";
        var session = (IDictionary<string, object?>)new UrlSafeTimedSerializer(Logins.Key, "cookie-session", new TaggedJson(), SignerOptions.FlaskSession).Loads(cookie)!;
        var shown = new StringBuilder();
        foreach (var (key, value) in session.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            shown.Append(key).Append('=').Append(value is System.Collections.IEnumerable and not string ? "list" : value).Append(' ');
        return shown.ToString();
    }
}

using Retort.Configuration;
using Retort.Testing;
using Retort.Tests.Shared;
using static Retort.Globals;

namespace Retort.Tests.Sessions;

public sealed class SessionTests
{
    private readonly App _app = Apps.Make();

    public SessionTests()
    {
        _app.Get("/set/<key>/<value>", (string key, string value) => { Session[key] = value; return "set"; }, endpoint: "set");
        _app.Get("/get/<key>", (string key) => Session.Get<string>(key) ?? "none", endpoint: "get");
        _app.Get("/untouched", () => "nothing");
        _app.Get("/contains", () => Session.ContainsKey("x") ? "yes" : "no");
        _app.Get("/count", () => $"{Session.Count}");
        _app.Get("/keys", () => string.Join(',', Session.Keys));
        _app.Get("/clear", () => { Session.Clear(); return "cleared"; });
        _app.Get("/permanent", () => { Session.Permanent = true; return "kept"; });
    }

    [Fact]
    public async Task A_value_set_in_one_request_is_there_in_the_next()
    {
        var client = _app.TestClient();
        var first = await client.Get("/set/user/jo");
        Assert.Equal("Cookie", first.Headers["Vary"]);
        Assert.EndsWith("; HttpOnly; Path=/", first.Headers["Set-Cookie"], StringComparison.Ordinal);
        var second = await client.Get("/get/user");
        Assert.Equal("jo", second.Text);
        Assert.Equal("Cookie", second.Headers["Vary"]);
        Assert.False(second.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_request_that_touches_no_session_writes_nothing()
    {
        var client = _app.TestClient();
        await client.Get("/set/user/jo");
        var response = await client.Get("/untouched");
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.False(response.Headers.Contains("Vary"));
    }

    [Theory]
    [InlineData("/contains")]
    [InlineData("/count")]
    [InlineData("/keys")]
    [InlineData("/get/x")]
    public async Task Cve_2026_27205_every_look_makes_the_answer_depend_on_the_cookie(string path) =>
        Assert.Equal("Cookie", (await _app.TestClient().Get(path)).Headers["Vary"]);

    [Fact]
    public async Task Cve_2023_30861_a_refreshed_permanent_session_depends_on_the_cookie()
    {
        var app = Apps.Make();
        app.BeforeRequest((Context context) => { context.Session.Permanent = true; });
        app.Get("/", () => "x");
        var response = await app.TestClient().Get("/");
        Assert.Equal("Cookie", response.Headers["Vary"]);
        Assert.Contains("Expires=", response.Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permanent_session_is_written_again_with_each_request_that_reads_it()
    {
        var client = _app.TestClient();
        await client.Get("/permanent");
        Assert.Contains("Expires=", (await client.Get("/get/x")).Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permanent_session_is_written_again_though_nobody_looks_at_it()
    {
        _app.Get("/untouched", () => "x");
        var client = _app.TestClient();
        Assert.False((await client.Get("/untouched")).Headers.Contains("Vary"));
        await client.Get("/permanent");
        var response = await client.Get("/untouched");
        Assert.Contains("Expires=", response.Headers["Set-Cookie"], StringComparison.Ordinal);
        Assert.Equal("Cookie", response.Headers["Vary"]);
    }

    [Fact]
    public async Task An_emptied_session_deletes_the_cookie()
    {
        var client = _app.TestClient();
        await client.Get("/set/user/jo");
        var response = await client.Get("/clear");
        Assert.StartsWith("session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0", response.Headers["Set-Cookie"], StringComparison.Ordinal);
        Assert.Null(client.GetCookie("session"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("eyJ1c2VyIjoiam8ifQ.ZVPxAA.AAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("..")]
    [InlineData(".eJw.x.y")]
    public async Task A_foreign_cookie_is_an_empty_session(string cookie)
    {
        var client = _app.TestClient();
        client.SetCookie("session", cookie);
        var response = await client.Get("/get/user");
        Assert.Equal((200, "none"), (response.StatusCode, response.Text));
    }

    [Fact]
    public async Task A_cookie_changed_or_cut_anywhere_is_an_empty_session()
    {
        var client = _app.TestClient();
        await client.Get("/set/user/jo");
        var cookie = client.GetCookie("session")!.Value;
        for (var i = 0; i < cookie.Length; i++)
        {
            var changed = cookie[..i] + (cookie[i] == 'A' ? 'B' : 'A') + cookie[(i + 1)..];
            client.SetCookie("session", changed);
            Assert.Equal("none", (await client.Get("/get/user")).Text);
            client.SetCookie("session", cookie[..i]);
            Assert.Equal("none", (await client.Get("/get/user")).Text);
        }
    }

    [Fact]
    public async Task Cve_2025_47278_fallback_keys_verify_and_the_secret_key_signs()
    {
        App With(string key, params string[] fallbacks)
        {
            var app = Apps.Make(secretKey: key);
            app.Config["SECRET_KEY_FALLBACKS"] = fallbacks;
            app.Get("/set", () => { Session["a"] = (Session.Get<int>("a") + 1); return "x"; });
            app.Get("/get", () => $"{Session.Get<int>("a")}");
            return app;
        }
        var old = With("old key").TestClient();
        await old.Get("/set");
        var rotated = With("new key", "older key", "old key").TestClient();
        rotated.SetCookie("session", old.GetCookie("session")!.Value);
        Assert.Equal("1", (await rotated.Get("/get")).Text);
        await rotated.Get("/set");
        var onlyNew = With("new key").TestClient();
        onlyNew.SetCookie("session", rotated.GetCookie("session")!.Value);
        Assert.Equal("2", (await onlyNew.Get("/get")).Text);
    }

    [Fact]
    public async Task Without_a_key_the_session_is_empty_and_refuses_changes_with_the_fix()
    {
        var app = Apps.Make(secretKey: null);
        app.Get("/read", () => $"{Session.Count}");
        app.Get("/write", () => { Session["a"] = 1; return "x"; });
        Assert.Equal("0", await app.Text("/read"));
        var error = await Assert.ThrowsAsync<ConfigError>(() => app.TestClient().Get("/write"));
        Assert.Equal(
            "the session is unavailable because no secret key was set. Set app.SecretKey (or SECRET_KEY in the configuration) to something unique and secret.",
            error.Message);
    }

    [Fact]
    public async Task The_configuration_says_how_the_cookie_is_written()
    {
        var app = Apps.Make();
        app.Config.FromMapping(new Dictionary<string, object?>
        {
            ["SESSION_COOKIE_NAME"] = "sid",
            ["SESSION_COOKIE_PATH"] = "/app",
            ["SESSION_COOKIE_SECURE"] = true,
            ["SESSION_COOKIE_SAMESITE"] = "Lax",
            ["SESSION_COOKIE_HTTPONLY"] = false,
            ["SESSION_COOKIE_DOMAIN"] = "example.org",
        });
        app.Get("/", () => { Session["a"] = 1; return "x"; });
        var cookie = (await app.TestClient().Get("/")).Headers["Set-Cookie"];
        Assert.StartsWith("sid=", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; Domain=example.org; Secure; Path=/app; SameSite=Lax", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_can_be_set_before_a_request()
    {
        var client = _app.TestClient();
        client.SessionTransaction(session => session["user"] = "ann");
        Assert.Equal("ann", (await client.Get("/get/user")).Text);
    }

    [Fact]
    public async Task Flashes_are_shown_once_and_filtered_by_category()
    {
        var app = Apps.Make();
        app.Get("/flash", () => { Flash("one"); Flash("two <i>", "error"); return "x"; });
        app.Get("/show", () => $"{string.Join('|', GetFlashedMessages())} {string.Join('|', GetFlashedMessages("error"))}");
        var client = app.TestClient();
        await client.Get("/flash");
        Assert.Equal("one|two <i> two <i>", (await client.Get("/show")).Text);
        Assert.Equal(" ", (await client.Get("/show")).Text);
    }

    [Fact]
    public async Task A_session_written_by_flask_is_read_and_the_other_way_round()
    {
        const string write = """
            import sys
            from flask import Flask, session
            app = Flask("x"); app.secret_key = sys.argv[1]
            @app.get("/w")
            def w():
                session["user"] = "jö"; session["n"] = 5; session["flag"] = True; session["t"] = (1, "a"); return "x"
            @app.get("/r")
            def r(): return "%s %s" % (session.get("user"), session.get("n"))
            c = app.test_client(use_cookies=False)
            if len(sys.argv) == 2:
                print(c.get("/w").headers["Set-Cookie"].split(";")[0].split("=", 1)[1])
            else:
                print(c.get("/r", headers={"Cookie": "session=" + sys.argv[2]}).text)
            """;
        const string key = "shared with flask";
        var app = Apps.Make(secretKey: key);
        app.Get("/w", () => { Session["user"] = "ä"; Session["n"] = 7; return "x"; });
        app.Get("/r", () => $"{Session.Get<string>("user")} {Session.Get<int>("n")} {Session.Get<bool>("flag")}");
        var client = app.TestClient();
        client.SetCookie("session", Repository.Python(write, ["flask"], key).Trim());
        Assert.Equal("jö 5 True", (await client.Get("/r")).Text);
        var fresh = app.TestClient();
        await fresh.Get("/w");
        Assert.Equal("ä 7", Repository.Python(write, ["flask"], key, fresh.GetCookie("session")!.Value).Trim());
    }
}

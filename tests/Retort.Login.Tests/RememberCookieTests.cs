using Retort.Http;
using Retort.Signing;
using Retort.Testing;
using static Retort.Login.LoginGlobals;

namespace Retort.Login.Tests;

public sealed class RememberCookieTests
{
    [Fact]
    public async Task A_remembered_user_comes_back_without_their_session_but_not_fresh()
    {
        var client = Logins.Make().App.TestClient();
        await client.Post("/login/1?remember=1");
        Assert.Equal(RememberToken.Encode("1", Logins.Key), client.GetCookie("remember_token")!.Value);
        client.DeleteCookie("session");
        Assert.Equal("me 1", await client.Text("/me"));
        Assert.Equal(401, (await client.Get("/money")).StatusCode);
        Assert.Equal("{\"fresh\":false,\"remembered\":true}\n", await client.Text("/state"));
        await client.Post("/confirm");
        Assert.Equal("money", await client.Text("/money"));
    }

    [Fact]
    public async Task Nobody_is_remembered_unasked()
    {
        var client = Logins.Make().App.TestClient();
        await client.Post("/login/1");
        Assert.Null(client.GetCookie("remember_token"));
        client.DeleteCookie("session");
        Assert.Equal("nobody", await client.Text("/who"));
    }

    [Fact]
    public async Task Logging_out_forgets()
    {
        var client = Logins.Make().App.TestClient();
        await client.Post("/login/1?remember=1");
        var response = await client.Post("/logout");
        Assert.Contains("remember_token=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/", response.Headers.GetAll("Set-Cookie"));
        Assert.Null(client.GetCookie("remember_token"));
        Assert.Equal("nobody", await client.Text("/who"));
    }

    [Fact]
    public async Task The_cookie_is_kept_a_year_from_scripts_other_sites_and_plain_connections()
    {
        var client = Logins.Make().App.TestClient();
        var cookie = Remembered(await client.Post("/login/1?remember=1"));
        Assert.StartsWith("remember_token=1|", cookie, StringComparison.Ordinal);
        Assert.EndsWith("; HttpOnly; Path=/; SameSite=Lax", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("Secure", cookie, StringComparison.Ordinal);
        Assert.InRange(Lasts(cookie).TotalDays, 364.9, 365.1);
        var secure = Logins.Make().App.TestClient();
        secure.BaseUrl = new Uri("https://localhost");
        Assert.Contains("; Secure; HttpOnly", Remembered(await secure.Post("/login/1?remember=1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_of_it_is_set_by_the_keys_of_Flask_Login()
    {
        var (app, _) = Logins.Make();
        app.Config["REMEMBER_COOKIE_NAME"] = "keep";
        app.Config["REMEMBER_COOKIE_DURATION"] = 60;
        app.Config["REMEMBER_COOKIE_DOMAIN"] = "example.com";
        app.Config["REMEMBER_COOKIE_PATH"] = "/app";
        app.Config["REMEMBER_COOKIE_SECURE"] = true;
        app.Config["REMEMBER_COOKIE_HTTPONLY"] = false;
        app.Config["REMEMBER_COOKIE_SAMESITE"] = null;
        var cookie = Remembered(await app.TestClient().Post("/login/1?remember=1"), "keep");
        Assert.Matches("^keep=1\\|[0-9a-f]{128}; Domain=example.com; Expires=[^;]+; Secure; Path=/app$", cookie);
        Assert.InRange(Lasts(cookie).TotalSeconds, 50, 61);
        var client = app.TestClient();
        client.SetCookie("keep", RememberToken.Encode("1", Logins.Key));
        Assert.Contains("keep=; Domain=example.com; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/app", (await client.Post("/logout")).Headers.GetAll("Set-Cookie"));
    }

    [Fact]
    public async Task A_login_may_say_how_long()
    {
        var (app, _) = Logins.Make();
        app.Post("/hour", () => LoginUser(User.All["1"], remember: true, duration: TimeSpan.FromHours(1)) ? "in" : "refused");
        app.Post("/forever", () => LoginUser(User.All["1"], remember: true, duration: TimeSpan.MaxValue) ? "in" : "refused");
        var client = app.TestClient();
        var cookie = Remembered(await client.Post("/hour"));
        Assert.InRange(Lasts(cookie).TotalMinutes, 59, 60.1);
        Assert.Equal(3600.0, client.Session()["_remember_seconds"]);
        Assert.DoesNotContain("_remember", client.Session().Keys);
        Assert.Contains("Expires=Fri, 31 Dec 9999", Remembered(await client.Post("/forever")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_refreshed_with_each_answer_where_that_is_set()
    {
        var (app, _) = Logins.Make();
        app.Config["REMEMBER_COOKIE_REFRESH_EACH_REQUEST"] = true;
        var client = app.TestClient();
        Assert.DoesNotContain((await client.Get("/who")).Headers.GetAll("Set-Cookie"), cookie => cookie.StartsWith("remember_token", StringComparison.Ordinal));
        await client.Post("/login/1");
        Remembered(await client.Get("/who"));
    }

    public static TheoryData<string> Forged => new(
        "1", "1|", "|", "", "1|0", "2|" + RememberToken.Encode("1", Logins.Key).Split('|')[1], RememberToken.Encode("1", "another key"),
        RememberToken.Encode("1", Logins.Key).ToUpperInvariant(), RememberToken.Encode("1", Logins.Key) + "0", "1|" + new string('0', 128), "1|" + new string('é', 128),
        new string('x', 3000), "\ud83d\ude00|\u0000", "1|b004c6ce2101ea6a03239661c7258dafed7a368188b18664b48b9cb968c180b5");

    [Theory]
    [MemberData(nameof(Forged))]
    public async Task A_forged_cookie_is_nobody_s(string cookie)
    {
        var (app, _) = Logins.Make();
        var client = app.TestClient();
        client.SetCookie("remember_token", new SetCookie("x", cookie).ToString().Split(';')[0][2..]);
        Assert.Equal("nobody", await client.Text("/who"));
        Assert.Equal(302, (await client.Get("/me")).StatusCode);
        Assert.DoesNotContain("_user_id", client.Session().Keys);
    }

    [Fact]
    public async Task A_cookie_whose_name_is_taken_by_something_else_keeps_nobody_out()
    {
        var (app, _) = Logins.Make();
        app.SecretKey = "a key beyond Latin-1: \u20ac";
        var client = app.TestClient();
        client.SetCookie("remember_token", "1|00");
        Assert.Equal("nobody", await client.Text("/who"));
    }

    private static string Remembered(TestResponse response, string name = "remember_token") =>
        Assert.Single(response.Headers.GetAll("Set-Cookie"), cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal));

    private static TimeSpan Lasts(string cookie) =>
        HttpDate.Parse(cookie.Split("; ").Single(part => part.StartsWith("Expires=", StringComparison.Ordinal))["Expires=".Length..])!.Value - DateTimeOffset.UtcNow;
}

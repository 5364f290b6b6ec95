using Retort.Signing;
using Retort.Testing;
using static Retort.Globals;
using static Retort.Login.LoginGlobals;

namespace Retort.Login.Tests;

/// <summary>Published weaknesses of login extensions, each by its name.</summary>
public sealed class SecurityTests
{
    public static TheoryData<string> Disguises => new(
        "//evil.com", "/\\evil.com", "\\\\evil.com", "///evil.com", "/////evil.com", "\\\\\\evil.com", "/\\\\evil.com", "\\\\\\\\\\\\evil.com", "https:evil.com", "http:///evil.com", "https:/\\evil.com",
        "/\tevil.com", "/\t/evil.com", "\t//evil.com", " //evil.com", "//evil.com ", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "%2f%2fevil.com", "%5c%5cevil.com", "https://ok@evil.com", "https://localhost@evil.com",
        "http://localhost:x@evil.com", "http://localhost.evil.com", "http://evil.com", "https://evil.com/localhost", "http://evil.com#localhost", "http://evil.com?localhost", "http://localhost\\@evil.com", "ftp://localhost/",
        "/\r\nLocation: http://evil.com", "/\n/evil.com", "\r\n//evil.com", "//\u2025evil.com", "/\u0000/evil.com", "\u00a0//evil.com", "http:evil.com", "//localhost", "evil.com", "http://evillocalhost/", "http://localhost:81/", ".//evil.com", "/\u0085/evil.com", "");

    [Theory]
    [MemberData(nameof(Disguises))]
    public async Task Cve_2021_32618_and_2023_49438_and_kin_next_never_leaves_the_site(string next)
    {
        var (app, _) = Logins.Make();
        app.Route("/enter", () => { LoginUser(User.All["1"]); return Redirect(NextUrl("/home")); }, methods: ["GET", "POST"]);
        Assert.Equal("/home", (await app.TestClient().Get("/enter", query: new { next })).Location);
        Assert.Equal("/home", (await app.TestClient().Post("/enter", form: new { next })).Location);
    }

    [Theory]
    [InlineData("/me?a=1&b=2", "/me?a=1&b=2")]
    [InlineData("/", "/")]
    [InlineData("/a?back=http://evil.com\\x", "/a?back=http://evil.com%5Cx")]
    [InlineData("http://localhost/me", "http://localhost/me")]
    public async Task A_next_on_the_site_is_followed(string next, string location)
    {
        var (app, _) = Logins.Make();
        app.Get("/enter", () => Redirect(NextUrl("/home")));
        Assert.Equal(location, (await app.TestClient().Get("/enter", query: new { next })).Location);
    }

    [Fact]
    public async Task A_next_in_the_session_is_checked_too()
    {
        var (app, _) = Logins.Make();
        app.Config["USE_SESSION_FOR_NEXT"] = true;
        app.Get("/enter", () => Redirect(NextUrl("/home")));
        var client = app.TestClient();
        client.SessionTransaction(session => session["next"] = "//evil.com");
        Assert.Equal("/home", (await client.Get("/enter?next=/query")).Location);
    }

    [Fact]
    public void A_path_of_two_slashes_is_not_what_the_login_page_is_told_to_come_back_to()
    {
        Assert.Equal("/evil.com/x?a", LoginUrls.Next("/login", "http://localhost//evil.com/x?a"));
        Assert.Equal("/evil.com", LoginUrls.Next("http://localhost/login", "http://localhost////evil.com"));
        Assert.Equal("/%5Cevil.com%C2%A0", LoginUrls.Next("/login", "http://localhost/\\evil.com\u00a0"));
    }

    [Fact]
    public async Task Row_71_session_fixation_a_cookie_from_before_the_login_is_nobody_s_after_it()
    {
        var (app, _) = Logins.Make();
        var planted = app.TestClient();
        planted.SessionTransaction(session => session["cart"] = "1");
        var before = planted.GetCookie("session")!.Value;
        var victim = app.TestClient();
        victim.SetCookie("session", before);
        await victim.Post("/login/1");
        Assert.NotEqual(before, victim.GetCookie("session")!.Value);
        Assert.Equal("1", await victim.Text("/who"));
        Assert.Equal("nobody", await planted.Text("/who"));
        // An identifier that was planted is replaced by that of the browser that logs in.
        planted.SessionTransaction(session => session["_id"] = "planted");
        victim.SetCookie("session", planted.GetCookie("session")!.Value);
        await victim.Post("/login/1");
        Assert.NotEqual("planted", victim.Session()["_id"]);
        Assert.Equal("money", await victim.Text("/money"));
    }

    [Fact]
    public async Task Row_70_the_identifier_does_not_believe_X_Forwarded_For_unless_told_to()
    {
        var (app, login) = Logins.Make();
        login.SessionProtection = SessionProtection.Strong;
        var client = app.TestClient();
        await client.Post("/login/1");
        Assert.Equal("money", await client.Text("/money", new { X_Forwarded_For = "203.0.113.9" }));
        app.Config["SESSION_PROTECTION_TRUSTS_FORWARDED_FOR"] = true;
        Assert.Equal("nobody", await client.Text("/who", new { X_Forwarded_For = "203.0.113.9" }));
        Assert.Equal("in", (await client.Post("/login/1", headers: new { X_Forwarded_For = "203.0.113.9, 10.0.0.1" })).Text);
        Assert.Equal(SessionIdentifier.Create("127.0.0.1", "203.0.113.9", null), client.Session()["_id"]);
    }

    [Fact]
    public void Row_60_cve_2021_29621_and_2022_21659_an_unknown_user_costs_a_hash_as_a_wrong_password_does()
    {
        var hash = PasswordHash.Generate("right");
        Assert.True(PasswordCheck.Verify(hash, "right"));
        Assert.False(PasswordCheck.Verify(hash, "wrong"));
        Assert.False(PasswordCheck.Verify(null, "right"));
        // What is checked, and how often, is the same for both: a hash of the same method and cost, once.
        Assert.Equal(Checked(hash), Checked(null));
        Assert.Equal(Checked(null, "pbkdf2:sha256:1000"), Checked(PasswordHash.Generate("right", "pbkdf2:sha256:1000"), "pbkdf2:sha256:1000"));
        Assert.Equal(1, Checked(null).Count);

        static (int Count, string Costs, bool Passed) Checked(string? hash, string method = "scrypt")
        {
            var (count, costs) = (0, "");
            var passed = PasswordCheck.Verify(hash, "wrong", method, (found, password) =>
            {
                (count, costs) = (count + 1, found[..found.IndexOf('$', StringComparison.Ordinal)]);
                return PasswordHash.Check(found, password);
            });
            return (count, costs, passed);
        }
    }

    [Fact]
    public void The_dummy_that_is_checked_lets_nobody_in_even_with_its_own_password() =>
        Assert.False(PasswordCheck.Verify(null, "wrong", "scrypt", (_, _) => true));

    [Fact]
    public void A_dummy_hash_is_made_the_way_the_app_makes_its_own()
    {
        Assert.False(PasswordCheck.Verify(null, "", "pbkdf2:sha256:1000"));
        Assert.True(PasswordCheck.Verify(PasswordHash.Generate("x", "pbkdf2:sha256:1000"), "x", "pbkdf2:sha256:1000"));
    }

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData("a", "ab", false)]
    [InlineData("", "", true)]
    [InlineData(null, null, false)]
    [InlineData("", null, false)]
    public void Secrets_are_the_same_only_as_the_same_text(string? one, string? other, bool same) => Assert.Equal(same, SecureCompare.AreEqual(one, other));
}

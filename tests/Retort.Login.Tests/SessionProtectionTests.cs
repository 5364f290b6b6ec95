using Retort.Configuration;
using Retort.Testing;

namespace Retort.Login.Tests;

public sealed class SessionProtectionTests
{
    [Fact]
    public async Task Basic_a_session_from_another_browser_is_no_longer_fresh()
    {
        var client = Logins.Make().App.TestClient();
        await client.Post("/login/1");
        Assert.Equal("money", await client.Text("/money"));
        Assert.Equal("me 1", await client.Text("/me", new { User_Agent = "another" }));
        Assert.Equal(401, (await client.Get("/money")).StatusCode);
    }

    [Fact]
    public async Task Basic_a_session_from_another_address_is_no_longer_fresh()
    {
        var client = Logins.Make().App.TestClient();
        await client.Post("/login/1");
        client.RemoteAddress = System.Net.IPAddress.Parse("203.0.113.9");
        Assert.Equal("me 1", await client.Text("/me"));
        Assert.Equal(401, (await client.Get("/money")).StatusCode);
    }

    [Fact]
    public async Task Strong_it_is_ended_and_no_longer_remembered()
    {
        var (app, login) = Logins.Make();
        login.SessionProtection = SessionProtection.Strong;
        app.Post("/own", (Retort.Sessions.Session session) => { session["own"] = "kept"; return "set"; });
        var client = app.TestClient();
        await client.Post("/own");
        await client.Post("/login/1?remember=1");
        Assert.Equal("nobody", await client.Text("/who", new { User_Agent = "another" }));
        Assert.Equal(["own"], client.Session().Keys);
        Assert.Null(client.GetCookie("remember_token"));
        Assert.Equal("nobody", await client.Text("/who"));
    }

    [Fact]
    public async Task Strong_a_permanent_session_is_only_no_longer_fresh()
    {
        var (app, login) = Logins.Make();
        login.SessionProtection = SessionProtection.Strong;
        var client = app.TestClient();
        client.SessionTransaction(session => session.Permanent = true);
        await client.Post("/login/1");
        Assert.Equal("1", await client.Text("/who", new { User_Agent = "another" }));
        Assert.Equal(401, (await client.Get("/money")).StatusCode);
    }

    [Fact]
    public async Task None_it_stays()
    {
        var (app, login) = Logins.Make();
        login.SessionProtection = SessionProtection.None;
        var client = app.TestClient();
        await client.Post("/login/1");
        Assert.Equal("money", await client.Text("/money", new { User_Agent = "another" }));
    }

    [Theory]
    [InlineData("strong", "nobody")]
    [InlineData("basic", "1")]
    [InlineData(null, "1")]
    public async Task The_setting_wins(string? setting, string expected)
    {
        var (app, login) = Logins.Make();
        login.SessionProtection = setting == "basic" ? SessionProtection.Strong : SessionProtection.Basic;
        app.Config["SESSION_PROTECTION"] = setting;
        var client = app.TestClient();
        await client.Post("/login/1");
        Assert.Equal(expected, await client.Text("/who", new { User_Agent = "another" }));
    }

    [Fact]
    public async Task A_misspelt_setting_does_not_switch_it_off()
    {
        var (app, _) = Logins.Make();
        app.Config["SESSION_PROTECTION"] = "strnog";
        var error = await Assert.ThrowsAsync<ConfigError>(() => app.TestClient().Get("/who"));
        Assert.Equal("config['SESSION_PROTECTION'] cannot be used: it is 'strnog'. Set it to \"basic\", \"strong\" or null.", error.Message);
    }
}

namespace Flaskr.Tests;

public sealed class AuthTests
{
    [Fact]
    public async Task Who_has_registered_can_log_in_and_out()
    {
        using var site = new Site();

        var registered = await site.Client.Post("/auth/register", form: new { username = "ann", password = "secret" });
        registered.AssertRedirect("/auth/login");

        var loggedIn = await site.Client.Post("/auth/login", form: new { username = "ann", password = "secret" });
        loggedIn.AssertRedirect("/");
        Assert.Equal(2L, loggedIn.Context!.Session["user_id"]);
        Assert.Contains("<span>ann</span>", (await site.Client.Get("/")).Text);

        var loggedOut = await site.Client.Get("/auth/logout");
        Assert.Empty(loggedOut.Context!.Session);
    }

    [Theory]
    [InlineData("", "", "Username is required.")]
    [InlineData("ann", "", "Password is required.")]
    [InlineData("other", "secret", "User other is already registered.")]
    public async Task A_registration_that_cannot_be_says_why(string username, string password, string message)
    {
        using var site = new Site();
        var response = await site.Client.Post("/auth/register", form: new { username, password });
        Assert.Contains(message, response.Text);
    }

    [Theory]
    [InlineData("nobody", "secret", "Incorrect username.")]
    [InlineData("ann", "wrong", "Incorrect password.")]
    public async Task A_wrong_login_says_why(string username, string password, string message)
    {
        using var site = new Site();
        await site.Client.Post("/auth/register", form: new { username = "ann", password = "secret" });
        var response = await site.Client.Post("/auth/login", form: new { username, password });
        Assert.Contains(message, response.Text);
        Assert.False(response.Context!.Session.ContainsKey("user_id"));
    }
}

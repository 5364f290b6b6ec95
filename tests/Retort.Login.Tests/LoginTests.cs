using Retort.Testing;

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
}

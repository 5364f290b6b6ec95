using Retort.Testing;

namespace __Name__.Tests;

public sealed class PageTests
{
    private readonly TestClient _client = Application.Create().TestClient();

    [Fact]
    public async Task The_front_page_asks_for_a_name()
    {
        var response = await _client.Get("/");
        Assert.Equal(200, response.StatusCode);
        Assert.Contains("Your name", response.Text);
    }

    [Fact]
    public async Task Who_gives_a_name_is_greeted()
    {
        var response = await _client.Post("/greet", form: new { name = "Ada" }, followRedirects: true);
        Assert.Contains("Hello, Ada!", response.Text);
    }
}

using Retort.Testing;

namespace __Name__.Tests;

public sealed class PageTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly TestClient _client = app.NewClient();

    [Fact]
    public async Task The_front_page_asks_for_a_name()
    {
        var response = await _client.Get("/");
        Assert.Contains("Your name", response.AssertStatus(200).Text);
    }

    [Fact]
    public async Task Who_gives_a_name_is_greeted()
    {
        var response = await _client.Post("/greet", form: new { name = "Ada" }, followRedirects: true);
        Assert.Contains("Hello, Ada!", response.Text);
    }
}

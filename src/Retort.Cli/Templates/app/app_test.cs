// dotnet run app_test.cs
#:package Retort.Testing@__version__
#:package xunit.v3@3.2.2
#:property PublishAot=false
using Retort;
using Retort.Testing;
using Xunit;

public sealed class Site : AppFixture
{
    protected override App CreateApp() => ProgramApp.OfFile("app.cs");
}

public sealed class PageTests(Site site) : IClassFixture<Site>
{
    private readonly TestClient _client = site.NewClient();

    [Fact]
    public async Task The_front_page_greets()
    {
        var response = await _client.Get("/");
        Assert.Contains("Hello from __name__", response.AssertStatus(200).Text);
    }

    [Fact]
    public async Task An_address_without_a_page_is_not_found() => (await _client.Get("/nowhere")).AssertStatus(404);
}

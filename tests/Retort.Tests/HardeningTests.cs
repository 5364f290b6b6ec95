using Microsoft.Extensions.DependencyInjection;
using Retort.Hosting;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

/// <summary>Section 6 of the field's record: what an app does that sets nothing. SECURITY.md lists it.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class HardeningTests
{
    [Fact]
    public async Task A_session_cookie_is_flasks()
    {
        var app = Apps.Make();
        app.Get("/", () => { Session["k"] = "v"; return "x"; });
        var cookie = (await app.TestClient().Get("/")).Headers.GetAll("Set-Cookie").Single();
        Assert.Matches("^session=[^;]+; HttpOnly; Path=/$", cookie);
    }

    [Fact]
    public async Task An_answer_has_no_header_that_nobody_asked_for()
    {
        var app = Apps.Make();
        app.Get("/", () => "x");
        var (server, port) = KestrelHost.Start(app.Handle, new HostOptions("test") { Port = 0, Services = new ServiceCollection() });
        await using var ended = server;
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/") { Headers = { { "Origin", "http://evil.test" } } };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(["Content-Length", "Content-Type", "Date"], response.Headers.Concat(response.Content.Headers).Select(header => header.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    public async Task An_error_shows_nothing_of_itself(string accept)
    {
        var app = Apps.Make(testing: false);
        app.Get("/", string () => throw new InvalidOperationException("secret detail"));
        var response = await app.TestClient().Get("/", headers: new { Accept = accept });
        Assert.Equal(500, response.StatusCode);
        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Bodies_are_limited()
    {
        var config = Apps.Make().Config;
        Assert.Equal((30_000_000L, 500_000L, 1_000), (config.Get<long>("MAX_CONTENT_LENGTH"), config.Get<long>("MAX_FORM_MEMORY_SIZE"), config.Get<int>("MAX_FORM_PARTS")));
    }

    [Theory]
    [InlineData("192.0.2.1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("localhost", false)]
    [InlineData("::1", false)]
    public void Only_an_address_that_others_can_reach_makes_a_weak_key_a_danger(string host, bool reachable) =>
        Assert.Equal(reachable, !new HostOptions("test") { Host = host, Services = null! }.IsLoopback);
}

namespace Retort.Testing.Tests;

public sealed class ResponseAssertionTests
{
    private readonly TestClient _client;

    public ResponseAssertionTests()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, TemplateFolder = null, Testing = true };
        app.Post("/note", () => (new { errors = new { text = "is missing" } }, 422));
        app.Get("/old", () => Globals.Redirect("/note"));
        app.Get("/note", () => new { id = 1, tags = new[] { "a", "b" }, author = new { name = "ann", age = 7.0 } });
        app.Get("/long", () => new string('x', 5_000));
        app.Get("/empty", () => ("", 204));
        _client = app.TestClient();
    }

    [Fact]
    public async Task What_is_as_expected_is_given_back()
    {
        var response = await _client.Get("/note");
        Assert.Same(response, response.AssertStatus(200).AssertJson(new { author = new { age = 7, name = "ann" }, tags = new[] { "a", "b" }, id = 1 }));
        var redirect = await _client.Get("/old");
        Assert.Same(redirect, redirect.AssertRedirect("/note"));
    }

    [Fact]
    public async Task Another_status_shows_what_was_answered()
    {
        var response = await _client.Post("/note");
        Assert.Equal("""
            POST /note answered 422 Unprocessable Entity, not 201 Created
            Content-Type: application/json
            {"errors":{"text":"is missing"}}

            """, Failure(() => response.AssertStatus(201)), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Redirects_show_where_they_lead_and_the_way_there()
    {
        var redirect = await _client.Get("/old");
        Assert.StartsWith("GET /old answered 302 Found, not 200 OK\nLocation: /note\n", Failure(() => redirect.AssertStatus(200)), StringComparison.Ordinal);
        Assert.StartsWith("GET /old answered 302 Found, not a redirect to /login\nLocation: /note\n", Failure(() => redirect.AssertRedirect("/login")), StringComparison.Ordinal);
        var followed = await _client.Get("/old", followRedirects: true);
        Assert.StartsWith("GET /note answered 200 OK, not 404 Not Found (after 302 of GET /old)\n", Failure(() => followed.AssertStatus(404)), StringComparison.Ordinal);
        Assert.StartsWith("GET /note answered 200 OK, not a redirect to /note", Failure(() => followed.AssertRedirect("/note")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_long_body_the_beginning_is_shown()
    {
        var response = await _client.Get("/long");
        var failure = Failure(() => response.AssertStatus(404));
        Assert.EndsWith("xxx\n... and 3000 more characters", failure, StringComparison.Ordinal);
        Assert.Equal(2_000, failure.Split('\n')[2].Length);
        var empty = await _client.Get("/empty");
        Assert.EndsWith("\n(no body)", Failure(() => empty.AssertStatus(200)), StringComparison.Ordinal);
    }

    public static TheoryData<object?, string> Differences => new()
    {
        { new { id = 2, tags = new[] { "a", "b" }, author = new { name = "ann", age = 7 } }, "with another value at $.id: expected 2, found 1" },
        { new { id = 1, tags = new[] { "a", "c" }, author = new { name = "ann", age = 7 } }, "with another value at $.tags[1]: expected \"c\", found \"b\"" },
        { new { id = 1, tags = new[] { "a", "b", "c" }, author = new { name = "ann", age = 7 } }, "with 2 elements at $.tags: expected 3" },
        { new { id = 1, tags = new[] { "a", "b" }, author = new { name = "ann", age = 7, mail = "x" } }, "without $.author.mail: expected \"x\"" },
        { new { id = 1, tags = new[] { "a", "b" }, author = new { name = "ann" } }, "with $.author.age, which is not expected: 7.0" },
        { new[] { 1 }, "with another value at $: expected [1], found {\"id\":1" },
        { null, "with another value at $: expected null, found {\"id\":1" },
    };

    [Theory]
    [MemberData(nameof(Differences), DisableDiscoveryEnumeration = true)]
    public async Task Other_json_shows_where_it_differs(object? expected, string difference)
    {
        var response = await _client.Get("/note");
        Assert.StartsWith($"GET /note answered 200 OK, {difference}", Failure(() => response.AssertJson(expected)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_json_is_told()
    {
        var response = await _client.Get("/long");
        Assert.StartsWith("GET /long answered 200 OK, not with JSON\nContent-Type: text/html; charset=utf-8\nxxx", Failure(() => response.AssertJson(new { })), StringComparison.Ordinal);
    }

    private static string Failure(Func<object> assertion) => Assert.Throws<ResponseAssertionException>(assertion).Message;
}

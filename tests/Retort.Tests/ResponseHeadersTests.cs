using Retort.Http;
using Retort.Jinja;
using Retort.Testing;

namespace Retort.Tests;

public sealed class ResponseHeadersTests
{
    private readonly App _app = Apps.Make();

    [Fact]
    public void What_is_set_on_a_header_value_is_written_back()
    {
        var response = new Response("x");
        var caching = response.CacheControl;
        caching.MaxAge = 60;
        caching.Public = true;
        response.Vary.Add("Accept");
        response.Vary.Add("Cookie");
        response.ContentLanguage.Add("en");
        response.SetETag("abc", weak: true);
        response.LastModified = new DateTimeOffset(2024, 2, 29, 13, 30, 45, TimeSpan.FromHours(1));
        response.RetryAfter = TimeSpan.FromMinutes(2);
        response.WwwAuthenticate = new WwwAuthenticate("basic", new() { ["realm"] = "x y" });
        Assert.Equal(
            ["max-age=60, public", "Accept, Cookie", "en", "W/\"abc\"", "Thu, 29 Feb 2024 12:30:45 GMT", "120", "Basic realm=\"x y\""],
            new[] { "Cache-Control", "Vary", "Content-Language", "ETag", "Last-Modified", "Retry-After", "WWW-Authenticate" }.Select(name => response.Headers[name]));
    }

    [Fact]
    public void An_emptied_header_value_takes_the_header_away()
    {
        var response = new Response("x");
        response.Vary.Add("Accept");
        response.Vary.Clear();
        response.CacheControl.NoStore = true;
        response.CacheControl.NoStore = false;
        Assert.Equal(["Content-Type"], response.Headers.Select(header => header.Key));
    }

    [Fact]
    public async Task A_conditional_response_is_304_for_the_tag_it_has_and_412_for_another()
    {
        _app.Get("/", Tagged);
        static Response Tagged()
        {
            var response = new Response("content");
            response.AddETag();
            return response.MakeConditional(Globals.Request);
        }
        var client = _app.TestClient();
        var tag = (await client.Get("/")).Headers["ETag"];
        Assert.Equal("\"040f06fd774092478d450774f5ba30c5da78acc8\"", tag);
        var unchanged = await client.Get("/", headers: new Dictionary<string, string> { ["If-None-Match"] = tag });
        Assert.Equal((304, null, ""), (unchanged.StatusCode, unchanged.ContentType, unchanged.Text));
        Assert.Equal(412, (await client.Get("/", headers: new Dictionary<string, string> { ["If-Match"] = "\"other\"" })).StatusCode);
    }

    [Fact]
    public async Task A_conditional_response_keeps_its_own_status_and_gives_parts_where_they_are_accepted()
    {
        _app.Get("/made", () => new Response("content", 201).MakeConditional(Globals.Request));
        _app.Get("/parts", () => new Response("content").MakeConditional(Globals.Request, acceptRanges: true));
        var client = _app.TestClient();
        Assert.Equal(201, (await client.Get("/made")).StatusCode);
        var part = await client.Get("/parts", headers: new { Range = "bytes=1-3" });
        Assert.Equal((206, "ont", "bytes 1-3/7", "3"), (part.StatusCode, part.Text, part.Headers["Content-Range"], part.Headers["Content-Length"]));
    }

    [Fact]
    public async Task A_304_says_nothing_of_a_body()
    {
        _app.Get("/", () => ("ignored", 304));
        var response = await _app.TestClient().Get("/");
        Assert.Equal((304, null, ""), (response.StatusCode, response.ContentType, response.Text));
    }

    [Fact]
    public async Task Markup_is_a_page()
    {
        _app.Get("/", () => new Markup("<b>x</b>"));
        _app.Get("/status", () => (new Markup("<b>y</b>"), 201));
        var client = _app.TestClient();
        Assert.Equal(("text/html; charset=utf-8", "<b>x</b>"), ((await client.Get("/")).ContentType, (await client.Get("/")).Text));
        Assert.Equal((201, "<b>y</b>"), ((await client.Get("/status")).StatusCode, (await client.Get("/status")).Text));
    }
}

using System.Text;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests.Http;

/// <summary>JSON bodies that mean harm, and what is answered beside them.</summary>
public sealed class BodySecurityTests
{
    private readonly App _app = Apps.Make();

    [Theory]
    [InlineData("utf-32")]
    [InlineData("utf-16")]
    [InlineData("utf-7")]
    [InlineData("no such thing")]
    public async Task Cve_2018_1000656_a_claimed_charset_does_not_decide_how_json_is_read(string charset)
    {
        _app.Post("/", () => $"{Request.GetJson(silent: true) ?? "none"}");
        var client = _app.TestClient();
        var utf8 = await client.Post("/", data: "\"ü\""u8.ToArray(), headers: new { Content_Type = $"application/json; charset={charset}" });
        Assert.Equal("ü", utf8.Text);
        var nonsense = await client.Post("/", data: [0, 0, 1, 0, 255, 255], headers: new { Content_Type = $"application/json; charset={charset}" });
        Assert.Equal("none", nonsense.Text);
    }

    [Fact]
    public async Task Cve_2018_1000656_a_megabyte_in_another_encoding_takes_memory_in_proportion()
    {
        _app.Post("/", () => $"{((string)Request.Json!).Length}");
        var body = Encoding.UTF32.GetBytes("\"" + new string('x', 250_000) + "\"");
        var client = _app.TestClient();
        await client.Post("/", data: body, headers: new { Content_Type = "application/json" });
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Equal("250000", (await client.Post("/", data: body, headers: new { Content_Type = "application/json; charset=utf-32" })).Text);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 12 * body.Length);
    }

    [Fact]
    public async Task Cve_2020_7965_json_under_another_type_is_not_read()
    {
        _app.Post("/", () => $"{Request.Json}");
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x" })
            Assert.Equal(415, (await _app.TestClient().Post("/", data: "{}"u8.ToArray(), headers: new { Content_Type = type })).StatusCode);
    }

    [Fact]
    public async Task Cve_2019_9710_requests_side_by_side_see_their_own_bodies()
    {
        _app.Post("/", async () =>
        {
            var before = $"{Request.Json}";
            await Task.Yield();
            return $"{before} {Request.Json}";
        });
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => _app.TestClient().Post("/", json: i)));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i} {i}"), answers.Select(answer => answer.Text));
    }

    [Fact]
    public async Task Cve_2024_30105_json_that_is_nested_too_deep_is_a_400()
    {
        _app.Post("/", () => $"{Request.Json}");
        var body = Encoding.ASCII.GetBytes(new string('[', 100_000));
        Assert.Equal(400, (await _app.TestClient().Post("/", data: body, headers: new { Content_Type = "application/json" })).StatusCode);
    }
}

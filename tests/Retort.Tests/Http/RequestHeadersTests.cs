using Retort.Http;
using Retort.Testing;

namespace Retort.Tests.Http;

public sealed class RequestHeadersTests
{
    private readonly App _app = Apps.Make();

    [Fact]
    public async Task Headers_are_read_as_values()
    {
        var seen = new List<object?>();
        _app.Get("/", (Request request) =>
        {
            seen.AddRange([request.AcceptMimeTypes.Best, request.AcceptLanguages.Best, request.MimeTypeParams["charset"], request.IfNoneMatch.ToString(), request.Range!.Ranges[0]]);
            return "";
        });
        await _app.TestClient().Get("/", headers: new Dictionary<string, string>
        {
            ["Accept"] = "text/html;q=0.5,application/json",
            ["Accept-Language"] = "en;q=0.5,de",
            ["Content-Type"] = "text/plain; charset=latin1",
            ["If-None-Match"] = "\"a\", W/\"b\"",
            ["Range"] = "bytes=0-4",
        });
        Assert.Equal(["application/json", "de", "latin1", "\"a\", W/\"b\"", (0L, (long?)5L)], seen);
    }

    [Fact]
    public async Task The_host_is_as_sent_and_urls_are_readable()
    {
        var seen = new List<string>();
        _app.Get("/<path:path>", (string path, Request request) =>
        {
            seen.AddRange([request.Host, request.UrlRoot, request.BaseUrl, request.Url]);
            return "";
        });
        await _app.TestClient().Get("/%C3%BC%20x?a=%C3%BC", headers: new { Host = "TWIN.test:5000" });
        Assert.Equal(["TWIN.test:5000", "http://twin.test:5000/", "http://twin.test:5000/ü%20x", "http://twin.test:5000/ü%20x?a=ü"], seen);
    }

    [Fact]
    public async Task A_small_multipart_form_can_be_read_as_bytes_and_as_a_form()
    {
        _app.Post("/", (Request request) => $"{request.GetData().Length} {request.Form["a"]}");
        var body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n"u8.ToArray();
        var response = await _app.TestClient().Post("/", data: body, headers: new Dictionary<string, string> { ["Content-Type"] = "multipart/form-data; boundary=b" });
        Assert.Equal($"{body.Length} x", response.Text);
    }
}

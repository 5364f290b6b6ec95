using System.Text;
using static Retort.Globals;

namespace Retort.Twin;

/// <summary>What a view may return.</summary>
internal static class Kinds
{
    public static Blueprint Blueprint()
    {
        var kinds = new Blueprint("kinds") { UrlPrefix = "/kinds" };
        AddPlain(kinds);
        AddTuples(kinds);
        AddResponses(kinds);
        AddStreams(kinds);
        AddMistakes(kinds);
        return kinds;
    }

    private static void AddPlain(Blueprint kinds)
    {
        kinds.Get("/str", () => "plain text with ü and <b>tags</b>", "k_str");
        kinds.Get("/hello", () => $"Hello {TwinApp.Escape(Request.Args.Get("name", "World"))}!", "k_hello");
        kinds.Get("/bytes", () => (byte[])[0x00, 0x01, 0xFF, .. "binary"u8]);
        kinds.Get("/dict", () => new Dictionary<string, object?>
        {
            ["b"] = 1,
            ["a"] = new object?[] { 1, 2.5, null, true },
            ["ü"] = "é</script>",
            ["nested"] = new { z = 1, y = new { } },
        });
        kinds.Get("/list", () => new List<object> { 1, "two", new { three = 3 }, Array.Empty<object>() });
        kinds.Get("/empty", () => "");
    }

    private static void AddTuples(Blueprint kinds)
    {
        kinds.Get("/tuple-status", () => ("created", 201));
        kinds.Get("/tuple-headers", () => ("with headers", new Dictionary<string, string> { ["X-A"] = "1", ["Content-Type"] = "text/x-custom" }));
        kinds.Get("/tuple-full", () => ("full", 202, new[] { ("X-A", "1"), ("X-A", "2"), ("X-B", "ok") }));
        kinds.Get("/tuple-dict", () => (new { error = "x" }, 400, new[] { ("X-Err", "yes") }));
        kinds.Get("/tuple-list", () => (new List<int> { 1, 2 }, 201));
        kinds.Get("/tuple-response", () => (With(new Response("inner"), ("X-In", "1")), 203, new[] { ("X-Out", "2") }));
        kinds.Get("/status-string", () => ("short and stout", "418 I'M A TEAPOT"));
    }

    private static void AddResponses(Blueprint kinds)
    {
        kinds.Get("/response", () => new Response("plain", mimeType: "text/plain"));
        kinds.Get("/make-response", Made);
        kinds.Get("/no-content", () => ("", 204));
        kinds.Get("/not-modified", () => ("ignored", 304));
        kinds.Get("/vendor-json", () => new Response("{\"v\":1}", contentType: "application/vnd.twin+json"));
        kinds.Get("/latin", () => new Response(Encoding.Latin1.GetBytes("hé"), contentType: "text/plain; charset=iso-8859-1"));
        kinds.Get("/etag", Tagged);
    }

    private static Response Made()
    {
        var response = With(MakeResponse(("body", 206)), ("X-Made", "yes"), ("X-Multi", "a"), ("X-Multi", "b"));
        response.MimeType = "text/csv";
        var caching = response.CacheControl;
        caching.MaxAge = 60;
        caching.Public = true;
        response.Vary.Add("Accept");
        response.SetETag("abc");
        response.ContentLanguage.Add("en");
        return response;
    }

    private static Response Tagged()
    {
        var response = new Response("content for etag");
        response.AddETag();
        return response.MakeConditional(Request);
    }

    private static void AddStreams(Blueprint kinds)
    {
        kinds.Get("/generator", () => (Lines("a\n", "b\n", "c\n"), new[] { ("Content-Type", "text/plain") }));
        kinds.Get("/iterator", () => Lines("x", "y", "z"));
        kinds.Get("/stream-context", () => Greeting());
        kinds.Get("/stream-template", () => StreamTemplate("stream.html", new { items = Enumerable.Range(0, 5), title = "<T>" }));
        kinds.Get("/stream-template-string", () =>
            StreamTemplateString("{% for i in items %}{{ i }},{% endfor %}{{ mark }}", new { items = new[] { 1, 2 }, mark = "<&>" }));
    }

    private static IEnumerable<string> Lines(params string[] lines)
    {
        foreach (var line in lines)
            yield return line;
    }

    private static IEnumerable<string> Greeting()
    {
        yield return "Hello ";
        yield return TwinApp.Escape(Request.Args["name"]);
        yield return "!";
    }

    private static void AddMistakes(Blueprint kinds)
    {
        kinds.Get("/none", string? () => null);
        kinds.Get("/number", object () => 5);
        kinds.Get("/long-tuple", () => ("a", 200, Array.Empty<(string, string)>(), "extra"));
    }

    private static Response With(Response response, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
            response.Headers.Add(name, value);
        return response;
    }
}

using System.Text;
using Microsoft.AspNetCore.Builder;
using Retort.Testing;

namespace Retort.Toolbar.Tests;

/// <summary>Which answers get the bar, and what happens to them.</summary>
public sealed class InjectionTests
{
    private const string Start = "<!doctype html><html><body>";

    [Fact]
    public async Task The_bar_stands_before_the_end_of_the_body_and_the_length_is_right()
    {
        var page = await Toolbars.Make().TestClient().Get("/");
        var place = page.Text.IndexOf("<div id=\"retort-debug-toolbar\"", StringComparison.Ordinal);
        var end = page.Text.LastIndexOf("</body>", StringComparison.Ordinal);
        Assert.Equal(Toolbars.Page, page.Text[..place] + page.Text[end..]);
        Assert.EndsWith("</script></body></html>\n", page.Text, StringComparison.Ordinal);
        Assert.Equal(page.Data.Length, int.Parse(page.Headers.Get("Content-Length")!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("<html><BODY>x</BODY ></html>", "</BODY ></html>")]
    [InlineData("<html><body><script>var s = '</body>';</script></body></html>", "</body></html>")]
    [InlineData("<html><body>x</body></html><!-- </bodyguard> -->", "</body></html><!-- </bodyguard> -->")]
    [InlineData("<!DOCTYPE html>\n<title>t</title><p>no end of a body", "")]
    [InlineData("\n  <html lang=en><p>x", "")]
    [InlineData("\uFEFF<!doctype html><p>x", "")]
    public async Task It_is_found_as_browsers_find_it(string html, string after)
    {
        var page = await Page(() => new Response(html));
        Assert.NotNull(Toolbars.PanelsOf(page));
        Assert.EndsWith("</script>" + after, page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>a part of a page</p>")]
    [InlineData("<li>doctype html</li>")]
    [InlineData("")]
    [InlineData("</bod")]
    [InlineData("</bodyx></")]
    public async Task A_part_of_a_page_is_left_alone(string html) => Assert.Equal(html, (await Page(() => new Response(html))).Text);

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("text/htmlx")]
    [InlineData("image/svg+xml")]
    [InlineData("text/html; charset=utf-16")]
    [InlineData("text/html; charset=\"UTF-32LE\"")]
    public async Task Other_types_are_left_alone(string type)
    {
        var page = await Page(() => new Response(Start + "</body>", contentType: type));
        Assert.Equal(Start + "</body>", page.Text);
        Assert.Null(page.Headers.Get("Cache-Control"));
    }

    [Fact]
    public async Task Xhtml_stays_well_formed()
    {
        const string xhtml = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>t</title></head><body><p>x</p></body></html>";
        var page = await Page(() => new Response(xhtml, contentType: "application/xhtml+xml"));
        Assert.NotNull(Toolbars.PanelsOf(page));
        Assert.Equal("retort-debug-toolbar", System.Xml.Linq.XDocument.Parse(page.Text).Descendants().Single(element => element.Name.LocalName == "div").Attribute("id")!.Value);
    }

    [Theory]
    [InlineData(201, true)]
    [InlineData(202, false)]
    [InlineData(404, true)]
    [InlineData(422, false)]
    [InlineData(503, true)]
    public async Task Pages_of_errors_have_it_by_the_statuses_that_Flask_knows(int status, bool hasBar) =>
        Assert.Equal(hasBar, Toolbars.PanelsOf(await Page(() => new Response(Start + "</body>", status))) is not null);

    [Fact]
    public async Task The_page_of_an_error_that_nobody_handled_has_it()
    {
        var app = Toolbars.Make((app, _) =>
        {
            app.Config["PROPAGATE_EXCEPTIONS"] = false;
            app.ErrorHandler(500, _ => ((Response)(Start + "it broke</body>"), 500));
            app.Get("/broken", Response () => throw new InvalidOperationException("no"));
        });
        Assert.NotNull(Toolbars.PanelsOf(await app.TestClient().Get("/broken")));
    }

    [Fact]
    public async Task A_streamed_page_is_left_alone_and_still_streamed()
    {
        var page = await Page(() => new Response(Pieces()));
        Assert.Equal(Start + "</body>", page.Text);
        Assert.Null(page.Headers.Get("Content-Length"));

        static IEnumerable<string> Pieces()
        {
            yield return Start;
            yield return "</body>";
        }
    }

    [Fact]
    public async Task A_page_from_a_file_and_a_download_are_left_alone()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Toolbars.Page, TestContext.Current.CancellationToken);
            Assert.Equal(Toolbars.Page, (await Page(() => Globals.SendFile(file, new Http.SendFileOptions { Mimetype = "text/html" }))).Text);
        }
        finally
        {
            File.Delete(file);
        }
        var download = await Page(() =>
        {
            var response = new Response(Toolbars.Page);
            response.Headers["Content-Disposition"] = "attachment; filename=page.html";
            return response;
        });
        Assert.Equal(Toolbars.Page, download.Text);
    }

    [Fact]
    public async Task A_compressed_page_is_left_alone()
    {
        using var memory = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(memory, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(Encoding.UTF8.GetBytes(Toolbars.Page));
        var packed = memory.ToArray();
        var page = await Page(() =>
        {
            var response = new Response(packed);
            response.ContentEncoding = "gzip";
            return response;
        });
        Assert.Equal(packed, page.Data.ToArray());
    }

    [Fact]
    public async Task What_is_compressed_around_the_app_holds_the_bar()
    {
        var app = Toolbars.Make((app, _) =>
        {
            app.Services.AddResponseCompression(options => options.EnableForHttps = true);
            app.UseMiddleware(web => web.UseResponseCompression());
        });
        var page = await app.TestClient().Get("/", headers: new Dictionary<string, string> { ["Accept-Encoding"] = "gzip" });
        Assert.Equal("gzip", page.Headers.Get("Content-Encoding"));
        using var unpacked = new StreamReader(new System.IO.Compression.GZipStream(new MemoryStream(page.Data.ToArray()), System.IO.Compression.CompressionMode.Decompress));
        Assert.Contains("retort-debug-toolbar", await unpacked.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_to_HEAD_says_what_the_app_says()
    {
        var head = await Toolbars.Make().TestClient().Head("/");
        Assert.Equal($"{Toolbars.Page.Length}", head.Headers.Get("Content-Length"));
        Assert.Null(head.Headers.Get("Cache-Control"));
        Assert.Equal(0, head.Data.Length);
    }

    [Theory]
    [InlineData("X-Requested-With", "XMLHttpRequest")]
    [InlineData("Sec-Fetch-Dest", "empty")]
    [InlineData("Sec-Fetch-Dest", "iframe")]
    [InlineData("HX-Request", "true")]
    [InlineData("Turbo-Frame", "list")]
    public async Task What_a_script_asks_for_is_left_alone(string header, string value) =>
        Assert.Equal(Toolbars.Page, (await Toolbars.Make().TestClient().Get("/", headers: new Dictionary<string, string> { [header] = value })).Text);

    [Fact]
    public async Task Bytes_of_any_charset_stay_as_they_are()
    {
        var bytes = Encoding.Latin1.GetBytes("<html><title>é</title><body>\u00e9\u00ff</body></html>");
        var page = await Toolbars.Make((app, toolbar) =>
        {
            app.Get("/page", () => new Response(bytes, contentType: "text/html; charset=iso-8859-1"));
            toolbar.Panels.Add(new UmlautPanel());
        }).TestClient().Get("/page");
        var data = page.Data.ToArray();
        var place = data.AsSpan().IndexOf("<div id="u8);
        var end = data.AsSpan().LastIndexOf("</body>"u8);
        Assert.Equal(bytes, data[..place].Concat(data[end..]));
        Assert.True(Ascii.IsValid(data.AsSpan(place..end)));
        Assert.Equal(("Größe \U0001F600", "für <b>"), Toolbars.PanelsOf(page)![^1]);
    }

    [Fact]
    public async Task A_page_with_a_bar_is_kept_by_no_cache_and_answers_no_condition()
    {
        var app = Toolbars.Make((app, _) => app.Get("/tagged", () =>
        {
            var response = new Response(Toolbars.Page);
            response.AddETag();
            response.LastModified = DateTimeOffset.UnixEpoch;
            response.CacheControl.MaxAge = 60;
            return response.MakeConditional(Globals.Request);
        }));
        var page = await app.TestClient().Get("/tagged");
        Assert.Equal((null, null, "no-store"), (page.Headers.Get("ETag"), page.Headers.Get("Last-Modified"), page.Headers.Get("Cache-Control")));
        var tag = new Response(Toolbars.Page);
        tag.AddETag();
        var same = await app.TestClient().Get("/tagged", headers: new Dictionary<string, string> { ["If-None-Match"] = tag.Headers.Get("ETag")! });
        Assert.Equal((304, ""), (same.StatusCode, same.Text));
    }

    [Fact]
    public async Task A_length_that_the_app_has_set_is_set_anew()
    {
        var page = await Page(() =>
        {
            var response = new Response(Toolbars.Page);
            response.ContentLength = Toolbars.Page.Length;
            return response;
        });
        Assert.Equal($"{page.Data.Length}", page.Headers.Get("Content-Length"));
    }

    [Theory]
    [InlineData("script-src 'nonce-abc123'", "abc123")]
    [InlineData("default-src 'self'; script-src 'strict-dynamic' 'NONCE-x+/='; style-src 'nonce-other'", "x+/=")]
    [InlineData("default-src 'nonce-all'", "all")]
    [InlineData("script-src-elem 'nonce-elem'; script-src 'nonce-no'", "elem")]
    [InlineData("script-src 'self'; style-src 'nonce-style'", null)]
    public async Task The_script_bears_the_nonce_that_the_policy_allows_scripts_by(string policy, string? nonce)
    {
        var page = await Page(() =>
        {
            var response = new Response(Toolbars.Page);
            response.Headers["Content-Security-Policy"] = policy;
            return response;
        });
        Assert.Equal(policy, page.Headers.Get("Content-Security-Policy"));
        Assert.Equal(nonce is null ? "defer=\"defer\"></script>" : $"defer=\"defer\" nonce=\"{nonce}\"></script>", page.Text[page.Text.IndexOf("defer=", StringComparison.Ordinal)..page.Text.IndexOf("</body>", StringComparison.Ordinal)]);
    }

    [Fact]
    public async Task A_nonce_can_be_given_where_the_policy_is_not_in_the_apps_header()
    {
        var app = Toolbars.Make((_, toolbar) => toolbar.CspNonce = context => context.Request.Path + "\"");
        Assert.Contains(" nonce=\"/&#34;\"></script>", (await app.TestClient().Get("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_begin_with_the_path_that_the_app_is_mounted_under()
    {
        var app = Toolbars.Make((app, _) => app.ProxyFix = new ProxyFix(xFor: 0, xProto: 0, xPrefix: 1));
        var page = await app.TestClient().Get("/", headers: new Dictionary<string, string> { ["X-Forwarded-Prefix"] = "/a b" });
        Assert.StartsWith("/a%20b/_debug_toolbar/views/", Toolbars.ViewsOf(page), StringComparison.Ordinal);
        Assert.Contains("<script src=\"/a%20b/_debug_toolbar/static/toolbar.js?v=", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_matches_hosts_has_it_on_each_of_them()
    {
        var app = new App("shop") { SecretKey = "a key for tests", Debug = true, HostMatching = true, StaticHost = "localhost" };
        _ = new DebugToolbarExtension(app);
        app.AddUrlRule("/", "index", () => Toolbars.Page, ["GET"], new RouteOptions { Host = "shop.localhost" });
        var client = app.TestClient();
        var page = await client.Get("http://shop.localhost/");
        Assert.Equal(200, (await client.Get("http://shop.localhost" + Toolbars.ViewsOf(page) + "1")).StatusCode);
    }

    [Fact]
    public async Task A_panel_that_fails_is_shown_in_its_place_and_the_page_is_sent()
    {
        var client = Toolbars.Make((_, toolbar) => toolbar.Panels.Add(new FailingPanel())).TestClient();
        var page = await client.Get("/");
        Assert.Equal(("Broken", "InvalidOperationException"), Toolbars.PanelsOf(page)![^1]);
        var shown = await Toolbars.Open(client, page, "Broken");
        Assert.Contains("<p>This panel (FailingPanel) failed:</p>", shown, StringComparison.Ordinal);
        Assert.Contains("System.DivideByZeroException: never &lt;b&gt;", shown, StringComparison.Ordinal);
    }

    private static Task<TestResponse> Page(Func<Response> view) => Toolbars.Make((app, _) => app.Get("/page", view)).TestClient().Get("/page");

    private sealed class UmlautPanel : DebugPanel
    {
        public override string Title => "Größe \U0001F600";

        public override string? Subtitle(Context context) => "für <b>";

        public override void Write(Context context, PanelWriter page) => page.Text("x");
    }

    private sealed class FailingPanel : DebugPanel
    {
        public override string Title => "Broken";

        public override string? Subtitle(Context context) => throw new InvalidOperationException("never");

        public override void Write(Context context, PanelWriter page) => throw new DivideByZeroException("never <b>");
    }
}

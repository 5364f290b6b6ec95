using Retort.Testing;

namespace Retort.Toolbar.Tests;

/// <summary>Redirects are shown as pages.</summary>
public sealed class RedirectTests
{
    [Fact]
    public async Task A_redirect_becomes_a_page_with_a_link_and_keeps_its_cookies()
    {
        var client = Make((app, _) => app.Post("/order", () =>
        {
            Globals.Session["order"] = 7;
            var response = Globals.Redirect("/thanks?a=1&b=<2>", 303);
            response.SetCookie("seen", "yes");
            return response;
        })).TestClient();
        var page = await client.Post("/order");
        Assert.Equal((200, null, "text/html; charset=utf-8"), (page.StatusCode, page.Location, page.ContentType));
        Assert.Contains("<a href=\"/thanks?a=1&amp;b=%3C2%3E\" autofocus=\"\">/thanks?a=1&amp;b=%3C2%3E</a>", page.Text, StringComparison.Ordinal);
        Assert.Contains("<b>303 SEE OTHER</b>", page.Text, StringComparison.Ordinal);
        Assert.Equal(["seen", "session"], page.Headers.GetAll("Set-Cookie").Select(cookie => cookie.Split('=')[0]));
        Assert.Equal($"{page.Data.Length}", page.Headers.Get("Content-Length"));
        Assert.NotNull(Toolbars.PanelsOf(page));
        Assert.Contains("POST /order 303 SEE OTHER", (await client.Get(Toolbars.ViewsOf(page) + "0")).Text.Replace("<b>", "", StringComparison.Ordinal).Replace("</b>", "", StringComparison.Ordinal).Replace("<small>", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com/a?b=%22", true)]
    [InlineData("//example.com/", true)]
    [InlineData("relative/path", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("JavaScript:alert(1)", false)]
    [InlineData("java\tscript:alert(1)", false)]
    [InlineData("\u0001javascript:alert(1)", false)]
    [InlineData("data:text/html,<script>alert(1)</script>", false)]
    [InlineData("vbscript:x", false)]
    public async Task Only_what_a_browser_would_follow_is_a_link(string location, bool isLink)
    {
        var page = await Make((app, _) => app.Get("/go", () =>
        {
            var response = new Response("", 302);
            response.Headers["Location"] = location;
            return response;
        })).TestClient().Get("/go");
        Assert.Equal(200, page.StatusCode);
        Assert.Equal(isLink, page.Text.Contains("autofocus", StringComparison.Ordinal));
        Assert.DoesNotContain("<script>", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301, 200)]
    [InlineData(302, 200)]
    [InlineData(303, 200)]
    [InlineData(307, 307)]
    [InlineData(308, 308)]
    public async Task What_sends_a_form_again_is_left_alone(int code, int shown) =>
        Assert.Equal(shown, (await Make((app, _) => app.Get("/go", () => Globals.Redirect("/", code))).TestClient().Get("/go")).StatusCode);

    [Fact]
    public async Task Scripts_and_strangers_are_redirected()
    {
        var app = Make((app, _) => app.Get("/go", () => Globals.Redirect("/")));
        Assert.Equal(302, (await app.TestClient().Get("/go", headers: new Dictionary<string, string> { ["Sec-Fetch-Dest"] = "empty" })).StatusCode);
        var stranger = app.TestClient();
        stranger.RemoteAddress = System.Net.IPAddress.Parse("192.0.2.1");
        Assert.Equal(302, (await stranger.Get("/go")).StatusCode);
    }

    [Fact]
    public async Task Its_key_turns_that_off()
    {
        var app = Toolbars.Make((app, _) => app.Get("/go", () => Globals.Redirect("/")));
        var redirect = await app.TestClient().Get("/go");
        Assert.Equal((302, "/"), (redirect.StatusCode, redirect.Location));
        Assert.DoesNotContain("retort-debug-toolbar", redirect.Text, StringComparison.Ordinal);
    }

    private static App Make(Action<App, DebugToolbarExtension> configure) => Toolbars.Make((app, toolbar) =>
    {
        app.Config["DEBUG_TB_INTERCEPT_REDIRECTS"] = true;
        configure(app, toolbar);
    });
}

using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Retort.Testing;

namespace Retort.Toolbar.Tests;

/// <summary>Apps with a toolbar, and what their pages show of it.</summary>
internal static partial class Toolbars
{
    public const string Page = "<!doctype html>\n<html><head><title>t</title></head><body><p>hello</p></body></html>\n";

    /// <summary>An app in debug mode with a toolbar and one page at <c>/</c>.</summary>
    public static App Make(Action<App, DebugToolbarExtension>? configure = null, bool debug = true)
    {
        var app = new App("shop") { SecretKey = "a key for tests", Debug = debug };
        app.Config["DEBUG_TB_INTERCEPT_REDIRECTS"] = false;
        var toolbar = new DebugToolbarExtension(app);
        app.Get("/", () => Page);
        configure?.Invoke(app, toolbar);
        return app;
    }

    /// <summary>The bar's panels in a page, each as its title and what is beside it; null where there is no bar.</summary>
    public static IReadOnlyList<(string Title, string? Subtitle)>? PanelsOf(TestResponse page) => Bar().Match(page.Text) is { Success: true } bar
        ? [.. JsonNode.Parse(WebUtility.HtmlDecode(bar.Groups["panels"].Value))!.AsArray().Select(panel => ((string)panel!["title"]!, (string?)panel["subtitle"]))]
        : null;

    /// <summary>Where the panels of a page are asked for, up to their number.</summary>
    public static string ViewsOf(TestResponse page)
    {
        var bar = Bar().Match(page.Text);
        Assert.True(bar.Success, "there is no bar in: " + page.Text);
        return WebUtility.HtmlDecode(bar.Groups["views"].Value);
    }

    /// <summary>What a panel of a page shows, as HTML.</summary>
    public static async Task<string> Open(TestClient client, TestResponse page, string title)
    {
        var number = PanelsOf(page)!.Select(panel => panel.Title).ToList().IndexOf(title);
        Assert.True(number >= 0, $"there is no panel '{title}'");
        var response = await client.Get(ViewsOf(page) + number);
        Assert.Equal(200, response.StatusCode);
        return response.Text[response.Text.IndexOf("<main>", StringComparison.Ordinal)..];
    }

    /// <summary>What a panel shows, as text: without tags, and with what was escaped as it was.</summary>
    public static async Task<string> Read(TestClient client, TestResponse page, string title) => WebUtility.HtmlDecode(Tag().Replace(await Open(client, page, title), " "));

    /// <summary>Loads <c>/</c> and opens a panel.</summary>
    public static async Task<string> Read(App app, string title, string path = "/")
    {
        var client = app.TestClient();
        return await Read(client, await client.Get(path), title);
    }

    [GeneratedRegex("<div id=\"retort-debug-toolbar\" data-views=\"(?<views>[^\"]*)\" data-panels=\"(?<panels>[^\"]*)\">")]
    private static partial Regex Bar();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}

using System.Text.Json.Nodes;

namespace Retort.Browser.Tests;

/// <summary>The debug toolbar in a browser, over its example.</summary>
public sealed class ToolbarTests
{
    [Fact]
    public async Task Each_panel_opens_and_shows_what_the_page_did()
    {
        var seen = await See("toolbarPanels");
        Assert.Equal(["Versions", "Time", "Headers", "Request", "Config", "Templates", "SQL", "Log", "Routes", "Profiler", "G", "Mail"], Browser.Texts(seen["titles"]));
        foreach (var (panel, text) in new[]
        {
            ("Versions", "Retort"), ("Time", "Functions before the request"), ("Headers", "User-Agent"), ("Request", "\"index\""), ("Config", "SECRET_KEY ********"), ("Templates", "<The> Waves & others"),
            ("SQL", "select id, title, price from books order by title"), ("Log", "3 books are shown"), ("Routes", "/book/<int:id>"), ("Profiler", "The profiler is off."), ("G", "\"EUR\""), ("Mail", "No mail was sent."),
        })
            Assert.Contains(text, (string)seen["panels"]![panel]!, StringComparison.Ordinal);
        Assert.Equal((1, true), ((int)seen["expanded"]!, (bool)seen["closed"]!));
    }

    [Fact]
    public async Task It_stays_hidden_from_page_to_page_until_it_is_shown_again()
    {
        var seen = await See("toolbarHide");
        Assert.Equal(["true", "Show the debug toolbar"], Browser.Texts(seen["hidden"]));
        Assert.Equal((true, true), ((bool)seen["kept"]!, (bool)seen["shown"]!));
    }

    [Fact]
    public async Task A_redirect_is_a_page_whose_link_leads_on_and_what_was_sent_is_shown_as_text()
    {
        var seen = await See("toolbarRedirect");
        Assert.Equal(("Redirect intercepted", "/book/3/order", "A"), ((string)seen["title"]!, (string)seen["at"]!, (string)seen["focused"]!));
        foreach (var panel in new[] { "form", "mail", "sql" })
            Assert.Contains("<script>document.title=", (string)seen[panel]!, StringComparison.Ordinal);
        Assert.Equal("POST /book/3/order 302 FOUND", (string)seen["status"]!);
        Assert.Equal(("Thank you, <script>document.title=\"run\"</script>.", "Books – Bookshop"), ((string)seen["flash"]!, (string)seen["after"]!));
    }

    [Fact]
    public async Task A_pages_own_styles_do_not_reach_it()
    {
        var seen = await See("toolbarForeign");
        Assert.Equal(seen["before"]!.ToJsonString(), seen["after"]!.ToJsonString());
        Assert.Equal((0, 0, "13px", "retort-debug-toolbar"), ((int)seen["after"]!["bottom"]!, (int)seen["after"]!["right"]!, (string)seen["after"]!["font"]!, (string)seen["after"]!["on"]!));
        Assert.Contains("select id, title, price", (string)seen["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_without_styles_does_not_take_its_own()
    {
        var seen = await See("toolbarPolicy");
        Assert.Equal("13px", (string)seen["look"]!["font"]!);
        Assert.Contains("index.html", (string)seen["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_used_with_the_keyboard_alone()
    {
        var seen = await See("toolbarKeyboard");
        Assert.Equal(("Time", "Time", "Close the panel"), ((string)seen["reached"]!, (string)seen["opened"]!, (string)seen["close"]!));
        Assert.Equal((true, "Time"), ((bool)seen["closed"]!, (string)seen["back"]!));
    }

    [Fact]
    public async Task Without_scripts_a_link_leads_to_the_panels()
    {
        var seen = await See("toolbarScriptless");
        Assert.Equal(("Time", "Routes"), ((string)seen["first"]!, (string)seen["second"]!));
        Assert.Contains("/book/<int:id>/order", (string)seen["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_of_debug_mode_there_is_none()
    {
        using var app = await DebuggedApp.Serve("examples/toolbar/app.cs", []);
        using var client = new HttpClient();
        var page = await client.GetStringAsync(new Uri(app.Url + "/"), TestContext.Current.CancellationToken);
        Assert.Contains("Middlemarch", page, StringComparison.Ordinal);
        Assert.DoesNotContain("toolbar", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_sticks_out_light_or_dark_wide_or_on_a_phone()
    {
        using var folder = new PictureFolder("toolbarPictures");
        var seen = await See("toolbarPictures", folder.Name);
        Assert.Empty(Browser.Texts(seen["wide"]));
        Assert.Equal(20, folder.Pictures.Length);
    }

    private static async Task<JsonNode> See(string scenario, string pictures = "")
    {
        Browser.Require();
        using var app = await DebuggedApp.Serve("examples/toolbar/app.cs", [], "--debug");
        return Browser.See(scenario, app, pictures);
    }
}

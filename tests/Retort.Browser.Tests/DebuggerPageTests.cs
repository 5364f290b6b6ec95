using System.Text.Json.Nodes;

namespace Retort.Browser.Tests;

/// <summary>The debugger's page in a browser, over an app of one file that was started as its author would.</summary>
public sealed class DebuggerPageTests
{
    [Fact]
    public async Task The_pin_unlocks_the_console_and_an_expression_reads_the_views_argument()
    {
        var seen = await See("evaluate");
        Assert.Equal("System.InvalidOperationException: There is no note 7: <b>only 2</b> // Retort Debugger", (string)seen["title"]!);
        Assert.Equal(("pin", "42", "8"), ((string)seen["focused"]!, (string)seen["value"]!, (string)seen["unlocked"]!));
        Assert.Equal(["true Strict /"], Browser.Texts(seen["cookie"]));
        Assert.Equal(["Find(int id)", "Show(int id)", "Find(int id)"], Browser.Texts(seen["frames"]));
        Assert.Equal(0, (int)seen["bold"]!);
    }

    [Fact]
    public async Task The_console_knows_the_apps_own_types_its_variables_and_the_request()
    {
        var seen = await See("values");
        Assert.Equal(["[\"Buy milk\", \"Call <Jo>\"]", "8", "\"/note/7\"", "Note { Title = \"x\", Weight = 3 }", "\"jo\"", "true"], Browser.Texts(seen["results"]));
        Assert.Equal(["<b>written</b>"], Browser.Texts(seen["output"]));
        Assert.Equal(0, (int)seen["bold"]!);
    }

    [Fact]
    public async Task The_page_can_be_used_with_the_keyboard_alone()
    {
        var seen = await See("keyboard");
        Assert.Equal(("var n = 1;\nn + id", "8", "var n = 1;\nn + id"), ((string)seen["typed"]!, (string)seen["value"]!, (string)seen["recalled"]!));
    }

    [Fact]
    public async Task Templates_have_frames_and_their_mistakes_a_caret()
    {
        var seen = await See("templates");
        Assert.Contains(Browser.Texts(seen["frames"]), frame => frame.StartsWith("template macros.html", StringComparison.Ordinal));
        Assert.EndsWith("<li>{{ note.title }}: {{ note.weight / id }}</li>\n", (string)seen["failed"]!, StringComparison.Ordinal);
        Assert.Equal("2", (string)seen["value"]!);
        Assert.EndsWith("{{ user.name|shout }\n", (string)seen["broken"]!, StringComparison.Ordinal);
        Assert.Matches("^ +\\^+\n$", (string)seen["caret"]!);
    }

    [Fact]
    public async Task Row_20_wrong_pins_lock_the_console_and_the_right_one_does_not_open_it_then()
    {
        var seen = await See("lock");
        const string wrong = "This is not the PIN.";
        const string locked = "Too many wrong PINs. The console stays locked until the app is started again.";
        Assert.Equal([.. Enumerable.Repeat(wrong, 9), locked, locked], Browser.Texts(seen["problems"]));
        Assert.Equal((0, 0, 0), ((int)seen["open"]!, (int)seen["values"]!, (int)seen["cookies"]!));
    }

    [Fact]
    public async Task Row_16_under_a_foreign_host_there_is_no_debugger()
    {
        var seen = await See("foreign");
        Assert.Equal((500, false), ((int)seen["status"]!, (bool)seen["told"]!));
        Assert.Equal([400, 400, 400], seen["calls"]!.AsArray().Select(each => (int)each!));
    }

    [Fact]
    public async Task Without_debug_mode_and_with_no_debugger_there_is_none()
    {
        foreach (var options in new[] { Array.Empty<string>(), ["--debug", "--no-debugger"] })
        {
            var seen = await See("off", options);
            Assert.Equal(500, (int)seen["status"]!);
            Assert.Contains("<h1>Internal Server Error</h1>", (string)seen["text"]!, StringComparison.Ordinal);
            Assert.DoesNotContain("There is no note", (string)seen["text"]!, StringComparison.Ordinal);
            Assert.Equal(405, (int)seen["call"]!);
        }
    }

    [Fact]
    public async Task Nothing_sticks_out_of_the_pages_light_or_dark_wide_or_on_a_phone()
    {
        using var folder = new PictureFolder("pictures");
        var seen = await See("pictures", ["--debug"], folder.Name);
        Assert.Empty(Browser.Texts(seen["wide"]));
        Assert.Equal(17, folder.Pictures.Length);
    }

    private static Task<JsonNode> See(string scenario) => See(scenario, ["--debug"]);

    private static async Task<JsonNode> See(string scenario, string[] options, string folder = "")
    {
        Browser.Require();
        using var app = await DebuggedApp.Serve(options);
        return Browser.See(scenario, app, folder);
    }
}

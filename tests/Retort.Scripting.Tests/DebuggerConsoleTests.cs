using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Scripting.Tests;

/// <summary>A console in a frame of an error page.</summary>
public sealed partial class DebuggerConsoleTests
{
    [Fact]
    public async Task A_frame_knows_the_views_arguments_what_it_captured_and_the_request()
    {
        var (client, secret, frames) = await Unlocked();
        var view = frames.First(frame => frame.Name.StartsWith("lambda in", StringComparison.Ordinal)).Id;
        Assert.Equal("7", await Value(client, secret, view, "id"));
        Assert.Equal("[\"milk\", \"bread\"]", await Value(client, secret, view, "notes"));
        Assert.Equal("(\"/note/7\", \"2\", \"jo\")", await Value(client, secret, view, "(Request.Path, Request.Args[\"page\"], G[\"user\"])"));
        Assert.Equal("\"posted\"", await Value(client, secret, view, "Request.Form[\"text\"]"));
        Assert.Equal("\"jo\"", await Value(client, secret, view, "Session[\"name\"]"));
        Assert.Equal("\"no such note\"", await Value(client, secret, view, "error.Message"));
        Assert.Equal("true", await Value(client, secret, view, "app == CurrentApp"));
    }

    [Fact]
    public async Task A_frame_of_a_view_class_knows_the_arguments_of_the_method_that_answered()
    {
        var app = MakeApp();
        app.AddUrlRule("/note/<int:id>", "note", () => new NoteView());
        var client = app.TestClient();
        var (secret, frames) = Read((await client.Put("/note/7", headers: Html)).Text);
        await Call(client, "pinauth", new { secret, pin = "123" });
        Assert.Equal("(7, \"PUT\")", await Value(client, secret, frames.Single(frame => frame.Name.Contains("NoteView.Put", StringComparison.Ordinal)).Id, "(id, method.Method)"));
    }

    public sealed class NoteView : MethodView
    {
        public string Get(int id) => $"{id}";

        public string Put(int id, Http.Request method) => Missing() + id + method.Method;
    }

    [Fact]
    public async Task Each_frame_has_variables_of_its_own_that_stay()
    {
        var (client, secret, frames) = await Unlocked();
        await Value(client, secret, frames[0].Id, "var mine = 1;");
        Assert.Equal("2", await Value(client, secret, frames[0].Id, "mine + 1"));
        Assert.Contains("CS0103", (string)(await Eval(client, secret, frames[^1].Id, "mine"))["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_frame_knows_what_the_template_was_given()
    {
        var app = MakeApp();
        app.Get("/", () => RenderTemplateString("\n{{ price / 0 }}", new { price = 12 }));
        var client = app.TestClient();
        var (secret, frames) = Read((await client.Get("/", headers: Html)).Text);
        await Call(client, "pinauth", new { secret, pin = "123" });
        Assert.Equal("13", await Value(client, secret, frames.First(frame => frame.Name.StartsWith("template", StringComparison.Ordinal)).Id, "price + 1"));
    }

    private static readonly object Html = new { Accept = "text/html" };

    private static async Task<(TestClient, string Secret, IReadOnlyList<(string Id, string Name)> Frames)> Unlocked()
    {
        var app = MakeApp();
        var notes = new List<string> { "milk", "bread" };
        app.BeforeRequest(() => { G["user"] = "jo"; });
        app.Post("/note/<int:id>", (int id) => id < notes.Count ? notes[id] : Missing());
        var client = app.TestClient();
        client.SessionTransaction(session => session["name"] = "jo");
        var (secret, frames) = Read((await client.Post("/note/7?page=2", form: new { text = "posted" }, headers: Html)).Text);
        Assert.Equal("{\"auth\":true,\"exhausted\":false}\n", (await Call(client, "pinauth", new { secret, pin = "123" })).Text);
        return (client, secret, frames);
    }

    private static string Missing() => throw new InvalidOperationException("no such note");

    private static App MakeApp()
    {
        var app = new App("test", rootPath: Path.GetTempPath()) { StaticFolder = null, SecretKey = "a test key of some length", Debug = true };
        app.Config["DEBUG_PIN"] = "123";
        return app;
    }

    private static async Task<string?> Value(TestClient client, string secret, string frame, string code)
    {
        var answer = await Eval(client, secret, frame, code);
        Assert.Null((string?)answer["error"]);
        return (string?)answer["value"];
    }

    private static async Task<JsonNode> Eval(TestClient client, string secret, string frame, string code) => JsonNode.Parse((await Call(client, "eval", new { secret, frame, code })).Text)!;

    private static Task<TestResponse> Call(TestClient client, string command, object values) => client.Post($"/?__debugger__=yes&cmd={command}", json: values);

    private static (string Secret, IReadOnlyList<(string Id, string Name)> Frames) Read(string page) =>
        (SecretOf().Match(page).Groups[1].Value, [.. FrameOf().Matches(page).Select(match => (match.Groups[1].Value, match.Groups[2].Value))]);

    [GeneratedRegex("data-secret=\"([0-9a-f]+)\" data-console=\"yes\"")]
    private static partial Regex SecretOf();

    [GeneratedRegex("<details class=\"frame (?:app|template)\" data-frame=\"([0-9a-f]+)\"[^>]*><summary><code class=name>([^<]*)<")]
    private static partial Regex FrameOf();
}

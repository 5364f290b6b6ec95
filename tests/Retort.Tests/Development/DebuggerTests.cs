using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests.Development;

/// <summary>The debugger as a browser or another client meets it, in memory. Evaluating is tested beside the package that has the compiler.</summary>
public sealed partial class DebuggerTests
{
    private const string Html = "text/html,application/xhtml+xml,*/*;q=0.8";
    // The test is itself a frame whose source is shown.
    private const string Hunter = "hunter" + "2";
    private const string Pin = "123-456-789";

    [Fact]
    public async Task In_debug_mode_a_browser_gets_a_page_with_the_traceback()
    {
        var app = MakeApp();
        var secret = "captured text";
        app.Get("/note/<int:id>", (int id) => Fail(id, secret));
        app.BeforeRequest(() => { G["user"] = "jo"; });
        var response = await app.TestClient().Get("/note/7?page=2", headers: new { Accept = Html, X_Api_Key = Hunter });
        Assert.Equal(500, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Headers["Content-Type"]);
        Assert.Contains("<title>System.InvalidOperationException: note 7 captured text // Retort Debugger</title>", response.Text, StringComparison.Ordinal);
        Assert.Contains("Fail(int id, string why)", response.Text, StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=row>id</th><td><code>7</code></td></tr>", response.Text, StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=row>secret</th><td><code>********</code></td></tr>", response.Text, StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=row>user</th><td><code>&#34;jo&#34;</code></td></tr>", response.Text, StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=row>SECRET_KEY</th><td><code>********</code></td></tr>", response.Text, StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=row>page</th>", response.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Hunter, response.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(app.SecretKey!, response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_allows_nothing_but_its_own_script_and_style()
    {
        var response = await FailingApp().TestClient().Get("/", headers: new { Accept = Html });
        var policy = response.Headers["Content-Security-Policy"];
        var nonce = Regex.Match(policy, "script-src 'nonce-([0-9a-f]{32})'").Groups[1].Value;
        Assert.Equal($"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", policy);
        Assert.Equal(2, Regex.Count(response.Text, "<(script|style) nonce=\"" + nonce + "\">"));
        Assert.Equal(2, Regex.Count(response.Text, "<(script|style)[ >]"));
        Assert.DoesNotMatch("(src|href)=\"?(https?:)?//|url\\(| style=", response.Text);
        Assert.Equal(("DENY", "nosniff", "no-store"), (response.Headers["X-Frame-Options"], response.Headers["X-Content-Type-Options"], response.Headers["Cache-Control"]));
    }

    [Fact]
    public async Task Cve_2016_10516_everything_that_was_not_written_here_is_escaped()
    {
        const string evil = "</title></textarea></pre><script>x\"'";
        var app = MakeApp();
        app.Get("/<name>", (string name) => RenderTemplateString("{{ fail('</title><script>x') }}", new { evil }));
        app.TemplateGlobal("fail", (string text) => { throw new InvalidOperationException(evil + text); });
        app.Config["EVIL<script>x"] = evil;
        var response = await app.TestClient().Get("/%3Cscript%3Ex?%3Cscript%3Ex=%3Cscript%3Ex", headers: new { Accept = Html, X_Evil = evil });
        Assert.Contains("&lt;script&gt;x", response.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>x", response.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("</title></", response.Text, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(response.Text, "</title>"));
    }

    [Fact]
    public async Task A_terminal_gets_plain_text()
    {
        var response = await FailingApp().TestClient().Get("/", headers: new { Accept = "*/*" });
        Assert.Equal((500, "text/plain; charset=utf-8"), (response.StatusCode, response.Headers["Content-Type"]));
        Assert.StartsWith("Traceback (most recent call last):\n", response.Text, StringComparison.Ordinal);
        Assert.EndsWith("\nSystem.InvalidOperationException: note 1 broken\n", response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json", null)]
    [InlineData("*/*", "XMLHttpRequest")]
    public async Task A_client_of_an_API_gets_JSON_with_the_traceback(string accept, string? with)
    {
        var headers = new Dictionary<string, string> { ["Accept"] = accept };
        if (with is not null)
            headers["X-Requested-With"] = with;
        var response = await FailingApp().TestClient().Get("/", headers: headers);
        Assert.Equal((500, "application/problem+json"), (response.StatusCode, response.Headers["Content-Type"]));
        var exception = JsonNode.Parse(response.Text)!["exception"]!;
        Assert.Equal(("System.InvalidOperationException", "note 1 broken"), ((string)exception["type"]!, (string)exception["message"]!));
        Assert.Contains(exception["frames"]!.AsArray(), frame => (string)frame!["name"]! == "Fail(int id, string why)" || ((string)frame["name"]!).EndsWith(".Fail(int id, string why)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("*/*")]
    [InlineData("application/json")]
    public async Task Outside_of_debug_mode_nothing_of_the_error_is_told(string accept)
    {
        var app = FailingApp();
        app.Debug = false;
        var response = await app.TestClient().Get("/", headers: new { Accept = accept });
        Assert.Equal(500, response.StatusCode);
        Assert.DoesNotContain("broken", response.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_of_debug_mode_a_call_is_an_ordinary_request()
    {
        var app = MakeApp();
        app.Debug = false;
        app.Route("/", () => "mine", methods: ["GET", "POST"]);
        Assert.Equal("mine", (await app.TestClient().Post("/?__debugger__=yes&cmd=eval", json: new { secret = "", frame = "", code = "1" })).Text);
    }

    [Fact]
    public async Task The_handler_for_500_answers_when_errors_are_not_to_propagate()
    {
        var app = FailingApp();
        app.Config["PROPAGATE_EXCEPTIONS"] = false;
        app.ErrorHandler(500, error => ("sorry", 500));
        Assert.Equal("sorry", (await app.TestClient().Get("/", headers: new { Accept = Html })).Text);
    }

    [Fact]
    public async Task Row_16_under_a_foreign_host_there_is_no_page_and_no_command()
    {
        var app = FailingApp();
        var client = app.TestClient();
        var (secret, _) = await Open(client);
        client.BaseUrl = new Uri("http://evil.test");
        var page = await client.Get("/", headers: new { Accept = Html });
        Assert.Equal(500, page.StatusCode);
        Assert.DoesNotContain("broken", page.Text, StringComparison.Ordinal);
        Assert.Equal(400, (await client.Get("/?__debugger__=yes&cmd=pinauth")).StatusCode);
        Assert.Equal(400, (await Call(client, "pinauth", new { secret, pin = Pin })).StatusCode);
        Assert.Equal(400, (await Call(client, "eval", new { secret, frame = "", code = "1" })).StatusCode);
    }

    [Fact]
    public async Task A_proxys_word_changes_nothing_about_the_host()
    {
        var app = FailingApp();
        app.ProxyFix = new ProxyFix(xHost: 1);
        var client = app.TestClient();
        var (secret, _) = await Open(client);
        client.BaseUrl = new Uri("http://evil.test");
        Assert.DoesNotContain("broken", (await client.Get("/", headers: new { Accept = Html, X_Forwarded_Host = "localhost" })).Text, StringComparison.Ordinal);
        Assert.Equal(400, (await Call(client, "pinauth", new { secret, pin = Pin }, new { X_Forwarded_Host = "localhost" })).StatusCode);
        Assert.Equal(400, (await Call(client, "pinauth", new { secret, pin = Pin }, new { X_Original_Host = "localhost" })).StatusCode);
    }

    [Fact]
    public async Task Configured_hosts_are_trusted()
    {
        var app = FailingApp();
        app.Config["DEBUGGER_TRUSTED_HOSTS"] = new[] { ".dev.example" };
        var client = app.TestClient();
        client.BaseUrl = new Uri("http://me.dev.example");
        Assert.Contains("broken", (await client.Get("/", headers: new { Accept = Html })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_pin_nothing_is_evaluated()
    {
        var client = FailingApp().TestClient();
        var (secret, frame) = await Open(client);
        var answer = await Call(client, "eval", new { secret, frame, code = "1 + 1" });
        Assert.Equal(403, answer.StatusCode);
        Assert.True((bool)JsonNode.Parse(answer.Text)!["locked"]!);
        client.SetCookie("__retort_debugger", "99999999999." + new string('0', 64));
        Assert.Equal(403, (await Call(client, "eval", new { secret, frame, code = "1 + 1" })).StatusCode);
    }

    [Fact]
    public async Task The_right_pin_gives_a_cookie_for_this_browser_alone()
    {
        var client = FailingApp().TestClient();
        var (secret, _) = await Open(client);
        Assert.Equal("{\"auth\":false,\"exhausted\":false}\n", (await Call(client, "pinauth", new { secret, pin = "1" })).Text);
        Assert.Null(client.GetCookie("__retort_debugger"));
        Assert.Equal("{\"auth\":true,\"exhausted\":false}\n", (await Call(client, "pinauth", new { secret, pin = "123456789" })).Text);
        var cookie = client.GetCookie("__retort_debugger")!;
        Assert.True(cookie.HttpOnly);
        Assert.Equal("strict", cookie.SameSite);
    }

    [Fact]
    public async Task Row_20_after_ten_wrong_pins_the_right_one_is_refused()
    {
        var client = FailingApp().TestClient();
        var (secret, frame) = await Open(client);
        for (var i = 1; i <= 10; i++)
            Assert.Equal($"{{\"auth\":false,\"exhausted\":{(i == 10 ? "true" : "false")}}}\n", (await Call(client, "pinauth", new { secret, pin = i })).Text.Replace("\"pin\"", "", StringComparison.Ordinal));
        Assert.Equal("{\"auth\":false,\"exhausted\":true}\n", (await Call(client, "pinauth", new { secret, pin = Pin })).Text);
        Assert.Equal(403, (await Call(client, "eval", new { secret, frame, code = "1" })).StatusCode);
    }

    [Fact]
    public async Task A_call_has_to_come_from_a_page_of_this_debugger()
    {
        var client = FailingApp().TestClient();
        var (secret, _) = await Open(client);
        Assert.Equal(403, (await Call(client, "pinauth", new { secret = "0", pin = Pin })).StatusCode);
        Assert.Equal(403, (await client.Get($"/?__debugger__=yes&cmd=pinauth&s={secret}&pin={Pin}")).StatusCode);
        Assert.Equal(403, (await client.Post("/?__debugger__=yes&cmd=pinauth", form: new { secret, pin = Pin })).StatusCode);
        Assert.Equal(403, (await Call(client, "pinauth", new { secret, pin = Pin }, new { Origin = "http://evil.test" })).StatusCode);
        Assert.Equal(403, (await Call(client, "pinauth", new { secret, pin = Pin }, new { Origin = "null" })).StatusCode);
        Assert.Equal(403, (await Call(client, "pinauth", new { secret, pin = Pin }, new { Sec_Fetch_Site = "cross-site" })).StatusCode);
        Assert.Equal(200, (await Call(client, "pinauth", new { secret, pin = Pin }, new { Origin = "http://localhost", Sec_Fetch_Site = "same-origin" })).StatusCode);
    }

    [Fact]
    public async Task A_missing_address_lists_the_rules_with_the_nearest_first()
    {
        var app = MakeApp();
        app.Get("/about", () => "");
        app.Get("/notes/<int:id>", (int id) => "", endpoint: "show_note");
        var browser = await app.TestClient().Get("/note/3", headers: new { Accept = Html });
        Assert.Equal(404, browser.StatusCode);
        Assert.Contains("<tr class=\"near\"><td><code>/notes/&lt;int:id&gt;</code></td><td>show_note</td><td>GET</td></tr>\n<tr class=\"other\"><td><code>/about</code>", browser.Text, StringComparison.Ordinal);
        var terminal = await app.TestClient().Get("/note/3");
        Assert.Equal("404 Not Found: no rule of this app matches GET /note/3\nNearest rules:\n  /notes/<int:id>  (show_note, GET)\nOther rules:\n  /about  (/about, GET)\n", terminal.Text);
    }

    [Fact]
    public async Task What_a_view_aborts_with_is_not_a_missing_address()
    {
        var app = MakeApp();
        app.Get("/", () => { Abort(404); return ""; });
        Assert.StartsWith("<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>", (await app.TestClient().Get("/", headers: new { Accept = Html })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_of_debug_mode_who_takes_JSON_alone_gets_a_problem_document()
    {
        var app = MakeApp();
        app.Debug = false;
        app.Post("/only", () => "");
        var missing = await app.TestClient().Get("/none", headers: new { Accept = "application/json" });
        Assert.Equal((404, "application/problem+json", "Accept"), (missing.StatusCode, missing.Headers["Content-Type"], missing.Headers["Vary"]));
        Assert.Equal("Not Found", (string)JsonNode.Parse(missing.Text)!["title"]!);
        var method = await app.TestClient().Get("/only", headers: new { Accept = "application/json" });
        Assert.Equal((405, "OPTIONS, POST"), (method.StatusCode, string.Join(", ", method.Headers["Allow"].Split(", ").Order())));
        foreach (var accept in new[] { "*/*", "text/html", "application/json, text/html", "application/json, */*" })
            Assert.StartsWith("<!doctype html>", (await app.TestClient().Get("/none", headers: new { Accept = accept })).Text, StringComparison.Ordinal);
    }

    private static string Fail(int id, string why) => throw new InvalidOperationException($"note {id} {why}");

    private static App MakeApp()
    {
        var app = Apps.Make(testing: false);
        app.Debug = true;
        app.Config["DEBUG_PIN"] = Pin;
        return app;
    }

    private static App FailingApp()
    {
        var app = MakeApp();
        app.Get("/", () => Fail(1, "broken"));
        return app;
    }

    private static async Task<(string Secret, string Frame)> Open(TestClient client)
    {
        var page = (await client.Get("/", headers: new { Accept = Html })).Text;
        return (Secret().Match(page).Groups[1].Value, Frame().Match(page).Groups[1].Value);
    }

    private static Task<TestResponse> Call(TestClient client, string command, object values, object? headers = null) =>
        client.Post($"/?__debugger__=yes&cmd={command}", json: values, headers: headers);

    [GeneratedRegex("<body data-secret=\"([0-9a-f]{32})\"")]
    private static partial Regex Secret();

    [GeneratedRegex("<details class=\"frame app\" data-frame=\"([0-9a-f]{16})\"")]
    private static partial Regex Frame();
}

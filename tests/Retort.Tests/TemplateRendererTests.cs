using Microsoft.AspNetCore.Http;
using Retort.Jinja;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

public sealed class TemplateRendererTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();
    private readonly App _app;

    public TemplateRendererTests()
    {
        Write("templates/page.html", "{% extends 'base.html' %}{% block body %}{{ name }} {{ url_for('show', id=3, q='a b', _anchor='x') }}{% endblock %}");
        Write("templates/base.html", "<title>{{ config.NAME }}</title>{% block body %}{% endblock %} {{ request.path }} {{ g.user }} {{ session.get('k', 'none') }}");
        Write("templates/plain.txt", "{{ name }}");
        Write("bp/own.html", "blueprint's own");
        Write("bp/page.html", "shadowed by the app's");
        _app = new App("test", rootPath: _root.FullName) { Testing = true, SecretKey = "test key of some length" };
        _app.Config["NAME"] = "A & B";
        _app.BeforeRequest(() => { G["user"] = "<jo>"; });
        _app.Get("/page", () => RenderTemplate("page.html", new { name = "<b>" }));
        _app.Get("/plain", () => RenderTemplate("plain.txt", new { name = "<b>" }));
        _app.Get("/show/<int:id>", (int id) => "x", endpoint: "show");
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task A_template_sees_what_flask_gives_it_and_escapes_by_its_name()
    {
        Assert.Equal("<title>A &amp; B</title>&lt;b&gt; /show/3?q=a+b#x /page &lt;jo&gt; none", await _app.Text("/page"));
        Assert.Equal("<b>", await _app.Text("/plain"));
    }

    [Fact]
    public async Task Text_as_a_template_is_escaped()
    {
        _app.Get("/string", () => RenderTemplateString("{{ x }}", new { x = "<" }));
        Assert.Equal("&lt;", await _app.Text("/string"));
    }

    [Fact]
    public async Task Blueprints_bring_templates_that_the_apps_come_before()
    {
        var blueprint = new Blueprint("bp", rootPath: _root.FullName) { TemplateFolder = "bp" };
        blueprint.Get("/own", () => RenderTemplate("own.html"));
        blueprint.Get("/shadowed", () => RenderTemplate(["none.html", "page.html"], new { name = "n" }));
        _app.RegisterBlueprint(blueprint);
        Assert.Equal("blueprint's own", await _app.Text("/own"));
        Assert.StartsWith("<title>", await _app.Text("/shadowed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_template_names_the_nearest_one()
    {
        _app.Get("/missing", () => RenderTemplate("pgae.html"));
        var error = await Assert.ThrowsAsync<TemplateNotFoundError>(() => _app.TestClient().Get("/missing"));
        Assert.Contains("pgae.html", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_processors_filters_tests_and_globals_are_the_apps()
    {
        _app.ContextProcessor(() => new { site = "S", add = (Func<int, int, int>)((a, b) => a + b) });
        _app.TemplateFilter("shout", (string text) => text.ToUpperInvariant() + "!");
        _app.TemplateTest("third", (int n) => n % 3 == 0);
        _app.TemplateGlobal("version", () => "1.2");
        _app.Get("/own", () => RenderTemplateString("{{ site }} {{ add(2, 3) }} {{ 'a'|shout }} {{ 9 is third }} {{ version() }} {{ site }}", new { site = "given" }));
        Assert.Equal("given 5 A! True 1.2 given", await _app.Text("/own"));
    }

    [Fact]
    public async Task Flashed_messages_are_taken_by_the_page_that_shows_them()
    {
        _app.Get("/flash", () => { Flash("a <b>"); Flash("bad", "error"); return "x"; });
        _app.Get("/shown", () => RenderTemplateString(
            "{% for c, m in get_flashed_messages(with_categories=true) %}{{ c }}={{ m }};{% endfor %}{{ get_flashed_messages(category_filter=['error']) }}"));
        var client = _app.TestClient();
        await client.Get("/flash");
        Assert.Equal("message=a &lt;b&gt;;error=bad;[&#39;bad&#39;]", (await client.Get("/shown")).Text);
        Assert.Equal("[]", (await client.Get("/shown")).Text);
    }

    [Fact]
    public async Task A_template_is_streamed_with_the_request_it_belongs_to()
    {
        Write("templates/stream.html", "<h1>{{ title }}</h1>{% for i in items %}{{ i }}{{ request.path }};{% endfor %}");
        _app.Get("/stream", () => StreamTemplate("stream.html", new { title = "<T>", items = new[] { 1, 2 } }));
        _app.Get("/text", () => new Response(StreamTemplateString("{{ mark }}", new { mark = "<&>" }), mimeType: "text/plain"));
        Assert.Equal("<h1>&lt;T&gt;</h1>1/stream;2/stream;", await _app.Text("/stream"));
        Assert.Equal("&lt;&amp;&gt;", await _app.Text("/text"));
    }

    [Fact]
    public async Task A_stream_ends_when_its_client_is_gone()
    {
        using var gone = new CancellationTokenSource();
        var ended = false;
        _app.Get("/stream", (HttpContext http) =>
        {
            http.RequestAborted = gone.Token;
            return StreamTemplateString("{% set x = leave() %}{% for i in range(3) %}{% endfor %}{% set x = end() %}", new { leave = new Action(gone.Cancel), end = new Action(() => ended = true) });
        });
        await Record.ExceptionAsync(() => _app.Text("/stream"));
        Assert.True(gone.IsCancellationRequested);
        Assert.False(ended);
    }

    [Fact]
    public async Task A_macro_is_called_from_a_view()
    {
        Write("templates/forms.html", "{% macro field(name, value='') %}<input name=\"{{ name }}\" value=\"{{ value }}\">{% endmacro %}");
        _app.Get("/macro", () => GetTemplateAttribute("forms.html", "field")("n", "v<"));
        _app.Get("/none", () => GetTemplateAttribute("forms.html", "fields")("n"));
        Assert.Equal("<input name=\"n\" value=\"v&lt;\">", await _app.Text("/macro"));
        var error = await Assert.ThrowsAsync<ArgumentException>(() => _app.Text("/none"));
        Assert.StartsWith("the template 'forms.html' exports no macro 'fields'. It has: field.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tojson_writes_what_the_apps_json_does()
    {
        _app.Get("/json", () => RenderTemplateString("{{ v|tojson }}", new { v = new { day = new DateOnly(2024, 1, 2), sum = 1.50m, html = new Jinja.Markup("x") } }));
        Assert.Equal("{\"day\": \"Tue, 02 Jan 2024 00:00:00 GMT\", \"html\": \"x\", \"sum\": \"1.50\"}", await _app.Text("/json"));
    }

    [Fact]
    public async Task A_flash_may_be_markup()
    {
        _app.Get("/flash", () => { Flash(new Jinja.Markup("<b>a</b>")); return "x"; });
        _app.Get("/shown", () => RenderTemplateString("{% for m in get_flashed_messages() %}{{ m }}{% endfor %}"));
        var client = _app.TestClient();
        await client.Get("/flash");
        Assert.Equal("<b>a</b>", (await client.Get("/shown")).Text);
    }

    [Fact]
    public async Task In_debug_mode_an_edit_shows_at_once()
    {
        _app.Debug = true;
        var client = _app.TestClient();
        Assert.Equal("<b>", (await client.Get("/plain")).Text);
        Write("templates/plain.txt", "edited {{ name }}");
        File.SetLastWriteTimeUtc(Path.Combine(_root.FullName, "templates/plain.txt"), DateTime.UtcNow.AddSeconds(5));
        Assert.Equal("edited <b>", (await client.Get("/plain")).Text);
    }

    [Fact]
    public async Task A_missing_form_field_is_undefined_in_a_template_and_a_400_in_a_view()
    {
        _app.Post("/form", () => RenderTemplateString("[{{ request.form['title'] }}][{{ request.form['title'] or 'else' }}]"));
        _app.Post("/view", () => Request.Form["title"]);
        Assert.Equal("[][else]", (await _app.TestClient().Post("/form", form: new { x = 1 })).Text);
        Assert.Equal(400, (await _app.TestClient().Post("/view", form: new { x = 1 })).StatusCode);
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}

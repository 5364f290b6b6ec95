using Retort.Jinja;
using static Retort.Globals;

namespace Retort.Twin;

internal static class Templates
{
    private const string Everything =
        "{{ v }}|{{ v|safe }}|{{ v|shout }}|{{ 9 is third }}|{{ version() }}|{{ add(2, 3) }}|{{ 'ab'|times(3) }}|{{ request.path }}|{{ config.TWIN_NAME }}"
        + "|{{ g.missing is defined }}|{{ session.get('x', 'nosess') }}\n";

    public static void AddTo(App app)
    {
        app.ContextProcessor(() => new { site_name = "Twin & Co", add = (Func<long, long, long>)((a, b) => a + b) });
        app.TemplateFilter("shout", (string text) => text.ToUpperInvariant() + "!");
        app.TemplateFilter("times", (string text, int n = 2) => string.Concat(Enumerable.Repeat(text, n)));
        app.TemplateTest("third", (long number) => number % 3 == 0);
        app.TemplateGlobal("version", () => "1.2.3");

        app.Get("/tpl/page", Page);
        app.Get("/tpl/escape/<ext>", (string ext) => (RenderTemplate($"escape.{ext}", new { v = "<&\"'>" }), new[] { ("Content-Type", "text/plain") }));
        app.Get("/tpl/string", () => RenderTemplateString(Everything, new { v = "<b>" }));
        app.Get("/tpl/select", () => RenderTemplate(["nope.html", "macros_use.html"], new { name = "sel<" }));
        app.Get("/tpl/tojson", () => RenderTemplateString(
            "<script>var x = {{ v|tojson }};</script><a data-x='{{ v|tojson }}'>",
            new { v = new { s = "</script>'\"&<>", n = new object?[] { 1, null, true }, d = new DateOnly(2024, 1, 2) } }));
        app.Get("/tpl/url", () => RenderTemplateString(
            "{{ url_for('static', filename='app.css') }} {{ url_for('conv_str', s='a b', q='<') }} {{ url_for('index', _external=True) }}"));
        app.Get("/tpl/undefined", () => RenderTemplateString("[{{ missing }}][{{ missing is defined }}][{{ missing|default('d') }}]"));
        app.Get("/tpl/undefined-attr", () => RenderTemplateString("{{ missing.attr }}"));
        app.Get("/tpl/macro", () => GetTemplateAttribute("macros.html", "field")("nm", "v<"));
    }

    private static Templating.RenderedTemplate Page()
    {
        G["user"] = "<gee>";
        return RenderTemplate("page.html", new
        {
            title = "A & B",
            items = new object[] { "x", "<y>", new Markup("<i>z</i>") },
            user = new Dictionary<string, object> { ["name"] = "Jo", ["age"] = 30 },
        });
    }
}

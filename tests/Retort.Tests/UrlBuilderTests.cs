using Retort.Routing;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

public sealed class UrlBuilderTests
{
    [Fact]
    public async Task The_defaults_are_those_of_the_blueprint_that_the_url_leads_to()
    {
        var app = Apps.Make();
        var lang = new Blueprint("lang") { UrlPrefix = "/<code>" };
        lang.UrlDefaults((endpoint, values) => values.TryAdd("code", "en"));
        lang.Get("/about", () => UrlFor("index"), "about");
        app.Get("/", () => UrlFor("lang.about"), "index");
        app.RegisterBlueprint(lang);
        Assert.Equal("/en/about", await app.Text("/"));
        Assert.Equal("/", await app.Text("/de/about"));
    }

    [Fact]
    public async Task What_defaults_add_for_one_request_is_not_seen_by_another_that_passes_the_same_values()
    {
        var shared = new Dictionary<string, object?> { ["page"] = 2 };
        var app = Apps.Make();
        app.UrlValuePreprocessor((_, values) => G["code"] = values["code"]);
        app.UrlDefaults((_, values) => values.TryAdd("code", G["code"]));
        app.Get("/<code>/next", (string code) => UrlFor("next", shared), "next");
        Assert.Equal("/en/next?page=2", await app.Text("/en/next"));
        Assert.Equal("/de/next?page=2", await app.Text("/de/next"));
        Assert.Equal(["page"], shared.Keys);
    }

    private readonly App _app = Apps.Make();

    public UrlBuilderTests()
    {
        _app.Get("/", () => "x", endpoint: "index");
        _app.Get("/note/<int:id>", (int id) => "x", endpoint: "show_note");
    }

    [Fact]
    public void Values_fill_variables_and_the_rest_is_the_query()
    {
        using (_app.TestRequestContext())
        {
            Assert.Equal("/", UrlFor("index"));
            Assert.Equal("/note/3?q=a+b&t=1&t=2#x%20y", UrlFor("show_note", new { id = 3, q = "a b", t = new[] { 1, 2 }, none = (string?)null }, anchor: "x y"));
            Assert.Equal("http://localhost/", UrlFor("index", external: true));
            Assert.Equal("https://localhost/note/1", UrlFor("show_note", new { id = 1 }, scheme: "https"));
        }
    }

    [Fact]
    public void A_wrong_endpoint_names_the_nearest_one()
    {
        using (_app.TestRequestContext())
        {
            var error = Assert.Throws<BuildError>(() => UrlFor("show_nots", new { id = 3 }));
            Assert.Contains("Did you mean 'show_note'?", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Outside_of_a_request_it_needs_the_servers_name()
    {
        using (_app.AppContext())
            Assert.Throws<ContextError>(() => UrlFor("index"));
        var named = Apps.Make();
        named.Config["SERVER_NAME"] = "example.org";
        named.Config["PREFERRED_URL_SCHEME"] = "https";
        named.Get("/", () => "x", endpoint: "index");
        using (named.AppContext())
            Assert.Equal("https://example.org/", UrlFor("index"));
    }

    [Fact]
    public async Task An_error_handler_may_build_what_the_map_cannot()
    {
        _app.UrlBuildErrorHandler((error, endpoint, values) => endpoint.StartsWith("cdn.", StringComparison.Ordinal) ? $"https://cdn/{values["id"]}" : null);
        _app.Get("/cdn", () => UrlFor("cdn.page", new { id = 4 }));
        Assert.Equal("https://cdn/4", await _app.Text("/cdn"));
    }

    [Fact]
    public async Task Redirects_are_sent_as_given_and_escaped_in_the_page()
    {
        _app.Get("/r", () => Redirect("/\"><script>?a=ü"));
        var response = await _app.TestClient().Get("/r");
        Assert.Equal((302, "/%22%3E%3Cscript%3E?a=%C3%BC"), (response.StatusCode, response.Location));
        Assert.DoesNotContain("<script>", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_may_name_the_endpoint_as_python_does()
    {
        using (_app.TestRequestContext())
        {
            Assert.Equal("/note/3?q=1", $"{RenderTemplateString("{{ url_for(endpoint='show_note', id=3, q=1) }}")}");
            Assert.Equal("/note/3", $"{RenderTemplateString("{{ url_for(id=3, **{'endpoint': 'show_note'}) }}")}");
            Assert.Equal("url_for was given the endpoint twice, with and without a name. Write url_for('endpoint', id=3).", Wrong("{{ url_for('index', endpoint='show_note') }}"));
            Assert.Equal("url_for takes the endpoint alone without a name; it was given 0 such values. Write url_for('endpoint', id=3).", Wrong("{{ url_for(id=3) }}"));
            Assert.Equal("url_for was given none as the endpoint. Write url_for('endpoint', id=3).", Wrong("{{ url_for(none) }}"));
        }
    }

    private static string Wrong(string template) => Assert.Throws<ArgumentException>(() => $"{RenderTemplateString(template)}").Message;
}

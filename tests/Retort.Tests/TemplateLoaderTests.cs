using Retort.Jinja;
using Retort.Jinja.Loaders;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

/// <summary>Templates of an app and its blueprints from elsewhere than a folder.</summary>
public sealed class TemplateLoaderTests
{
    [Fact]
    public async Task A_blueprint_brings_templates_without_a_folder()
    {
        var app = Made(null, ("parts/note.html", "a note of {{ name }}"));
        Assert.Equal("a note of &lt;jo&gt;", await Shown(app, "parts/note.html"));
    }

    [Fact]
    public async Task The_app_s_own_template_of_that_name_goes_before()
    {
        var app = Made(From(("note.html", "the app's")), ("note.html", "the blueprint's"), ("other.html", "other"));
        Assert.Equal(("the app's", "other"), (await Shown(app, "note.html"), await Shown(app, "other.html")));
    }

    [Fact]
    public async Task A_template_of_the_folder_goes_before_that_of_the_loader()
    {
        var root = Directory.CreateTempSubdirectory("retort-templates-");
        try
        {
            Directory.CreateDirectory(Path.Combine(root.FullName, "templates"));
            await File.WriteAllTextAsync(Path.Combine(root.FullName, "templates", "note.html"), "of the folder", TestContext.Current.CancellationToken);
            var app = new App("test", root.FullName) { SecretKey = "k", TemplateLoader = From(("note.html", "of the loader"), ("more.html", "more")) };
            app.Get("/<path:name>", (string name) => RenderTemplate(name));
            Assert.Equal(("of the folder", "more"), (await Shown(app, "note.html"), await Shown(app, "more.html")));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Templates_of_two_loaders_extend_and_import_each_other()
    {
        var app = Made(
            From(("page.html", "{% extends 'layout.html' %}{% from 'macros.html' import loud %}{% block content %}{{ loud(name) }}{% endblock %}")),
            ("layout.html", "[{% block content %}{% endblock %}]"),
            ("macros.html", "{% macro loud(text) %}{{ text|upper }}{% endmacro %}"));
        Assert.Equal("[&lt;JO&gt;]", await Shown(app, "page.html"));
    }

    [Fact]
    public void A_template_that_no_loader_has_is_missing()
    {
        var app = Made(null, ("note.html", "x"));
        using (app.TestRequestContext("/"))
            Assert.Throws<TemplateNotFoundError>(() => RenderTemplate("nothing.html"));
    }

    private static App Made(Loader? own, params (string Name, string Text)[] ofBlueprint)
    {
        var app = new App("test", AppContext.BaseDirectory) { SecretKey = "k", TemplateFolder = null, TemplateLoader = own };
        app.RegisterBlueprint(new Blueprint("parts", AppContext.BaseDirectory) { TemplateLoader = From(ofBlueprint) });
        app.Get("/<path:name>", (string name) => RenderTemplate(name, new { name = "<jo>" }));
        return app;
    }

    private static DictionaryLoader From(params (string Name, string Text)[] templates) => new(templates.ToDictionary(each => each.Name, each => each.Text, StringComparer.Ordinal));

    private static async Task<string> Shown(App app, string name)
    {
        var response = await app.TestClient().Get("/" + name);
        Assert.Equal(200, response.StatusCode);
        return response.Text;
    }
}

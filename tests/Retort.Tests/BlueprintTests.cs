using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

[Collection(ConsoleCollection.Name)]
public sealed class BlueprintTests
{
    [Fact]
    public async Task Names_prefixes_and_endpoints_are_joined_through_nesting()
    {
        var app = Apps.Make();
        var site = new Blueprint("site") { UrlPrefix = "/site" };
        var admin = new Blueprint("admin") { UrlPrefix = "/admin" };
        admin.Get("/place", Place);
        static object Place() => new { Request.Endpoint, Request.Blueprint, Request.Blueprints, here = UrlFor(".place"), home = UrlFor("site.home") };
        site.Get("/", () => "home", endpoint: "home");
        site.RegisterBlueprint(admin);
        app.RegisterBlueprint(site);
        app.RegisterBlueprint(admin, urlPrefix: "/again", name: "admin2");
        Assert.Equal(
            "{\"Endpoint\":\"site.admin.place\",\"Blueprint\":\"site.admin\",\"Blueprints\":[\"site.admin\",\"site\"],\"here\":\"/site/admin/place\",\"home\":\"/site/\"}\n",
            await app.Text("/site/admin/place"));
        Assert.Contains("\"here\":\"/again/place\"", await app.Text("/again/place"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_of_outer_blueprints_run_around_inner_ones()
    {
        var app = Apps.Make();
        var log = new List<string>();
        var outer = new Blueprint("outer");
        var inner = new Blueprint("inner");
        outer.BeforeRequest(() => log.Add("outer"));
        inner.BeforeRequest(() => log.Add("inner"));
        inner.Get("/", () => "x");
        outer.RegisterBlueprint(inner);
        app.RegisterBlueprint(outer);
        await app.TestClient().Get("/");
        Assert.Equal(["outer", "inner"], log);
    }

    [Fact]
    public async Task App_wide_functions_are_added_once_however_often_it_is_registered()
    {
        var app = Apps.Make();
        var count = 0;
        var blueprint = new Blueprint("bp");
        blueprint.BeforeAppRequest(() => { count++; });
        app.RegisterBlueprint(blueprint);
        app.RegisterBlueprint(blueprint, name: "again");
        app.Get("/", () => "x");
        await app.TestClient().Get("/");
        Assert.Equal(1, count);
    }

    [Fact]
    public void Wrong_names_and_double_registration_are_refused()
    {
        var app = Apps.Make();
        Assert.Throws<ArgumentException>(() => new Blueprint(""));
        Assert.Throws<ArgumentException>(() => new Blueprint("a.b"));
        var blueprint = new Blueprint("bp");
        app.RegisterBlueprint(blueprint);
        Assert.Equal(
            "cannot register the blueprint 'bp': this blueprint is registered as 'bp'. Give it another name: RegisterBlueprint(..., name: \"...\").",
            Assert.Throws<ArgumentException>(() => app.RegisterBlueprint(blueprint)).Message);
        Assert.Equal(
            "cannot call AddUrlRule on the blueprint 'bp': it is registered already, and the change would be missed. Set it up before app.RegisterBlueprint.",
            Assert.Throws<InvalidOperationException>(() => blueprint.Get("/late", () => "x")).Message);
    }

    [Fact]
    public void Its_commands_join_a_group_of_its_name()
    {
        var app = Apps.Make();
        var blueprint = new Blueprint("db");
        blueprint.Cli.Command("greet", (string name) => Console.Write($"hello {name}"));
        app.RegisterBlueprint(blueprint);
        Assert.Equal((0, "hello jo"), (app.TestCliRunner().Invoke("db", "greet", "jo") is var result ? result.ExitCode : -1, result.Output));
    }

    [Fact]
    public async Task Default_values_of_its_variables_are_its_own_or_those_of_the_registration()
    {
        var app = Apps.Make();
        var blueprint = new Blueprint("lang") { UrlDefaultValues = new { lang = "en" } };
        blueprint.Get("/", (string lang) => lang, endpoint: "index");
        blueprint.Get("/own", (string lang) => lang, endpoint: "own", options: new RouteOptions { Defaults = new { lang = "fr" } });
        app.RegisterBlueprint(blueprint, "/en");
        app.RegisterBlueprint(blueprint, "/de", name: "german", urlDefaults: new { lang = "de" });
        Assert.Equal("en", await app.Text("/en/"));
        Assert.Equal("fr", await app.Text("/en/own"));
        Assert.Equal("de", await app.Text("/de/"));
    }

    [Fact]
    public async Task Filters_tests_and_globals_are_the_whole_apps()
    {
        var app = Apps.Make();
        var blueprint = new Blueprint("bp");
        blueprint.AppTemplateFilter("shout", (string text) => text + "!");
        blueprint.AppTemplateTest("big", (int number) => number > 9);
        blueprint.AppTemplateGlobal("version", "1.2");
        app.RegisterBlueprint(blueprint);
        app.Get("/", () => RenderTemplateString("{{ 'a'|shout }} {{ 10 is big }} {{ version }}"));
        Assert.Equal("a! True 1.2", await app.Text("/"));
    }
}

using System.Reflection;
using Retort.Testing;

namespace Retort.Tests;

/// <summary>What a function around requests can know of the view that answers.</summary>
public sealed class ViewMetadataTests
{
    [Fact]
    public async Task The_attributes_of_a_view_are_known_before_it_runs()
    {
        var (app, seen) = Watched();
        app.Get("/marked", [Mark("lambda")] () => "x");
        app.Get("/plain", () => "x");
        await app.TestClient().Get("/marked");
        await app.TestClient().Get("/plain");
        Assert.Equal(["lambda", "none"], seen);
    }

    [Fact]
    public async Task Each_method_of_a_path_has_those_of_its_own_view()
    {
        var (app, seen) = Watched();
        app.Get("/x", [Mark("get")] () => "x", endpoint: "read");
        app.Post("/x", [Mark("post")] () => "x", endpoint: "write");
        await app.TestClient().Get("/x");
        await app.TestClient().Post("/x");
        await app.TestClient().Head("/x");
        Assert.Equal(["get", "post", "get"], seen);
    }

    [Fact]
    public async Task The_view_s_method_and_the_rule_s_own_metadata_are_there()
    {
        var app = Apps.Make();
        var found = new List<object?>();
        app.BeforeRequest((Context context) => { found.Add(context.ViewMetadata.GetMetadata<MethodInfo>()); found.Add(context.ViewMetadata.GetMetadata<string>()); });
        app.Get("/x", Shown, options: new RouteOptions { Metadata = ["of the rule"] });
        static string Shown() => "x";
        await app.TestClient().Get("/x");
        Assert.Equal([((Func<string>)Shown).Method, "of the rule"], found);
    }

    [Fact]
    public async Task Nothing_is_known_where_no_rule_matched()
    {
        var (app, seen) = Watched();
        var counts = new List<int>();
        app.BeforeRequest((Context context) => counts.Add(context.ViewMetadata.Count));
        Assert.Equal(404, (await app.TestClient().Get("/nowhere")).StatusCode);
        Assert.Equal(["none"], seen);
        Assert.Equal([0], counts);
    }

    [Fact]
    public void Outside_of_a_request_nothing_is_known()
    {
        using var context = Apps.Make().AppContext();
        Assert.Empty(Context.Current!.ViewMetadata);
    }

    private static (App App, List<string> Seen) Watched()
    {
        var app = Apps.Make();
        var seen = new List<string>();
        app.BeforeRequest((Context context) => seen.Add(context.ViewMetadata.GetMetadata<MarkAttribute>()?.Text ?? "none"));
        return (app, seen);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class MarkAttribute(string text) : Attribute
    {
        public string Text => text;
    }
}

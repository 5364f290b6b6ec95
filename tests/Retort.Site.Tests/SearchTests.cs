using System.Text.Json;
using Retort.Tests.Shared;

namespace Retort.Site.Tests;

/// <summary>The search finds what a reader means, by Flask's names too.</summary>
public sealed class SearchTests
{
    private static readonly (string Query, string First)[] Expected =
    [
        ("quickstart", "Quickstart (quickstart.html)"),
        ("sessions", "Sessions (sessions.html)"),
        ("session", "Sessions (sessions.html)"),
        ("url_for", "Globals.UrlFor (api/Retort.Globals.html#UrlFor)"),
        ("render_template", "Globals.RenderTemplate (api/Retort.Globals.html#RenderTemplate)"),
        ("Request", "Request (api/Retort.Http.Request.html)"),
        ("app.run", "App.Run (api/Retort.App.html#Run)"),
        ("before request", "Scaffold.BeforeRequest (api/Retort.Scaffold.html#BeforeRequest)"),
        ("nginx", "nginx (deployment.html#nginx)"),
        ("JINJAENV", "JinjaEnvironment (api/Retort.Jinja.JinjaEnvironment.html)"),
    ];

    [Fact]
    public void The_best_comes_first()
    {
        var node = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "node")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(node is null, "no node: the search is not tried");
        var folder = Directory.CreateTempSubdirectory("retort-search-").FullName;
        try
        {
            foreach (var file in new[] { "search.js", "search-index.js" })
                File.WriteAllBytes(Path.Combine(folder, file), BuiltSite.Site.Files[file]);
            var script = Path.Combine(Repository.Root, "tests", "Retort.Site.Tests", "search.js");
            var (exit, output, error) = Repository.Run(node!, [script, folder, .. Expected.Select(each => each.Query), "xyzzy", "  "]);
            Assert.True(exit == 0, error);
            var found = JsonSerializer.Deserialize<string[][]>(output)!;
            Assert.Equal(Expected.Select(each => $"{each.Query}: {each.First}"), Expected.Select((each, index) => $"{each.Query}: {found[index].FirstOrDefault()}"));
            Assert.Equal([[], []], found[^2..]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

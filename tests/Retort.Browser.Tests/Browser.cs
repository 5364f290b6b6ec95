using System.Text.Json.Nodes;
using Retort.Tests.Shared;

namespace Retort.Browser.Tests;

/// <summary>Runs a scenario of browser.js in a real browser. Skips the running test, and says why, where there is none.</summary>
internal static class Browser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>What the scenario saw. Fails on any error of a page, and on a request that failed.</summary>
    public static JsonNode See(string scenario, DebuggedApp app, string folder = "") => See(scenario, app.Url, app.Pin ?? "", folder);

    /// <summary>The same of pages that lie somewhere else, such as in a folder.</summary>
    public static JsonNode See(string scenario, string url, string pin = "", string folder = "")
    {
        var (browser, node, modules) = Find();
        var script = Path.Combine(Repository.Root, "tests", "Retort.Browser.Tests", "browser.js");
        var (exit, output, error) = Repository.Run("env", "NODE_PATH=" + modules, node, script, browser, scenario, url, pin, folder);
        Assert.True(exit == 0, output + error);
        var result = JsonNode.Parse(output)!;
        Assert.True(result["errors"]!.AsArray().Count == 0, string.Join('\n', result["errors"]!.AsArray().Select(each => (string?)each)));
        return result["seen"]!;
    }

    /// <summary>The texts of a list that a scenario made.</summary>
    public static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(each => each!.ToString())];

    /// <summary>Skips the running test where something is missing.</summary>
    public static void Require() => Find();

    private static (string Browser, string Node, string Modules) Find()
    {
        var browser = Names.Select(OnPath).FirstOrDefault(file => file is not null);
        Assert.SkipWhen(browser is null, "no chromium and no Chrome: the pages are not tried in a browser");
        var node = OnPath("node");
        Assert.SkipWhen(node is null, "no node: the pages are not tried in a browser");
        var modules = Path.Combine(Environment.GetEnvironmentVariable("RETORT_BROWSER_MODULES")
            ?? Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "retort", "browser"), "node_modules");
        Assert.SkipUnless(Directory.Exists(Path.Combine(modules, "playwright-core")), "no playwright-core (.ci/run installs it): the pages are not tried in a browser");
        return (browser!, node!, modules);
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}

using System.Collections;
using static Retort.Globals;

namespace Retort.Testing.Tests;

/// <summary>Many fixtures at once, each on a thread of its own, all at the same point at the same time: none sees anything of another.</summary>
public sealed class ParallelTests
{
    private const int Many = 12;
    private const int Rounds = 20;

    [Fact]
    public async Task Fixtures_side_by_side_share_nothing()
    {
        var before = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => entry.Key, entry => entry.Value);
        using var together = new Barrier(Many);
        var sites = await Task.WhenAll(Enumerable.Range(0, Many).Select(number => Task.Factory.StartNew(() => Visit(number, together).GetAwaiter().GetResult(), TaskCreationOptions.LongRunning)));
        Assert.Equal(Many, sites.Select(site => site.Port).Distinct().Count());
        Assert.Equal(Many, sites.Select(site => site.Folder).Distinct().Count());
        Assert.All(sites, site => Assert.False(Directory.Exists(site.Folder)));
        Assert.Equal(before, Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => entry.Key, entry => entry.Value));
        Assert.False(HasAppContext);
    }

    private static async Task<(int Port, string Folder)> Visit(int number, Barrier together)
    {
        await using var site = new Site { Settings = { ["NUMBER"] = number } };
        using var browser = new HttpClient();
        var expected = $"{number} {site.Folder}";
        for (var round = 0; round < Rounds; round++)
        {
            Assert.True(together.SignalAndWait(TimeSpan.FromMinutes(1)));
            Assert.Equal(expected, (await site.Client.Get("/")).Text);
            Assert.False(HasRequestContext);
            Assert.Equal($"{round + 1}", (await site.Client.Get("/count")).Text);
            Assert.Equal(expected, await browser.GetStringAsync(site.LiveServer.Url("/")));
            using (site.App.AppContext())
            {
                // The context is this flow's, whatever the others push meanwhile.
                await Task.Yield();
                Assert.Same(site.App, CurrentApp);
                Assert.Equal($"http://127.0.0.1:{site.LiveServer.Port}/", UrlFor("index"));
            }
            var said = site.Runner.Invoke("say", $"{round}");
            Assert.Equal((0, $"{number}:{round}\n", $"{number}!"), (said.ExitCode, said.Output.ReplaceLineEndings("\n"), said.Error));
            using (site.Options(new { number = -number }))
                Assert.Equal($"{-number} {site.Folder}", (await site.NewClient().Get("/")).Text);
            await File.AppendAllTextAsync(Path.Combine(site.Folder, "log.txt"), "x");
        }
        Assert.Equal(Rounds, new FileInfo(Path.Combine(site.Folder, "log.txt")).Length);
        return (site.LiveServer.Port, site.Folder);
    }

    private sealed class Site : AppFixture
    {
        protected override App CreateApp()
        {
            var app = new App("site", rootPath: Folder);
            app.Get("/", () => $"{CurrentApp.Config["NUMBER"]} {CurrentApp.RootPath}", endpoint: "index");
            app.Get("/count", () =>
            {
                Session["count"] = Session.Get("count", 0L) + 1;
                return $"{Session["count"]}";
            });
            app.Cli.Command("say", (int round) =>
            {
                Console.WriteLine($"{CurrentApp.Config["NUMBER"]}:{round}");
                Console.Error.Write($"{CurrentApp.Config["NUMBER"]}!");
            });
            return app;
        }
    }
}

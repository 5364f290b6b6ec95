using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Toolbar.Tests;

/// <summary>Requests on a server, which uses its objects again from request to request.</summary>
public sealed class SideBySideTests
{
    // Fewer than are kept.
    private const int Many = 40;

    [Fact]
    public async Task Panels_show_their_own_request_and_nothing_that_goes_on_after_another()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var here = 0;
        var left = new ConcurrentBag<Task>();
        var app = Toolbars.Make((app, _) =>
        {
            app.Config["DEBUG_TB_PANELS"] = new[] { "LoggingPanel", "SQLAlchemyDebugPanel", "TemplateDebugPanel", "GDebugPanel", "RequestVarsDebugPanel" };
            app.Get("/part/<id>", async Task<Response> (string id, Context context) =>
            {
                if (Interlocked.Increment(ref here) == Many)
                    all.SetResult();
                await all.Task;
                context.G["mine"] = $"g-{id}";
                app.Logger.LogInformation("log-{Id}", id);
                await Task.Yield();
                QueryRecorder.Record($"sql-{id}", TimeSpan.FromMilliseconds(1));
                // Only the first ones leave something, and it waits until they have been answered.
                if (!go.Task.IsCompleted)
                    left.Add(Task.Run(() => Leave(app, id, go.Task)));
                return RenderTemplateString("<!doctype html><html><body>{{ value }}</body></html>", new { value = $"tpl-{id}" });
            });
        });
        await using var server = LiveServer.Start(app);
        using var browser = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Many });
        var first = await Task.WhenAll(Enumerable.Range(0, Many).Select(number => Read(browser, server, number)));
        go.SetResult();
        var second = await Task.WhenAll(Enumerable.Range(Many, Many).Select(number => Read(browser, server, number)));
        await Task.WhenAll(left);
        Assert.All(first.Concat(second), page => Assert.Equal(page.Expected, page.Found));
    }

    private static async Task Leave(App app, string id, Task go)
    {
        await go;
        for (var i = 0; i < 50; i++)
        {
            app.Logger.LogInformation("late-{Id}", id);
            QueryRecorder.Record($"late-{id}", TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }
    }

    /// <summary>The marks that all panels of one page show.</summary>
    private static async Task<(string Expected, string Found)> Read(HttpClient browser, LiveServer server, int number)
    {
        var page = await browser.GetStringAsync(new Uri(server.Url($"/part/n{number}")));
        var views = Regex.Match(page, "data-views=\"([^\"]*)\"").Groups[1].Value;
        var marks = new SortedSet<string>(StringComparer.Ordinal);
        for (var panel = 0; panel < 5; panel++)
        {
            var text = WebUtility.HtmlDecode(await browser.GetStringAsync(new Uri(server.Url(views + panel))));
            marks.UnionWith(Regex.Matches(text, @"\b(?:g|log|sql|tpl|late)-n\d+").Select(match => match.Value));
        }
        return ($"g-n{number} log-n{number} sql-n{number} tpl-n{number}", string.Join(' ', marks));
    }
}

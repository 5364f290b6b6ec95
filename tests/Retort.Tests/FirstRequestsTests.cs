using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Retort.Tests;

/// <summary>An app that is mounted in another starts with its first request, and several may be the first.</summary>
public sealed class FirstRequestsTests
{
    private const int Together = 16;

    [Fact]
    public async Task First_requests_that_come_together_start_the_app_once()
    {
        var folder = Directory.CreateTempSubdirectory();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "x.txt"), "content", TestContext.Current.CancellationToken);
        var app = new App("test", rootPath: folder.FullName) { StaticFolder = folder.FullName, StaticUrlPath = "/s", Testing = true };
        var starts = 0;
        app.Signals.AppStarting += (_, _) =>
        {
            Interlocked.Increment(ref starts);
            Thread.Sleep(20);
        };
        Assert.All(await AnswersAtOnce(app, "/s/x.txt"), status => Assert.Equal(200, status));
        Assert.Equal(1, starts);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task First_requests_that_come_together_share_the_services_and_the_middleware()
    {
        var app = Apps.Make();
        var (made, built) = (0, 0);
        app.Services.AddSingleton(_ => new Counter(Interlocked.Increment(ref made)));
        app.UseMiddleware(web =>
        {
            Interlocked.Increment(ref built);
            Thread.Sleep(20);
            web.Use(next => next);
        });
        app.Get("/", (Counter counter) => $"{counter.Number}");
        Assert.All(await AnswersAtOnce(app, "/"), status => Assert.Equal(200, status));
        Assert.Equal((1, 1), (made, built));
    }

    private static async Task<int[]> AnswersAtOnce(App app, string path)
    {
        using var gate = new Barrier(Together);
        return await Task.WhenAll(Enumerable.Range(0, Together).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var http = new DefaultHttpContext();
                http.Request.Method = "GET";
                http.Request.Path = path;
                gate.SignalAndWait();
                app.Handle(http).GetAwaiter().GetResult();
                return http.Response.StatusCode;
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    private sealed record Counter(int Number);
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Retort.Testing;

namespace Retort.Tests;

/// <summary>A context that middleware made before the app's leaves what it holds to that, and ends with it.</summary>
public sealed class ContextHandOverTests
{
    private static App Make(List<string> torn, TaskCompletionSource? answersItself = null)
    {
        var app = Apps.Make();
        app.UseMiddleware(web => web.Use(async (http, next) =>
        {
            var early = app.RequestContext(http);
            early.G["connection"] = "opened";
            early.HandOver();
            if (answersItself is not null)
                await http.Response.WriteAsync("middleware");
            else
                await next(http);
        }));
        app.TeardownRequest((Context context) => torn.Add($"request {context.G.Get("connection", "nothing")}"));
        app.TeardownAppContext((Context context) =>
        {
            torn.Add($"app {context.G.Pop("connection", "nothing")}");
            answersItself?.TrySetResult();
        });
        app.Get("/", (Context context) => context.G.Get("connection", "nothing"));
        app.Get("/untouched", () => "untouched");
        return app;
    }

    [Theory]
    [InlineData("/", "opened")]
    [InlineData("/untouched", "untouched")]
    public async Task The_view_has_its_G_and_teardown_functions_run_once(string path, string text)
    {
        var torn = new List<string>();
        Assert.Equal(text, (await Make(torn).TestClient().Get(path)).Text);
        Assert.Equal(["request opened", "app opened"], torn);
    }

    [Fact]
    public async Task Where_the_app_does_not_answer_they_run_when_the_response_is_complete()
    {
        var torn = new List<string>();
        var done = new TaskCompletionSource();
        Assert.Equal("middleware", (await Make(torn, answersItself: done).TestClient().Get("/")).Text);
        await done.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(["request opened", "app opened"], torn);
    }

    [Fact]
    public void A_context_without_a_request_has_nobody_to_leave_it_to()
    {
        var app = Apps.Make();
        using var context = app.AppContext();
        Assert.Throws<ContextError>(context.HandOver);
    }
}

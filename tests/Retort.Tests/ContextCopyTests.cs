using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

public sealed class ContextCopyTests
{
    [Fact]
    public async Task A_function_with_a_copied_context_sees_the_request_after_it_has_ended()
    {
        var app = Apps.Make();
        Func<Task<string>>? later = null;
        app.Post("/<int:id>", (int id) =>
        {
            Session["user"] = "jo";
            G["own"] = true;
            later = CopyCurrentRequestContext(async () =>
            {
                await Task.Yield();
                return $"{Request.Method} {Request.Path} {Request.Args["q"]} {Request.Form["f"]} {Request.Headers["X-A"]} {Session["user"]} {G.Get<object>("own") is not null} {UrlFor("x", new { id = 9 })} {Request.ViewArgs["id"]}";
            });
            return "done";
        }, endpoint: "x");
        await app.TestClient().Post("/5?q=1", form: new { f = "2" }, headers: new { X_A = "h" });
        Assert.Null(Context.Current);
        const string seen = "POST /5 1 2 h jo False /9 5";
        Assert.Equal(seen, await later!());
        Assert.Equal(seen, await Task.Run(later));
        Assert.Null(Context.Current);
    }

    [Fact]
    public async Task Its_teardown_functions_run_when_it_ends()
    {
        var app = Apps.Make();
        var log = new List<string>();
        app.TeardownRequest(() => log.Add("teardown"));
        Func<Task>? later = null;
        app.Get("/", () =>
        {
            later = CopyCurrentRequestContext(() => log.Add("later " + Request.Path));
            return "x";
        });
        await app.TestClient().Get("/");
        await later!();
        Assert.Equal(["teardown", "later /", "teardown"], log);
    }

    [Fact]
    public void Outside_of_a_request_there_is_nothing_to_copy()
    {
        Assert.Throws<ContextError>(() => CopyCurrentRequestContext(() => { }));
    }

    [Fact]
    public async Task A_context_made_by_hand_runs_the_teardown_functions_of_requests()
    {
        var app = Apps.Make();
        var log = new List<string>();
        app.TeardownRequest(async () =>
        {
            await Task.Yield();
            log.Add(Request.Path);
        });
        using (app.TestRequestContext("/a"))
            Assert.Equal("/a", Request.Path);
        await using (app.TestRequestContext("/b"))
            Assert.Equal("/b", Request.Path);
        Assert.Null(Context.Current);
        Assert.Equal(["/a", "/b"], log);
    }
}

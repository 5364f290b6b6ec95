using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

[Collection(ConsoleCollection.Name)]
public sealed class AppSignalsTests
{
    [Fact]
    public async Task A_request_is_seen_from_its_context_to_the_end()
    {
        var app = Apps.Make();
        var log = Watch(app);
        app.BeforeRequest(() => log.Add("before"));
        app.TeardownRequest(() => log.Add("teardown"));
        app.TeardownAppContext(() => log.Add("teardown app"));
        app.Get("/", () => { log.Add("view"); return "x"; });
        await app.TestClient().Get("/");
        Assert.Equal(["pushed", "started", "before", "view", "finished 200", "teardown", "tearing down ", "teardown app", "app tearing down ", "popped"], log);
    }

    [Fact]
    public async Task A_view_with_nothing_around_it_is_seen_too()
    {
        var app = Apps.Make();
        app.Get("/", () => "x");
        await app.TestClient().Get("/");
        var log = Watch(app);
        await app.TestClient().Get("/");
        Assert.Equal(["pushed", "started", "finished 200", "tearing down ", "app tearing down ", "popped"], log);
    }

    [Fact]
    public async Task The_view_is_seen_between_the_functions_before_and_after_the_request()
    {
        var app = Apps.Make(testing: false);
        var log = new List<string>();
        app.BeforeRequest((Context context) => { log.Add("before"); return context.Request.Path == "/early" ? new Response("early") : null; });
        app.AfterRequest(() => log.Add("after"));
        app.Signals.BeforeView += (_, _) => log.Add("before view");
        app.Signals.ResponseMade += (_, _) => log.Add("made");
        app.Get("/", () => { log.Add("view"); return "x"; });
        app.Get("/broken", string () => throw new NotImplementedException());
        app.ErrorHandler<NotImplementedException>(_ => { log.Add("handler"); return "handled"; });
        var client = app.TestClient();
        await client.Get("/");
        await client.Get("/early");
        await client.Get("/broken");
        Assert.Equal(["before", "before view", "view", "made", "after", "before", "made", "after", "before", "before view", "handler", "made", "after"], log);
    }

    [Fact]
    public async Task A_view_with_nothing_else_around_it_is_seen_by_those_who_watch_it_alone()
    {
        var app = Apps.Make();
        var log = new List<string>();
        app.Signals.BeforeView += (_, _) => log.Add("before view");
        app.Get("/", () => "x");
        await app.TestClient().Get("/");
        Assert.Equal(["before view"], log);
    }

    [Fact]
    public async Task The_start_is_seen_once_and_may_still_add_to_the_app()
    {
        var app = Apps.Make();
        app.Signals.AppStarting += (sender, _) => ((App)sender!).Get("/late", () => "late");
        var client = app.TestClient();
        Assert.Equal("late", (await client.Get("/late")).Text);
        Assert.Equal("late", (await client.Get("/late")).Text);
    }

    [Fact]
    public async Task A_function_of_the_start_may_push_a_context_and_a_start_that_failed_is_tried_again()
    {
        var app = Apps.Make();
        var starts = new List<string>();
        app.Signals.AppStarting += (_, _) =>
        {
            using var context = app.AppContext();
            starts.Add(CurrentApp.Name);
            if (starts.Count == 1)
                throw new InvalidOperationException("no database yet");
        };
        app.Get("/late", () => "late", endpoint: "late");
        var client = app.TestClient();
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => client.Get("/late"));
        Assert.Equal("late", (await client.Get("/late")).Text);
        Assert.Equal(2, starts.Count);
    }

    [Fact]
    public async Task An_error_that_nobody_handles_is_seen_and_given_to_the_end()
    {
        var app = Apps.Make(testing: false);
        var log = Watch(app);
        app.Get("/", string () => throw new InvalidOperationException("broken"));
        await app.TestClient().Get("/");
        Assert.Equal(["pushed", "started", "exception broken", "finished 500", "tearing down broken", "app tearing down broken", "popped"], log);
    }

    [Fact]
    public async Task A_handler_that_fails_as_the_context_is_pushed_is_an_error_of_the_request()
    {
        var app = Apps.Make(testing: false);
        var log = new List<string>();
        app.Signals.AppContextPushed += (_, pushed) => throw (pushed.Context.Request.Path == "/known" ? new FormatException("known") : new InvalidOperationException("broken"));
        app.Signals.GotRequestException += (_, e) => log.Add($"exception {e.Exception.Message}");
        app.TeardownRequest(() => log.Add("teardown"));
        app.ErrorHandler<FormatException>(error => (error.Message, 400));
        app.ErrorHandler(500, _ => ("the app's page", 500));
        app.Get("/", () => "x");
        app.Get("/known", () => "x");
        var client = app.TestClient();
        Assert.Equal((500, "the app's page"), await Ask("/"));
        Assert.Equal(["exception broken", "teardown"], log);
        Assert.Equal((400, "known"), await Ask("/known"));
        Assert.False(HasAppContext);

        async Task<(int, string)> Ask(string path)
        {
            var answer = await client.Get(path);
            return (answer.StatusCode, answer.Text);
        }
    }

    [Fact]
    public async Task In_debug_mode_a_handler_that_fails_as_the_context_is_pushed_has_its_page()
    {
        var app = Apps.Make(testing: false);
        app.Debug = true;
        app.Signals.AppContextPushed += (_, _) => throw new InvalidOperationException("broken <signal>");
        app.Get("/", () => "x");
        var page = await app.TestClient().Get("/", headers: new { Accept = "text/html" });
        Assert.Equal(500, page.StatusCode);
        Assert.Contains("broken &lt;signal&gt; // Retort Debugger</title>", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_context_made_by_hand_that_a_handler_fails_in_is_not_left_behind()
    {
        var app = Apps.Make();
        var ended = 0;
        app.TeardownAppContext(() => ended++);
        app.Signals.AppContextPushed += (_, _) => throw new InvalidOperationException("broken");
        Assert.Throws<InvalidOperationException>(app.AppContext);
        Assert.Throws<InvalidOperationException>(() => app.TestRequestContext());
        Assert.False(HasAppContext);
        Assert.Equal(2, ended);
    }

    [Fact]
    public void A_context_made_by_hand_is_seen()
    {
        var app = Apps.Make();
        var log = Watch(app);
        using (app.AppContext())
            log.Add("inside");
        Assert.Equal(["pushed", "inside", "app tearing down ", "popped"], log);
    }

    [Fact]
    public async Task Templates_are_seen_with_what_they_see()
    {
        var app = Apps.Make();
        app.ContextProcessor(() => new { site = "S" });
        var seen = new List<string>();
        app.Signals.BeforeRenderTemplate += (_, e) => seen.Add($"before {e.Values["site"]} {e.Values["n"]} {e.Values.ContainsKey("request")}");
        app.Signals.TemplateRendered += (sender, e) => seen.Add($"after {e.Template.Name ?? "text"} {ReferenceEquals(sender, app)}");
        app.Get("/", () => RenderTemplateString("{{ site }}{{ n }}", new { n = 1 }));
        app.Get("/stream", () => StreamTemplateString("{{ site }}{{ n }}", new { n = 2 }));
        Assert.Equal("S1", await app.Text("/"));
        Assert.Equal("S2", await app.Text("/stream"));
        Assert.Equal(["before S 1 True", "after text True", "before S 2 True", "after text True"], seen.Select(line => line.Replace("<template>", "text", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Flashed_messages_are_seen()
    {
        var app = Apps.Make();
        var seen = new List<string>();
        app.Signals.MessageFlashed += (_, e) => seen.Add($"{e.Category}: {e.Message}");
        app.Get("/", () => { Flash("hello", "info"); return "x"; });
        await app.TestClient().Get("/");
        Assert.Equal(["info: hello"], seen);
    }

    private static List<string> Watch(App app)
    {
        var log = new List<string>();
        app.Signals.AppContextPushed += (_, _) => log.Add("pushed");
        app.Signals.RequestStarted += (_, _) => log.Add("started");
        app.Signals.RequestFinished += (_, e) => log.Add($"finished {e.Response.StatusCode}");
        app.Signals.GotRequestException += (_, e) => log.Add($"exception {e.Exception.Message}");
        app.Signals.RequestTearingDown += (_, e) => log.Add($"tearing down {e.Exception?.Message}");
        app.Signals.AppContextTearingDown += (_, e) => log.Add($"app tearing down {e.Exception?.Message}");
        app.Signals.AppContextPopped += (_, _) => log.Add("popped");
        return log;
    }
}

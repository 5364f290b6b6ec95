using Retort.Http.Exceptions;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Functions_run_in_flasks_order()
    {
        var app = Apps.Make();
        var log = new List<string>();
        var blueprint = new Blueprint("bp");
        app.BeforeRequest(() => log.Add("app before 1"));
        app.BeforeRequest(() => log.Add("app before 2"));
        app.AfterRequest((Response response) => log.Add("app after 1"));
        app.AfterRequest((Response response) => log.Add("app after 2"));
        app.TeardownRequest((Exception? error) => log.Add($"app teardown {error is null}"));
        app.TeardownAppContext(() => log.Add("context teardown"));
        blueprint.BeforeRequest(() => log.Add("bp before"));
        blueprint.AfterRequest((Response response) => log.Add("bp after"));
        blueprint.TeardownRequest(() => log.Add("bp teardown"));
        blueprint.Get("/", View);
        string View()
        {
            log.Add("view");
            AfterThisRequest((Response response) => log.Add("after this"));
            return "x";
        }
        app.RegisterBlueprint(blueprint);
        await app.TestClient().Get("/");
        Assert.Equal(
            ["app before 1", "app before 2", "bp before", "view", "after this", "bp after", "app after 2", "app after 1", "bp teardown", "app teardown True", "context teardown"],
            log);
    }

    [Fact]
    public async Task What_a_function_before_the_request_returns_takes_the_views_place()
    {
        var app = Apps.Make();
        app.BeforeRequest(() => Request.Path == "/blocked" ? ("blocked", 403) : (Response?)null);
        app.Get("/blocked", () => "view");
        app.Get("/open", () => "view");
        Assert.Equal(403, (await app.TestClient().Get("/blocked")).StatusCode);
        Assert.Equal("view", await app.Text("/open"));
    }

    [Fact]
    public async Task A_function_after_the_request_may_replace_the_response()
    {
        var app = Apps.Make();
        app.AfterRequest((Response response) => { response.Headers["X-Seen"] = "yes"; return response; });
        app.Get("/", () => "x");
        Assert.Equal("yes", (await app.TestClient().Get("/")).Headers["X-Seen"]);
    }

    [Fact]
    public async Task App_functions_run_for_what_is_not_found_and_blueprint_functions_do_not()
    {
        var app = Apps.Make();
        var seen = new List<string>();
        var blueprint = new Blueprint("bp") { UrlPrefix = "/bp" };
        app.BeforeRequest(() => seen.Add("app"));
        blueprint.BeforeRequest(() => seen.Add("bp"));
        blueprint.ErrorHandler(404, error => ("bp", 404));
        blueprint.Get("/", () => "x");
        app.RegisterBlueprint(blueprint);
        Assert.DoesNotContain("bp", (await app.TestClient().Get("/bp/none")).Text, StringComparison.Ordinal);
        Assert.Equal(["app"], seen);
    }

    [Fact]
    public async Task Handlers_are_found_by_code_then_class_and_blueprint_first()
    {
        var app = Apps.Make(testing: false);
        var blueprint = new Blueprint("api") { UrlPrefix = "/api" };
        app.ErrorHandler(404, error => ($"app 404 {error.Description}", 404));
        app.ErrorHandler<InvalidOperationException>(error => ($"app {error.Message}", 409));
        app.ErrorHandler<ArgumentException>(error => ("argument", 410));
        blueprint.ErrorHandler<HttpException>(error => (new { code = error.Code }, error.Code));
        app.Get("/missing", Response () => { Abort(404, "gone"); return ""; });
        app.Get("/null", Response () => throw new ArgumentNullException("x"));
        app.Get("/state", Response () => throw new InvalidOperationException("state"));
        blueprint.Get("/missing", Response () => throw new NotFound());
        blueprint.Get("/conflict", Response () => throw new Conflict());
        blueprint.Get("/state", Response () => throw new InvalidOperationException("state"));
        app.RegisterBlueprint(blueprint);
        Assert.Equal("app 404 gone", await app.Text("/missing"));
        Assert.Equal("argument", await app.Text("/null"));
        Assert.Equal("app state", await app.Text("/state"));
        // The app's handler is for the code, the blueprint's for any: a code is looked for everywhere first.
        Assert.StartsWith("app 404", await app.Text("/api/missing"), StringComparison.Ordinal);
        Assert.Equal("{\"code\":409}\n", await app.Text("/api/conflict"));
        Assert.Equal("app state", await app.Text("/api/state"));
        Assert.Equal("app 404 The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.", await app.Text("/api/none"));
    }

    [Fact]
    public async Task An_unhandled_error_is_a_500_without_details_and_the_next_request_is_served()
    {
        var app = Apps.Make(testing: false);
        app.Get("/crash", string () => throw new InvalidOperationException("the secret reason"));
        app.Get("/", () => "fine");
        var client = app.TestClient();
        var response = await client.Get("/crash");
        Assert.Equal(500, response.StatusCode);
        Assert.DoesNotContain("secret", response.Text, StringComparison.Ordinal);
        Assert.Equal("fine", (await client.Get("/")).Text);
    }

    [Fact]
    public async Task A_handler_that_fails_is_a_500()
    {
        var app = Apps.Make(testing: false);
        app.ErrorHandler<InvalidOperationException>(Response (error) => throw new InvalidOperationException("again"));
        app.Get("/", string () => throw new InvalidOperationException("once"));
        Assert.Equal(500, (await app.TestClient().Get("/")).StatusCode);
    }

    [Fact]
    public async Task The_handler_for_500_is_given_the_original_error()
    {
        var app = Apps.Make(testing: false);
        app.ErrorHandler<InternalServerError>(error => (error.OriginalException!.Message, 500));
        app.Get("/", string () => throw new InvalidOperationException("original"));
        Assert.Equal("original", await app.Text("/"));
    }

    [Fact]
    public async Task In_test_mode_an_unhandled_error_reaches_the_test()
    {
        var app = Apps.Make();
        var torn = false;
        app.TeardownRequest((Exception? error) => torn = error is InvalidOperationException);
        app.Get("/", string () => throw new InvalidOperationException("seen"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.TestClient().Get("/"));
        Assert.True(torn);
    }

    [Fact]
    public async Task Teardown_is_told_nothing_of_an_error_that_was_handled_and_all_of_it_runs()
    {
        var app = Apps.Make(testing: false);
        var seen = new List<string>();
        app.TeardownRequest((Exception? error) => seen.Add(error is null ? "none" : "error"));
        app.TeardownRequest(Action () => throw new InvalidOperationException("in teardown"));
        app.ErrorHandler<InvalidOperationException>(error => ("handled", 400));
        app.Get("/", string () => throw new InvalidOperationException("x"));
        Assert.Equal("handled", await app.Text("/"));
        Assert.Equal(["none"], seen);
    }

    [Fact]
    public async Task Abort_ends_a_view_with_a_page_or_a_response()
    {
        var app = Apps.Make();
        app.Get("/page", Response () => { Abort(403, "a <b>\nc"); return ""; });
        app.Get("/own", Response () => { Abort(("own", 409)); return ""; });
        var page = await app.TestClient().Get("/page");
        Assert.Equal("<!doctype html>\n<html lang=en>\n<title>403 Forbidden</title>\n<h1>Forbidden</h1>\n<p>a &lt;b&gt;<br>c</p>\n", page.Text);
        var own = await app.TestClient().Get("/own");
        Assert.Equal((409, "own"), (own.StatusCode, own.Text));
    }

    [Fact]
    public async Task The_method_is_checked_and_head_and_options_answer_by_themselves()
    {
        var app = Apps.Make();
        app.Get("/", () => "12345");
        app.Post("/", () => "posted");
        var client = app.TestClient();
        var wrong = await client.Delete("/");
        Assert.Equal((405, "GET, HEAD, OPTIONS, POST"), (wrong.StatusCode, string.Join(", ", wrong.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal))));
        var head = await client.Head("/");
        Assert.Equal((200, "5", ""), (head.StatusCode, head.Headers["Content-Length"], head.Text));
        var options = await client.Options("/");
        Assert.Equal((200, "GET, HEAD, OPTIONS, POST"), (options.StatusCode, string.Join(", ", options.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal))));
    }

    [Fact]
    public async Task A_path_without_its_slash_redirects()
    {
        var app = Apps.Make();
        app.Get("/notes/", () => "notes");
        var response = await app.TestClient().Get("/notes?a=1");
        Assert.Equal((308, "http://localhost/notes/?a=1"), (response.StatusCode, response.Location));
        Assert.Equal("notes", (await app.TestClient().Get("/notes", followRedirects: true)).Text);
    }

    [Fact]
    public async Task Setup_after_the_first_request_is_refused()
    {
        var app = Apps.Make();
        app.Get("/", () => "x");
        await app.TestClient().Get("/");
        var error = Assert.Throws<InvalidOperationException>(() => app.BeforeRequest(() => { }));
        Assert.Equal("cannot call BeforeRequest now: the app has answered its first request, and the change would be missed by some. Do all setup before the app runs.", error.Message);
    }

    [Fact]
    public void Context_locals_say_what_is_missing_outside_of_a_request()
    {
        Assert.Equal(
            "Request was used outside a request. Inside a view it is set for you; elsewhere use app.TestRequestContext() or pass the value in.",
            Assert.Throws<ContextError>(() => Request).Message);
        Assert.Throws<ContextError>(() => Session);
        Assert.Throws<ContextError>(() => G);
        Assert.False(HasRequestContext);
        using (Apps.Make().AppContext())
        {
            Assert.True(HasAppContext);
            Assert.Throws<ContextError>(() => Request);
            G["x"] = 1;
            Assert.Equal(1, G.Get<int>("x"));
        }
        Assert.False(HasAppContext);
    }

    [Fact]
    public async Task Concurrent_requests_each_have_their_own_context()
    {
        var app = Apps.Make();
        app.Get("/<int:id>", async (int id) =>
        {
            G["id"] = id;
            await Task.Yield();
            return $"{G["id"]} {Request.Path}";
        });
        var client = app.TestClient();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(id => client.Get($"/{id}")));
        Assert.All(answers.Select((answer, id) => (answer.Text, id)), pair => Assert.Equal($"{pair.id} /{pair.id}", pair.Text));
    }

    [Fact]
    public async Task Url_preprocessors_may_change_what_views_are_given()
    {
        var app = Apps.Make();
        app.UrlValuePreprocessor((_, values) => { if (values.Remove("lang", out var lang)) G["lang"] = lang; });
        app.UrlDefaults((_, values) => values.TryAdd("lang", G.Get<string>("lang")));
        app.Get("/<lang>/about", () => $"about in {G["lang"]}, {UrlFor("about")}", endpoint: "about");
        Assert.Equal("about in de, /de/about", await app.Text("/de/about"));
    }
}

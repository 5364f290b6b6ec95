using System.Numerics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

public sealed class ViewTests
{
    private readonly App _app = Apps.Make();

    [Fact]
    public async Task A_text_is_html()
    {
        _app.Get("/", () => "<b>ü</b>");
        var response = await _app.TestClient().Get("/");
        Assert.Equal((200, "text/html; charset=utf-8", "<b>ü</b>"), (response.StatusCode, response.ContentType, response.Text));
        Assert.Equal("9", response.Headers["Content-Length"]);
    }

    [Fact]
    public async Task Bytes_are_sent_as_they_are()
    {
        _app.Get("/", () => new byte[] { 0, 1, 255 });
        Assert.Equal([0, 1, 255], (await _app.TestClient().Get("/")).Data.ToArray());
    }

    [Fact]
    public async Task An_object_is_json_with_a_final_newline()
    {
        _app.Get("/", () => new { id = 3, name = "é<", list = new[] { 1.0, 2.5 }, none = (string?)null });
        var response = await _app.TestClient().Get("/");
        Assert.Equal("application/json", response.ContentType);
        Assert.Equal("{\"id\":3,\"name\":\"\\u00e9<\",\"list\":[1.0,2.5],\"none\":null}\n", response.Text);
    }

    [Fact]
    public async Task A_list_and_a_dictionary_are_json()
    {
        _app.Get("/list", () => new List<string> { "a", "b" });
        _app.Get("/map", () => new Dictionary<string, int> { ["b"] = 1, ["a"] = 2 });
        Assert.Equal("[\"a\",\"b\"]\n", await _app.Text("/list"));
        Assert.Equal("{\"b\":1,\"a\":2}\n", await _app.Text("/map"));
    }

    [Fact]
    public async Task A_tuple_gives_body_status_and_headers()
    {
        _app.Get("/status", () => ("made", 201));
        _app.Get("/text", () => ("short", "418 I AM A TEAPOT"));
        _app.Get("/headers", () => ("x", new Dictionary<string, string> { ["X-A"] = "1", ["Content-Type"] = "text/x-custom" }));
        _app.Get("/all", () => ("x", 202, new[] { ("X-A", "1"), ("X-A", "2") }));
        _app.Get("/json", () => (new { error = "no" }, 400));
        var client = _app.TestClient();
        Assert.Equal(201, (await client.Get("/status")).StatusCode);
        Assert.Equal(418, (await client.Get("/text")).StatusCode);
        Assert.Equal("text/x-custom", (await client.Get("/headers")).ContentType);
        Assert.Equal(["1", "2"], (await client.Get("/all")).Headers.GetAll("X-A"));
        var json = await client.Get("/json");
        Assert.Equal((400, "{\"error\":\"no\"}\n"), (json.StatusCode, json.Text));
    }

    [Fact]
    public async Task A_task_is_awaited()
    {
        _app.Get("/task", async () => { await Task.Yield(); return "later"; });
        _app.Get("/value", async ValueTask<Response> (int? none) => { await Task.Yield(); return "later too"; }, options: new() { Defaults = new { none = 1 } });
        Assert.Equal("later", await _app.Text("/task"));
        Assert.Equal("later too", await _app.Text("/value"));
    }

    [Fact]
    public async Task Pieces_of_text_are_streamed_with_the_context_kept()
    {
        static IEnumerable<string> Pieces()
        {
            yield return "Hello ";
            yield return Request.Args["name"];
        }
        _app.Get("/", () => Pieces());
        var response = await _app.TestClient().Get("/", query: new { name = "jo" });
        Assert.Equal("Hello jo", response.Text);
        Assert.False(response.Headers.Contains("Content-Length"));
    }

    [Fact]
    public async Task An_asp_net_core_result_is_executed()
    {
        _app.Get("/", IResult () => Results.Text("from a result", "text/plain", statusCode: 202));
        var response = await _app.TestClient().Get("/");
        Assert.Equal((202, "from a result"), (response.StatusCode, response.Text));
    }

    [Fact]
    public async Task Null_and_numbers_are_errors_that_name_the_view()
    {
        string? Nothing() => null;
        _app.Get("/null", Nothing);
        _app.Get("/number", object () => 5);
        var client = _app.TestClient();
        var error = await Assert.ThrowsAsync<ViewError>(() => client.Get("/null"));
        Assert.Equal(
            "the view Nothing of the endpoint 'nothing' did not return a response: it returned null or nothing. Return text, an object, a tuple or a Response on every path.",
            error.Message);
        await Assert.ThrowsAsync<ViewError>(() => client.Get("/number"));
    }

    [Fact]
    public async Task Url_variables_bind_by_name_and_type()
    {
        _app.Get("/i/<int:id>", (int id) => $"{id + 1}");
        _app.Get("/l/<int:id>/<float:x>", (long id, double x) => $"{id} {x:0.0}");
        _app.Get("/s/<post_id>", (string postId) => postId);
        _app.Get("/u/<uuid:key>", (Guid key) => key.ToString());
        _app.Get("/p/<path:file>", (string file) => file);
        _app.Get("/o/<int:n>", (object n) => n.GetType().Name);
        Assert.Equal("8", await _app.Text("/i/7"));
        Assert.Equal("12 1.5", await _app.Text("/l/12/1.5"));
        Assert.Equal("a b/ü".Replace("/", "", StringComparison.Ordinal), await _app.Text("/s/a%20b%C3%BC"));
        Assert.Equal("12345678-1234-5678-1234-567812345678", await _app.Text("/u/12345678-1234-5678-1234-567812345678"));
        Assert.Equal("a/b", await _app.Text("/p/a%2Fb"));
        Assert.NotEqual("", await _app.Text("/o/1"));
    }

    [Fact]
    public async Task Defaults_fill_parameters_the_rule_lacks()
    {
        string Page(int page) => $"page {page}";
        _app.Get("/paged/", Page, options: new() { Defaults = new { page = 1 } });
        _app.Get("/paged/<int:page>", Page);
        Assert.Equal("page 1", await _app.Text("/paged/"));
        Assert.Equal("page 2", await _app.Text("/paged/2"));
        Assert.Equal("http://localhost/paged/", (await _app.TestClient().Get("/paged/1")).Location);
    }

    [Fact]
    public async Task What_the_framework_knows_binds_by_type()
    {
        _app.Services.AddSingleton(new Clock("noon"));
        _app.Get("/", (Context context, HttpContext http, Clock clock, CancellationToken cancel) =>
            $"{context.Request.Path} {http.Request.Method} {clock.Time} {cancel.CanBeCanceled}");
        Assert.StartsWith("/ GET noon", await _app.Text("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_bind_query_form_header_and_body()
    {
        _app.Get("/q", ([FromQuery] int page = 1, [FromQuery] string[]? tag = null, [FromHeader(Name = "X-Key")] string? key = null) => $"{page} {string.Join('+', tag ?? [])} {key}");
        _app.Post("/f", ([FromForm] string name, [FromForm] bool loud) => $"{name} {loud}");
        _app.Post("/b", ([FromBody] Note note) => note.Title);
        var client = _app.TestClient();
        Assert.Equal("1  ", (await client.Get("/q")).Text);
        Assert.Equal("3 a+b k", (await client.Get("/q?page=3&tag=a&tag=b", headers: new { X_Key = "k" })).Text);
        Assert.Equal("jo True", (await client.Post("/f", form: new { name = "jo", loud = "on" })).Text);
        Assert.Equal("t", (await client.Post("/b", json: new { title = "t" })).Text);
    }

    [Fact]
    public async Task A_value_that_does_not_fit_its_parameter_is_a_400_that_names_it()
    {
        _app.Get("/q", ([FromQuery] int page) => $"{page}");
        _app.Post("/b", ([FromBody] Note note) => note.Title);
        var client = _app.TestClient();
        var wrong = await client.Get("/q?page=x");
        Assert.Equal(400, wrong.StatusCode);
        Assert.Contains("&#39;page&#39;", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(400, (await client.Get("/q")).StatusCode);
        Assert.Equal(415, (await client.Post("/b", form: new { title = "x" })).StatusCode);
        Assert.Equal(400, (await client.Post("/b", data: "{"u8.ToArray(), headers: new { Content_Type = "application/json" })).StatusCode);
    }

    [Fact]
    public void A_parameter_that_nothing_gives_fails_when_the_rule_is_added()
    {
        string Show(int ident) => $"{ident}";
        var error = Assert.Throws<ViewError>(() => _app.Get("/note/<int:id>", Show));
        Assert.Equal(
            "cannot add the rule '/note/<int:id>': nothing is known for the parameter 'ident' (Int32) of the view Show of the endpoint 'show'; its variables are id. "
            + "Name it as a variable of the rule, register the type in app.Services before the route, or say where it comes from: [FromServices], [FromQuery], [FromForm], [FromBody].",
            error.Message);
    }

    [Fact]
    public void A_parameter_of_another_type_than_its_variable_fails_when_the_rule_is_added()
    {
        string Show(int id) => $"{id}";
        var error = Assert.Throws<ViewError>(() => _app.Get("/note/<id>", Show));
        Assert.Equal(
            "cannot add the rule '/note/<id>': the parameter 'id' of the view Show of the endpoint 'show' is an int, but <id> gives text. Write <int:id>, or change the parameter's type.",
            error.Message);
    }

    [Fact]
    public void A_view_that_can_only_return_a_number_fails_when_the_rule_is_added() =>
        Assert.Throws<ViewError>(() => _app.Get("/", () => 5));

    [Fact]
    public void An_endpoint_belongs_to_one_view()
    {
        string Show() => "a";
        _app.Get("/a", Show);
        var error = Assert.Throws<ViewError>(() => _app.Get("/b", () => "b", endpoint: "show"));
        Assert.Equal("cannot add the rule '/b': the endpoint 'show' belongs to another view. Give this one its own name: endpoint: \"...\".", error.Message);
    }

    [Fact]
    public async Task Lambdas_on_one_rule_are_told_apart_by_their_methods()
    {
        _app.Get("/x", () => "get");
        _app.Post("/x", () => "post");
        Assert.Equal("get", await _app.Text("/x"));
        Assert.Equal("post", (await _app.TestClient().Post("/x")).Text);
    }

    [Fact]
    public async Task Decorators_run_outermost_first()
    {
        _app.Get("/", [Mark("a"), Mark("b")] () => "view");
        Assert.Equal("a(b(view))", await _app.Text("/"));
    }

    [Fact]
    public async Task A_class_of_views_is_added_by_its_attributes()
    {
        _app.AddViews(typeof(Notes));
        Assert.Equal("note 3", await _app.Text("/note/3"));
        Assert.Equal("POST", (await _app.TestClient().Post("/note")).Text);
        using (_app.TestRequestContext())
            Assert.Equal("/note/3", UrlFor(Notes.Show, new { id = 3 }));
    }

    [Fact]
    public async Task A_big_number_is_not_found()
    {
        _app.Get("/<int:id>", (int id) => $"{id}");
        Assert.Equal(404, (await _app.TestClient().Get($"/{new BigInteger(ulong.MaxValue)}")).StatusCode);
    }

    private sealed record Clock(string Time);

    private sealed record Note(string Title);

    private static class Notes
    {
        [Get("/note/<int:id>")]
        public static string Show(int id) => $"note {id}";

        [Route("/note", "POST", "PUT")]
        public static string Change() => Request.Method;
    }

    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    private sealed class MarkAttribute(string name) : DecoratorAttribute
    {
        protected override async ValueTask<Response> Call(Context context, Func<ValueTask<Response>> view)
        {
            var response = await view();
            response.Text = $"{name}({response.Text})";
            return response;
        }
    }
}

using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

public sealed class ViewClassTests
{
    private readonly App _app = Apps.Make();

    [Fact]
    public async Task A_method_view_answers_with_the_method_of_the_requests_name()
    {
        _app.AddUrlRule("/", "things", () => new Things());
        var client = _app.TestClient();
        Assert.Equal("got none", (await client.Get("/")).Text);
        Assert.Equal("put", (await client.Put("/")).Text);
        Assert.Equal(200, (await client.Head("/")).StatusCode);
        Assert.Equal("GET, HEAD, OPTIONS, PUT", string.Join(", ", (await client.Post("/")).Headers["Allow"].Split(", ").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Rules_of_one_endpoint_share_a_class_and_bind_each_their_own_variables()
    {
        _app.AddUrlRule("/", "things", () => new Things(), ["GET"]);
        _app.AddUrlRule("/<int:id>", "things", () => new Things(), ["GET"]);
        Assert.Equal("got none", await _app.Text("/"));
        Assert.Equal("got 3", await _app.Text("/3"));
        using (_app.TestRequestContext())
            Assert.Equal(["/", "/3"], [UrlFor("things"), UrlFor("things", new { id = 3 })]);
    }

    [Fact]
    public async Task A_view_answers_all_its_methods_with_an_object_for_each_request()
    {
        var made = 0;
        _app.AddUrlRule("/<word>", "counted", () => new Counted(++made), ["GET", "POST"]);
        Assert.Equal("a 1", await _app.Text("/a"));
        Assert.Equal("b 2", (await _app.TestClient().Post("/b")).Text);
    }

    [Fact]
    public async Task Decorators_of_the_class_go_around_those_of_the_method()
    {
        _app.AddUrlRule("/", "guarded", () => new Guarded());
        Assert.Equal("class(method(view))", await _app.Text("/"));
    }

    [Fact]
    public async Task A_class_joins_a_blueprint()
    {
        var blueprint = new Blueprint("bp") { UrlPrefix = "/bp" };
        blueprint.AddUrlRule("/", "things", () => new Things());
        _app.RegisterBlueprint(blueprint);
        Assert.Equal("got none", await _app.Text("/bp/"));
    }

    [Fact]
    public void A_rule_with_a_method_the_class_lacks_is_refused()
    {
        var error = Assert.Throws<ViewError>(() => _app.AddUrlRule("/", "things", () => new Things(), ["POST"]));
        Assert.Equal("cannot add the rule '/': Things has no public method Post. Write it, or leave its method out of the rule's.", error.Message);
    }

    [Fact]
    public void A_variable_of_another_type_is_refused()
    {
        var error = Assert.Throws<ViewError>(() => _app.AddUrlRule("/<uuid:id>", "things", () => new Things(), ["GET"]));
        Assert.Contains("the parameter 'id'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_with_a_default_may_be_missing_in_the_rule()
    {
        _app.Get("/", Page, "page");
        _app.Get("/<int:number>", Page, "page");
        static string Page(int number = 1) => $"page {number}";
        Assert.Equal("page 1", await _app.Text("/"));
        Assert.Equal("page 2", await _app.Text("/2"));
    }

    private sealed class Things : MethodView
    {
        public string Get(int? id = null) => $"got {id?.ToString() ?? "none"}";

        public string Put() => "put";
    }

    private sealed class Counted(int number) : View
    {
        public string DispatchRequest(string word) => $"{word} {number}";
    }

    [Around("class")]
    private sealed class Guarded : MethodView
    {
        [Around("method")]
        public string Get() => "view";
    }

    private sealed class AroundAttribute(string name) : DecoratorAttribute
    {
        protected override async ValueTask<Response> Call(Context context, Func<ValueTask<Response>> view) => $"{name}({(await view()).Text})";
    }
}

using Retort.Routing;

namespace Retort.Tests.Routing;

public class BuildTests
{
    private static readonly Map Pages = new(
        new Rule("/") { Endpoint = "index" },
        new Rule("/user/<name>") { Endpoint = "user" },
        new Rule("/note/<int(fixed_digits=3):id>") { Endpoint = "show_note", Methods = ["GET"] },
        new Rule("/list/") { Endpoint = "list", Defaults = new Dictionary<string, object?> { ["page"] = 1 } },
        new Rule("/list/<int:page>") { Endpoint = "list" },
        new Rule("/search") { Endpoint = "search", Methods = ["GET"] },
        new Rule("/find") { Endpoint = "search", Methods = ["POST"] },
        new Rule("/") { Endpoint = "admin", Subdomain = "admin" },
        new Rule("/live") { Endpoint = "live", WebSocket = true },
        new Rule("/f/<float:x>/<path:p>/<any(a, b):c>") { Endpoint = "all" });

    private static string Build(string endpoint, params KeyValuePair<string, object?>[] values) => Adapter().Build(endpoint, values);

    private static MapAdapter Adapter(string scheme = "http", string script = "/") => Pages.Bind(new Binding { ServerName = "example.org", Scheme = scheme, ScriptName = script });

    private static KeyValuePair<string, object?> Pair(string name, object? value) => new(name, value);

    [Fact]
    public void Values_go_into_variables_and_the_rest_into_the_query()
    {
        Assert.Equal("/user/jane%20doe", Build("user", Pair("name", "jane doe")));
        Assert.Equal("/user/x?q=a+b%26c&n=1&n=2", Build("user", Pair("q", "a b&c"), Pair("name", "x"), Pair("n", new[] { 1, 2 }), Pair("none", null)));
        Assert.Equal("/note/007", Build("show_note", Pair("id", 7)));
        Assert.Equal("/f/2.0/a/b%3F/b", Build("all", Pair("x", 2), Pair("p", "a/b?"), Pair("c", "b")));
    }

    [Theory]
    [InlineData(1e16, "/f/1e+16/p/a")]
    [InlineData(0.0001, "/f/0.0001/p/a")]
    [InlineData(1e-7, "/f/1e-07/p/a")]
    [InlineData(-123456.75, "/f/-123456.75/p/a")]
    [InlineData("12", "/f/12.0/p/a")]
    [InlineData(true, "/f/1.0/p/a")]
    public void Numbers_are_written_as_Python_writes_them(object number, string url) => Assert.Equal(url, Build("all", Pair("x", number), Pair("p", "p"), Pair("c", "a")));

    [Fact]
    public void The_shorter_rule_is_built_when_a_value_is_its_default()
    {
        Assert.Equal("/list/", Build("list"));
        Assert.Equal("/list/?q=z", Build("list", Pair("page", 1L), Pair("q", "z")));
        Assert.Equal("/list/2", Build("list", Pair("page", 2)));
    }

    [Fact]
    public void The_rule_of_the_current_method_is_preferred_and_another_is_better_than_none()
    {
        Assert.Equal("/search", Build("search"));
        Assert.Equal("/find", Adapter().Build("search", method: "POST"));
        var posting = Pages.Bind(new Binding { ServerName = "example.org", DefaultMethod = "POST" });
        Assert.Equal("/find", posting.Build("search"));
        Assert.Equal("/note/001", posting.Build("show_note", [Pair("id", 1)]));
    }

    [Fact]
    public void An_external_URL_has_scheme_host_and_mount_point()
    {
        Assert.Equal("https://example.org/app/", Adapter("https", "/app").Build("index", forceExternal: true));
        Assert.Equal("/app/user/x", Adapter("https", "/app/").Build("user", [Pair("name", "x")]));
        Assert.Equal("//example.org/", Adapter().Build("index", forceExternal: true, scheme: ""));
        Assert.Equal("http://admin.example.org/", Build("admin"));
        Assert.Equal("wss://example.org/live", Adapter("https").Build("live"));
        Assert.Equal("ws://example.org/live", Build("live"));
        Assert.Equal("http://example.org/", Adapter("ws").Build("index", forceExternal: true));
    }

    [Fact]
    public void An_anchor_is_encoded_and_unknown_values_can_be_dropped()
    {
        Assert.Equal("/?a=1#top%20%3C%C3%BC", Adapter().Build("index", [Pair("a", 1)], anchor: "top <ü"));
        Assert.Equal("/", Adapter().Build("index", [Pair("a", 1)], appendUnknown: false));
    }

    [Fact]
    public void A_sorted_query_is_sorted_by_name_and_value()
    {
        var map = new Map { SortParameters = true };
        map.Add(new Rule("/") { Endpoint = "index" });
        Assert.Equal("/?a=2&a=10&b=1", map.Bind(new Binding { ServerName = "x" }).Build("index", [Pair("b", 1), Pair("a", new object[] { 10, 2 })]));
    }

    [Fact]
    public void A_value_that_is_wrong_for_its_converter_is_an_argument_error()
    {
        Assert.Equal("'x' is not a whole number; the variable takes only those", Assert.Throws<ArgumentException>(() => Build("show_note", Pair("id", "x"))).Message);
        Assert.Equal("'c' is not one of 'a', 'b'", Assert.Throws<ArgumentException>(() => Build("all", Pair("x", 1), Pair("p", "p"), Pair("c", "c"))).Message);
        Assert.Throws<ArgumentException>(() => Build("user", Pair("name", new[] { "a", "b" })));
    }

    [Theory]
    [InlineData("show_nots", "GET", "no endpoint 'show_nots' (GET, values: id). Did you mean 'show_note'?")]
    [InlineData("show_nots", null, "no endpoint 'show_nots' (values: id). Did you mean 'show_note'?")]
    [InlineData("user", null, "endpoint 'user' has no rule for this (values: id). Give a value for name.")]
    [InlineData("show_note", "POST", "endpoint 'show_note' has no rule for this (POST, values: id). Use one of its methods: GET, HEAD.")]
    public void A_build_error_names_what_was_asked_for_and_what_to_do(string endpoint, string? method, string message)
    {
        var error = Assert.Throws<BuildError>(() => Adapter().Build(endpoint, [Pair("id", 1), Pair("none", null)], method));
        Assert.Equal(message, error.Message);
        Assert.Equal((endpoint, method), (error.Endpoint, error.Method));
        Assert.Equal(["id"], error.Values);
    }

    [Fact]
    public void A_build_error_of_an_empty_map_says_so() =>
        Assert.Equal("no endpoint 'index' (values: none). The map has no rules: add one.", Assert.Throws<BuildError>(() => new Map().Bind(new Binding { ServerName = "x" }).Build("index")).Message);

    [Fact]
    public void An_endpoint_tells_which_arguments_it_expects()
    {
        Assert.True(Pages.IsEndpointExpecting("list", "page"));
        Assert.False(Pages.IsEndpointExpecting("list", "page", "lang"));
        Assert.False(Pages.IsEndpointExpecting("nothing", "page"));
    }

    [Fact]
    public void The_allowed_methods_of_a_path_are_those_of_all_its_rules()
    {
        var map = new Map(new Rule("/<foo>") { Methods = ["GET"] }, new Rule("/foo") { Methods = ["POST"] }, new Rule("/any/") { Endpoint = "any" });
        var adapter = map.Bind(new Binding { ServerName = "x" });
        Assert.Equal(["POST", "GET", "HEAD"], adapter.AllowedMethods("/foo"));
        Assert.Empty(adapter.AllowedMethods("/any/"));
        Assert.Empty(adapter.AllowedMethods("/a/b/c"));
    }
}

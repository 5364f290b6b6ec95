using System.Diagnostics;
using Retort.Routing;

namespace Retort.Tests.Routing;

public class MatcherTests
{
    private static MatchResult.Found Found(Map map, string path, string method = "GET") => Assert.IsType<MatchResult.Found>(map.Match(method, path));

    private static Map MapOf(params string[] rules) => new(rules.Select(rule => new Rule(rule) { Endpoint = rule }));

    [Fact]
    public void A_rule_with_a_trailing_slash_redirects_the_bare_path()
    {
        var map = new Map(new Rule("/users/"));
        Assert.Equal(new MatchResult.RedirectTo("/users/"), map.Match("GET", "/users"));
    }

    [Fact]
    public void A_rule_without_a_trailing_slash_does_not_match_the_path_with_one() =>
        Assert.Equal(new MatchResult.NotFound(), MapOf("/users").Match("GET", "/users/"));

    [Fact]
    public void A_lenient_rule_matches_with_and_without_its_slash()
    {
        var map = new Map(new Rule("/a/") { Endpoint = "a" }, new Rule("/b") { Endpoint = "b" }) { StrictSlashes = false };
        Assert.Equal(("a", "a"), (Found(map, "/a").Rule.Endpoint, Found(map, "/a/").Rule.Endpoint));
        Assert.Equal(("/a/", 2), (map.First().Text, map.Count));
    }

    [Fact]
    public void An_empty_path_redirects_to_the_root() => Assert.Equal(new MatchResult.RedirectTo("/"), MapOf("/").Match("GET", ""));

    [Fact]
    public void A_path_variable_redirects_to_its_slash_too()
    {
        var map = MapOf("/<path:p>/");
        Assert.Equal(new MatchResult.RedirectTo("/a/b/"), map.Match("GET", "/a/b"));
        Assert.Equal("a/b", Found(map, "/a/b/").Values["p"]);
    }

    [Theory]
    [InlineData("/p/static", "/p/static")]
    [InlineData("/p/12", "/p/<int:x>")]
    [InlineData("/p/abc", "/p/<x>")]
    [InlineData("/p/a/b", "/p/<path:x>")]
    [InlineData("/q/r", "/<a>/<b>")]
    [InlineData("/p/static/tail", "/p/<x>/tail")]
    public void Literal_text_comes_before_numbers_before_strings_before_paths(string path, string rule)
    {
        string[] rules = ["/p/<x>", "/p/static", "/p/<int:x>", "/p/<path:x>", "/<a>/<b>", "/p/<x>/tail"];
        Assert.Equal(rule, Found(MapOf(rules), path).Rule.Text);
        Assert.Equal(rule, Found(MapOf([.. rules.Reverse()]), path).Rule.Text);
    }

    [Fact]
    public void Of_two_equal_rules_the_first_answers()
    {
        var map = new Map(new Rule("/<a>") { Endpoint = "first" }, new Rule("/<b>") { Endpoint = "second" });
        Assert.Equal("first", Found(map, "/x").Rule.Endpoint);
    }

    [Fact]
    public void Several_variables_share_a_part()
    {
        var map = MapOf("/<int:year>-<slug>.<any(html, txt):format>");
        var values = Found(map, "/2024-a-b.c.txt").Values;
        Assert.Equal([2024, "a-b.c", "txt"], values.Values);
    }

    [Fact]
    public void Variables_keep_the_order_of_the_rule_beyond_the_inline_buffer()
    {
        var map = MapOf("/<a>/<b>/<c>/<d>/<e>/<f>/<int:g>");
        Assert.Equal("a=1 b=2 c=3 d=4 e=5 f=6 g=7", string.Join(' ', Found(map, "/1/2/3/4/5/6/7").Values.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public void HEAD_is_answered_wherever_GET_is()
    {
        var map = new Map(new Rule("/") { Endpoint = "index", Methods = ["get"] });
        Assert.Equal(["GET", "HEAD"], Found(map, "/", "HEAD").Rule.Methods!);
    }

    [Fact]
    public void Another_method_is_told_all_methods_of_the_path()
    {
        var map = new Map(
            new Rule("/items/<int:id>") { Endpoint = "get", Methods = ["GET"] },
            new Rule("/items/<name>") { Endpoint = "put", Methods = ["PUT", "GET"] });
        Assert.Equal(["GET", "HEAD", "PUT"], Assert.IsType<MatchResult.MethodNotAllowed>(map.Match("DELETE", "/items/1")).Methods);
        Assert.Equal(["PUT", "GET", "HEAD"], Assert.IsType<MatchResult.MethodNotAllowed>(map.Match("DELETE", "/items/x")).Methods);
    }

    [Fact]
    public void A_slash_is_redirected_to_only_for_a_method_the_rule_answers()
    {
        var map = new Map(new Rule("/form/") { Endpoint = "form", Methods = ["POST"] });
        Assert.Equal(new MatchResult.RedirectTo("/form/"), map.Match("POST", "/form"));
        Assert.Equal(new MatchResult.NotFound(), map.Match("GET", "/form"));
    }

    [Fact]
    public void A_number_out_of_range_is_not_found_but_the_methods_passed_over_are_known()
    {
        var map = new Map(
            new Rule("/x/<int:n>") { Endpoint = "post", Methods = ["POST"] },
            new Rule("/x/<int(max=5):n>") { Endpoint = "get", Methods = ["GET"] });
        Assert.Equal(["POST"], Assert.IsType<MatchResult.MethodNotAllowed>(map.Match("GET", "/x/9")).Methods);
        Assert.Equal(new MatchResult.NotFound(), new Map(map.Skip(1)).Match("GET", "/x/9"));
    }

    [Theory]
    [InlineData("//a/b", null)]
    [InlineData("/a//b", "/a/b")]
    [InlineData("/a///b", "/a/b")]
    [InlineData("/c//d", "/c/d/")]
    [InlineData("/c/d//", "/c/d/")]
    [InlineData("/h//1/z", "/h/1/z")]
    [InlineData("/h/1//2/z", null)]
    public void Repeated_slashes_redirect_to_single_ones_outside_path_variables(string path, string? redirect)
    {
        var result = MapOf("/a/b", "/c/d/", "/h/<path:p>/z").Match("GET", path);
        Assert.Equal(redirect, (result as MatchResult.RedirectTo)?.Url);
        Assert.True(redirect is not null || result is MatchResult.Found);
    }

    [Fact]
    public void Repeated_slashes_are_not_found_where_the_rule_or_the_map_keeps_them()
    {
        Assert.Equal(new MatchResult.NotFound(), new Map(new Rule("/e/f") { MergeSlashes = false }).Match("GET", "/e//f"));
        var map = new Map { MergeSlashes = false };
        map.Add(new Rule("/e//f") { Endpoint = "two" });
        Assert.Equal("two", Found(map, "/e//f").Rule.Endpoint);
        Assert.Equal(new MatchResult.NotFound(), map.Match("GET", "/e/f"));
    }

    [Fact]
    public void Values_that_are_a_rules_defaults_redirect_to_it()
    {
        var map = new Map(
            new Rule("/all/") { Endpoint = "all", Defaults = new Dictionary<string, object?> { ["page"] = 1 } },
            new Rule("/all/page/<int:page>") { Endpoint = "all" });
        Assert.Equal(new MatchResult.RedirectTo("/all/"), map.Match("GET", "/all/page/1"));
        Assert.Equal(2, Found(map, "/all/page/2").Values["page"]);
        Assert.Equal(1, Found(map, "/all/").Values["page"]);
    }

    [Fact]
    public void Defaults_redirect_nowhere_when_the_map_says_so()
    {
        var map = new Map { RedirectDefaults = false };
        map.Add(new Rule("/all/") { Endpoint = "all", Defaults = new Dictionary<string, object?> { ["page"] = 1 } });
        map.Add(new Rule("/all/page/<int:page>") { Endpoint = "all" });
        map.Add(new Rule("/everything/<int:page>") { Endpoint = "all", Alias = true });
        Assert.Equal(1, Found(map, "/all/page/1").Values["page"]);
        Assert.Equal(3, Found(map, "/everything/3").Values["page"]);
    }

    [Fact]
    public void An_alias_redirects_to_its_canonical_rule()
    {
        var map = new Map(new Rule("/index.html") { Endpoint = "index", Alias = true }, new Rule("/") { Endpoint = "index" });
        Assert.Equal(new MatchResult.RedirectTo("/"), map.Match("GET", "/index.html"));
    }

    [Fact]
    public void An_alias_of_nothing_answers_instead_of_redirecting_to_itself() =>
        Assert.Equal("index", Found(new Map(new Rule("/index.html") { Endpoint = "index", Alias = true }), "/index.html").Rule.Endpoint);

    [Fact]
    public void A_rule_redirects_to_a_template_or_to_what_a_function_says()
    {
        var map = new Map(
            new Rule("/old/<slug>") { RedirectTo = "new/<slug>" },
            new Rule("/older/<int:id>") { RedirectBy = (_, values) => $"/new/{values["id"]}?from=older" },
            new Rule("/away/<int:id>") { RedirectTo = "https://example.com/<id>" });
        Assert.Equal(new MatchResult.RedirectTo("/new/a%20b"), map.Match("GET", "/old/a b"));
        Assert.Equal(new MatchResult.RedirectTo("/new/7?from=older"), map.Match("GET", "/older/7"));
        Assert.Equal(new MatchResult.RedirectTo("https://example.com/7"), map.Match("GET", "/away/7"));
    }

    [Fact]
    public void WebSocket_rules_answer_handshakes_only()
    {
        var map = new Map(new Rule("/ws") { Endpoint = "ws", WebSocket = true }, new Rule("/page") { Endpoint = "page" });
        Assert.Equal(new MatchResult.WebSocketMismatch(), map.Match("GET", "/ws"));
        var handshake = map.Bind(new Binding { ServerName = "example.org", Scheme = "ws" });
        Assert.IsType<MatchResult.Found>(handshake.Match("/ws"));
        Assert.Equal(new MatchResult.WebSocketMismatch(), handshake.Match("/page"));
    }

    [Fact]
    public void A_rule_that_only_builds_never_matches() => Assert.Equal(new MatchResult.NotFound(), new Map(new Rule("/cdn") { BuildOnly = true }).Match("GET", "/cdn"));

    [Fact]
    public void Subdomains_and_hosts_are_part_of_the_match()
    {
        var map = new Map(new Rule("/") { Endpoint = "index" }, new Rule("/") { Endpoint = "admin", Subdomain = "admin" }, new Rule("/<page>") { Endpoint = "user", Subdomain = "<user>" });
        var adapter = map.Bind(new Binding { ServerName = "example.org", Subdomain = "jo" });
        Assert.Equal("user=jo page=x", string.Join(' ', ((MatchResult.Found)adapter.Match("/x")).Values.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Equal("admin", ((MatchResult.Found)map.Bind(new Binding { ServerName = "example.org", Subdomain = "admin" }).Match()).Rule.Endpoint);

        var hosts = new Map { HostMatching = true };
        hosts.Add(new Rule("/") { Endpoint = "any", Host = "<h>.example.org" });
        Assert.Equal("z", ((MatchResult.Found)hosts.Bind(new Binding { ServerName = "z.example.org" }).Match()).Values["h"]);
        Assert.Equal(new MatchResult.NotFound(), hosts.Bind(new Binding { ServerName = "z.example.org:81" }).Match());
    }

    [Fact]
    public void A_match_leads_to_the_target_and_leaves_the_variables_in_the_path()
    {
        var target = new object();
        var map = new Map(new Rule("/users/<name>/posts/<int:id>") { Methods = ["GET"], Target = target });
        const string Path = "//users/alice/posts/42";
        Assert.True(map.Match("GET", Path, out var match));
        Assert.Same(target, match.Rule!.Target);
        Assert.Equal("alice", match.Text(0, Path).ToString());
        Assert.True(match.Variables[1].Converter.As<long>()!.TryConvert(match.Text(1, Path), out var id));
        Assert.Equal(42, id);
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        var map = MapOf("/about", "/item/<int(min=1, max=99999):id>", "/users/<name>/posts/<int:id>", "/<year>-<slug>.html", "/files/<path:p>/raw");
        string[] paths = ["/about", "/item/123", "/users/alice/posts/42", "/2024-a-b.html", "/files/a/b/raw", "/nothing"];
        foreach (var path in paths)
            map.Match("GET", path, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var path in paths)
            map.Match("GET", path, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_rule_added_later_is_found_from_then_on()
    {
        var map = MapOf("/a");
        Assert.Equal(new MatchResult.NotFound(), map.Match("GET", "/b"));
        map.Add(new Rule("/b") { Endpoint = "b" });
        Assert.Equal("b", Found(map, "/b").Rule.Endpoint);
    }

    [Fact]
    public void Rules_may_be_added_while_others_match()
    {
        var map = MapOf("/a/<x>");
        Parallel.For(0, 400, i =>
        {
            if (i % 4 == 0)
                map.Add(new Rule($"/b/{i}") { Endpoint = $"b{i}" });
            Assert.Equal("/a/<x>", Found(map, "/a/1").Rule.Endpoint);
        });
        Assert.Equal(101, map.Count);
        Assert.Equal("b396", Found(map, "/b/396").Rule.Endpoint);
    }

    [Theory]
    [InlineData("/лошадь", "/лошадь")]
    [InlineData("/a\nb", null)]
    [InlineData("/a ", null)]
    public void Text_is_compared_exactly(string path, string? rule) =>
        Assert.Equal(rule, (MapOf("/лошадь", "/a").Match("GET", path) as MatchResult.Found)?.Rule.Text);

    [Fact]
    public void A_hostile_path_takes_bounded_time()
    {
        var map = MapOf("/<a>-<b>-<c>-<d>-<int:e>", "/<path:a>/x/<path:b>/x/<path:c>/x/<int:d>");
        // The best of some, as a machine that has other work may pause any one of them.
        Assert.InRange(Enumerable.Range(0, 5).Min(_ => Match()), 0, 2000);

        long Match()
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal(new MatchResult.NotFound(), map.Match("GET", "/" + new string('-', 8000) + "x"));
            Assert.Equal(new MatchResult.NotFound(), map.Match("GET", string.Concat(Enumerable.Repeat("/x", 4000)) + "/y"));
            return watch.ElapsedMilliseconds;
        }
    }
}

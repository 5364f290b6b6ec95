using Retort.Routing;

namespace Retort.Tests.Routing;

public class RoutingSecurityTests
{
    private static readonly Map Slashed = new(new Rule("/<path:p>/") { Endpoint = "page" }, new Rule("/a/b/") { Endpoint = "ab" }, new Rule("/old/<path:p>") { RedirectTo = "<p>" });

    [Theory]
    [InlineData("//evil.com")]
    [InlineData("//evil.com/%2e%2e")]
    [InlineData("//evil.com/..")]
    [InlineData("///evil.com")]
    [InlineData("/\\evil.com")]
    [InlineData("//a//b")]
    [InlineData("/old/http://evil.com")]
    [InlineData("/old/https:evil.com")]
    [InlineData("/old/\\\\evil.com")]
    [InlineData("/old/..//evil.com")]
    [InlineData("/old/.//evil.com")]
    [InlineData("/old/javascript:alert(1)")]
    public void Cve_2020_28724_a_redirect_stays_on_our_host(string path)
    {
        var bound = Assert.IsType<MatchResult.RedirectTo>(Slashed.Bind(new Binding { ServerName = "example.org" }).Match(path)).Url;
        Assert.StartsWith("http://example.org/", bound, StringComparison.Ordinal);
        var unbound = Assert.IsType<MatchResult.RedirectTo>(Slashed.Match("GET", path)).Url;
        Assert.Matches("^/($|[^/\\\\])", unbound);
    }

    [Fact]
    public void Cve_2020_28724_a_function_may_not_redirect_by_two_slashes()
    {
        var map = new Map(new Rule("/go/<path:to>") { RedirectBy = (_, values) => $"//{values["to"]}" });
        Assert.Equal(new MatchResult.RedirectTo("/evil.com"), map.Match("GET", "/go/evil.com"));
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a/../b")]
    [InlineData("evil@a")]
    [InlineData("a:99999")]
    [InlineData("a:")]
    [InlineData("a:b")]
    [InlineData("a\r\nb")]
    [InlineData("[::1")]
    [InlineData("[zz]")]
    [InlineData("a..b")]
    [InlineData("a\"b")]
    public void Werkzeug_3_1_8_a_host_with_bad_characters_is_refused_and_never_echoed(string host)
    {
        var map = new Map(new Rule("/a/") { Endpoint = "a" });
        var adapter = map.Bind(Binding.ForHost(host));
        Assert.Equal(new MatchResult.BadHost(), adapter.Match("/a"));
        Assert.Equal("http:///a/", adapter.Build("a", forceExternal: true));
        Assert.Equal("", adapter.ServerName);
        Assert.Equal("<invalid>", map.Bind(Binding.ForHost(host, "example.org")).Subdomain);
    }

    [Fact]
    public void A_redirect_cannot_break_out_of_its_header()
    {
        var adapter = Slashed.Bind(new Binding { ServerName = "example.org", Query = "a=1\r\nSet-Cookie: x" });
        Assert.Equal(new MatchResult.RedirectTo("http://example.org/a/b/?a=1%0D%0ASet-Cookie:%20x"), adapter.Match("/a/b"));
        Assert.Equal(new MatchResult.RedirectTo("http://example.org/x%0Dy/?q"), adapter.Match("/x\ry", query: "q"));
    }
}

using Retort.Routing;

namespace Retort.Tests.Routing;

public class BindingTests
{
    private static readonly Map Empty = new();

    [Theory]
    [InlineData("jo.example.org", "example.org", "http", "example.org", "jo")]
    [InlineData("a.b.Example.org", "example.ORG", "http", "example.org", "a.b")]
    [InlineData("example.org", "example.org", "http", "example.org", "")]
    [InlineData("example.org:80", "example.org", "http", "example.org", "")]
    [InlineData("example.org", "example.org:443", "https", "example.org", "")]
    [InlineData("example.org:5000", "example.org:5000", "http", "example.org:5000", "")]
    [InlineData("example.org:80", "example.org", "https", "example.org", "<invalid>")]
    [InlineData("other.test", "example.org", "http", "example.org", "<invalid>")]
    [InlineData("badexample.org", "example.org", "http", "example.org", "<invalid>")]
    [InlineData("10.0.0.1:8000", null, "http", "10.0.0.1:8000", "")]
    [InlineData("[::1]:8000", null, "http", "[::1]:8000", "")]
    [InlineData("[::1]", null, "http", "[::1]", "")]
    public void The_subdomain_is_what_the_host_has_before_the_server_name(string host, string? serverName, string scheme, string bound, string subdomain)
    {
        var adapter = Empty.Bind(Binding.ForHost(host, serverName, scheme));
        Assert.Equal((bound, subdomain), (adapter.ServerName, adapter.Subdomain));
    }

    [Theory]
    [InlineData("\u2603.example.com", "xn--n3h.example.com")]
    [InlineData("EXAMPLE.com.", "example.com.")]
    [InlineData("my_host:8080", "my_host:8080")]
    [InlineData("", "")]
    public void A_server_name_is_written_in_lower_case_and_ASCII(string name, string normal)
    {
        var adapter = Empty.Bind(new Binding { ServerName = name });
        Assert.Equal(normal, adapter.ServerName);
        Assert.Equal(new MatchResult.NotFound(), adapter.Match("/"));
    }

    [Fact]
    public void A_map_that_matches_hosts_takes_no_subdomain()
    {
        var map = new Map { HostMatching = true };
        Assert.Throws<ArgumentException>(() => map.Bind(new Binding { ServerName = "example.org", Subdomain = "www" }));
        Assert.Equal("www.example.org", map.Bind(Binding.ForHost("www.example.org", hostMatching: true)).Domain);
    }

    [Fact]
    public void Rules_take_the_maps_default_subdomain()
    {
        var map = new Map { DefaultSubdomain = "www" };
        map.Add(new Rule("/") { Endpoint = "index" });
        Assert.IsType<MatchResult.Found>(map.Match("GET", "/"));
        Assert.Equal("http://www.example.org/", map.Bind(new Binding { ServerName = "example.org" }).Build("index", forceExternal: true));
        Assert.Equal(new MatchResult.NotFound(), map.Bind(new Binding { ServerName = "example.org", Subdomain = "" }).Match());
    }
}

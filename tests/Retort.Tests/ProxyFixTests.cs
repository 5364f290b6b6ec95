using System.Net;
using Retort.Http;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

public sealed class ProxyFixTests
{
    private static readonly Dictionary<string, string> Two = new()
    {
        ["X-Forwarded-For"] = "1.1.1.1, 2.2.2.2",
        ["X-Forwarded-Proto"] = "https, http",
        ["X-Forwarded-Host"] = "a.example, b.example",
        ["X-Forwarded-Port"] = "8443, 8080",
        ["X-Forwarded-Prefix"] = "/a, /b",
    };

    [Fact]
    public async Task Without_it_nothing_that_a_request_says_of_proxies_is_believed()
    {
        Assert.Equal("127.0.0.1 http localhost  /where", await Where(Make(null), Two));
    }

    [Fact]
    public async Task One_proxy_means_the_last_value_of_each_header()
    {
        Assert.Equal("2.2.2.2 http b.example:8080 /b /b/where", await Where(Make(new ProxyFix(1, 1, 1, 1, 1)), Two));
    }

    [Fact]
    public async Task Two_proxies_mean_the_last_but_one()
    {
        Assert.Equal("1.1.1.1 https a.example:8443 /a /a/where", await Where(Make(new ProxyFix(2, 2, 2, 2, 2)), Two));
    }

    [Fact]
    public async Task Fewer_values_than_proxies_mean_that_the_header_was_not_set_by_them()
    {
        Assert.Equal("127.0.0.1 http localhost  /where", await Where(Make(new ProxyFix(3, 3, 3, 3, 3)), Two));
    }

    [Fact]
    public async Task By_default_only_address_and_scheme_are_believed()
    {
        Assert.Equal("2.2.2.2 http localhost  /where", await Where(Make(new ProxyFix()), Two));
    }

    [Theory]
    [InlineData("//evil.example", "/evil.example")]
    [InlineData("/", "")]
    [InlineData("shop/", "/shop")]
    public async Task A_prefix_never_becomes_a_host(string sent, string prefix)
    {
        Assert.Equal($"127.0.0.1 http localhost {prefix} {prefix}/where", await Where(Make(new ProxyFix(xPrefix: 1)), new() { ["X-Forwarded-Prefix"] = sent }));
    }

    [Theory]
    [InlineData("[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("10.0.0.1:99", "10.0.0.1")]
    [InlineData("unknown", "")]
    public async Task An_address_may_have_a_port_and_what_is_no_address_is_nobodys(string sent, string address)
    {
        Assert.StartsWith(address + " ", await Where(Make(new ProxyFix()), new() { ["X-Forwarded-For"] = sent }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_request_said_before_is_kept()
    {
        var app = Make(new ProxyFix(1, 1, 1, 1, 1));
        ProxiedRequest? original = null;
        app.BeforeRequest((Microsoft.AspNetCore.Http.HttpContext http) => { original = ProxyFix.OriginalOf(http); });
        await Where(app, Two);
        Assert.Equal(new ProxiedRequest(IPAddress.Loopback, "http", "localhost", ""), original);
    }

    [Fact]
    public void Negative_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProxyFix(xFor: -1));
    }

    private static App Make(ProxyFix? fix)
    {
        var app = Apps.Make();
        app.ProxyFix = fix;
        app.Get("/where", Where);
        static string Where(Request request) => $"{request.RemoteAddr} {request.Scheme} {request.Host} {request.ScriptRoot} {UrlFor(Where)}";
        return app;
    }

    private static async Task<string> Where(App app, Dictionary<string, string> headers) => (await app.TestClient().Get("/where", headers: headers)).Text;
}

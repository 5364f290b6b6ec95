using System.Net;
using Retort.Testing;

namespace Retort.Toolbar.Tests;

/// <summary>Who sees the toolbar.</summary>
public sealed class AccessTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.8.8", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.168.0.7", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("2001:db8::1", false)]
    public async Task By_default_this_machine_alone(string address, bool isSeen)
    {
        var app = Toolbars.Make();
        var client = ClientFrom(app, address);
        Assert.Equal(isSeen, Toolbars.PanelsOf(await client.Get("/")) is not null);
        Assert.Equal(isSeen ? 200 : 404, (await client.Get("/_debug_toolbar/static/toolbar.js")).StatusCode);
    }

    [Theory]
    [InlineData("192.168.0.7", true)]
    [InlineData("192.168.0.8", false)]
    [InlineData("10.1.2.3", true)]
    [InlineData("11.1.2.3", false)]
    [InlineData("127.0.0.1", true)]
    public async Task Named_addresses_and_networks_too(string address, bool isSeen)
    {
        var app = Toolbars.Make((app, _) => app.Config["DEBUG_TB_HOSTS"] = new[] { "192.168.0.7", "10.0.0.0/8" });
        Assert.Equal(isSeen, Toolbars.PanelsOf(await ClientFrom(app, address).Get("/")) is not null);
    }

    [Fact]
    public async Task What_is_no_address_is_refused_at_the_start()
    {
        var app = Toolbars.Make((app, _) => app.Config["DEBUG_TB_HOSTS"] = "intranet");
        var error = await Assert.ThrowsAsync<Configuration.ConfigError>(() => app.TestClient().Get("/"));
        Assert.Equal("config['DEBUG_TB_HOSTS'] cannot be used: 'intranet' is not an address. Name addresses such as 192.168.0.7, or networks such as 192.168.0.0/24.", error.Message);
    }

    [Fact]
    public async Task A_header_that_claims_to_come_from_here_is_not_believed()
    {
        var client = ClientFrom(Toolbars.Make(), "203.0.113.9");
        var page = await client.Get("/", headers: new Dictionary<string, string> { ["X-Forwarded-For"] = "127.0.0.1", ["Forwarded"] = "for=127.0.0.1", ["X-Real-IP"] = "127.0.0.1" });
        Assert.Equal(Toolbars.Page, page.Text);
    }

    [Fact]
    public async Task Behind_a_counted_proxy_the_clients_own_address_counts()
    {
        var app = Toolbars.Make((app, _) => app.ProxyFix = new ProxyFix(xFor: 1));
        Assert.Equal(Toolbars.Page, (await app.TestClient().Get("/", headers: new Dictionary<string, string> { ["X-Forwarded-For"] = "203.0.113.9" })).Text);
        Assert.NotNull(Toolbars.PanelsOf(await app.TestClient().Get("/", headers: new Dictionary<string, string> { ["X-Forwarded-For"] = "127.0.0.1" })));
    }

    [Fact]
    public async Task Row_16_under_a_foreign_name_there_is_none_whatever_a_proxy_header_says()
    {
        var app = Toolbars.Make((app, _) => app.ProxyFix = new ProxyFix(xFor: 0, xHost: 1));
        foreach (var isDebuggerWanted in new[] { true, false })
        {
            app.Debugger.IsWanted = isDebuggerWanted;
            var page = await app.TestClient().Get("http://evil.test/", headers: new Dictionary<string, string> { ["X-Forwarded-Host"] = "localhost" });
            Assert.Equal(Toolbars.Page, page.Text);
            Assert.Equal(404, (await app.TestClient().Get("http://evil.test/_debug_toolbar/static/toolbar.js", headers: new Dictionary<string, string> { ["X-Forwarded-Host"] = "localhost" })).StatusCode);
        }
    }

    [Fact]
    public async Task A_name_that_the_debugger_trusts_is_trusted_here()
    {
        var app = Toolbars.Make((app, _) => app.Config["DEBUGGER_TRUSTED_HOSTS"] = new[] { ".dev.test" });
        Assert.NotNull(Toolbars.PanelsOf(await app.TestClient().Get("http://shop.dev.test/")));
    }

    [Fact]
    public async Task A_panel_is_shown_to_the_address_alone_that_loaded_the_page()
    {
        var app = Toolbars.Make((app, _) => app.Config["DEBUG_TB_HOSTS"] = "10.0.0.0/8");
        var views = Toolbars.ViewsOf(await ClientFrom(app, "10.0.0.1").Get("/"));
        Assert.Equal(200, (await ClientFrom(app, "10.0.0.1").Get(views + "1")).StatusCode);
        Assert.Equal(404, (await ClientFrom(app, "10.0.0.2").Get(views + "1")).StatusCode);
        Assert.Equal(404, (await app.TestClient().Get(views + "1")).StatusCode);
        Assert.Equal(404, (await ClientFrom(app, "11.0.0.1").Get(views + "1")).StatusCode);
    }

    [Theory]
    [InlineData("/_debug_toolbar/views/x/0")]
    [InlineData("/_debug_toolbar/views/./0")]
    [InlineData("/_debug_toolbar/views/.x/0")]
    [InlineData("/_debug_toolbar/views/x./0")]
    [InlineData("/_debug_toolbar/static/../toolbar.js")]
    [InlineData("/_debug_toolbar/static/bar.css")]
    [InlineData("/_debug_toolbar/static/%2e%2e/appsettings.json")]
    public async Task Made_up_addresses_lead_nowhere(string path) => Assert.Equal(404, (await Toolbars.Make().TestClient().Get(path)).StatusCode);

    [Fact]
    public async Task A_token_with_a_changed_character_and_a_panel_that_is_not_there_lead_nowhere()
    {
        var app = Toolbars.Make();
        var client = app.TestClient();
        var views = Toolbars.ViewsOf(await client.Get("/"));
        const string before = "/_debug_toolbar/views/";
        var changed = before + (views[before.Length] == '0' ? '1' : '0') + views[(before.Length + 1)..];
        Assert.Equal(200, (await client.Get(views + "10")).StatusCode);
        Assert.Equal(404, (await client.Get(changed + "0")).StatusCode);
        Assert.Equal(404, (await client.Get(views + "11")).StatusCode);
        Assert.Equal(404, (await client.Get(views + "-1")).StatusCode);
    }

    [Fact]
    public async Task Panels_may_not_be_framed_cached_sniffed_or_run_scripts()
    {
        var client = Toolbars.Make().TestClient();
        var panel = await client.Get(Toolbars.ViewsOf(await client.Get("/")) + "1");
        Assert.Equal("default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", panel.Headers.Get("Content-Security-Policy"));
        Assert.Equal(("DENY", "nosniff", "no-store", "same-origin", "no-referrer"), (panel.Headers.Get("X-Frame-Options"), panel.Headers.Get("X-Content-Type-Options"), panel.Headers.Get("Cache-Control"),
            panel.Headers.Get("Cross-Origin-Resource-Policy"), panel.Headers.Get("Referrer-Policy")));
    }

    [Fact]
    public async Task The_oldest_pages_make_room_for_new_ones()
    {
        var client = Toolbars.Make().TestClient();
        var first = Toolbars.ViewsOf(await client.Get("/"));
        var second = Toolbars.ViewsOf(await client.Get("/"));
        for (var i = 0; i < 49; i++)
            await client.Get("/");
        var gone = await client.Get(first + "1");
        Assert.Equal(404, gone.StatusCode);
        Assert.Contains("What this request did is no longer kept", gone.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await client.Get(second + "1")).StatusCode);
    }

    [Fact]
    public async Task A_function_that_refuses_everybody_does_not_refuse_the_bars_own_addresses()
    {
        var app = Toolbars.Make((app, _) => app.BeforeRequest((Context context) => context.Request.Path == "/" ? null : Globals.Redirect("/login")));
        var client = app.TestClient();
        Assert.Equal(200, (await client.Get(Toolbars.ViewsOf(await client.Get("/")) + "1")).StatusCode);
        Assert.Equal(200, (await client.Get("/_debug_toolbar/static/toolbar.js")).StatusCode);
    }

    private static TestClient ClientFrom(App app, string address)
    {
        var client = app.TestClient();
        client.RemoteAddress = IPAddress.Parse(address);
        return client;
    }
}

using Retort.Testing;

namespace Retort.Toolbar.Tests;

/// <summary>Outside of debug mode an app with the toolbar is the app without it.</summary>
public sealed class OffTests
{
    [Fact]
    public async Task In_production_no_byte_and_no_header_of_an_answer_changes()
    {
        var plain = new App("shop") { SecretKey = "a key for tests" };
        plain.Get("/", () => Toolbars.Page);
        foreach (var path in new[] { "/", "/missing", "/_debug_toolbar/static/toolbar.js", "/_debug_toolbar/views/x/0" })
        {
            var expected = await plain.TestClient().Get(path);
            var actual = await Toolbars.Make(debug: false).TestClient().Get(path);
            Assert.Equal(expected.StatusCode, actual.StatusCode);
            Assert.Equal(expected.Text, actual.Text);
            Assert.Equal(expected.Headers.Select(header => $"{header.Key}: {header.Value}"), actual.Headers.Select(header => $"{header.Key}: {header.Value}"));
        }
    }

    [Fact]
    public async Task In_production_there_is_no_rule_no_function_no_service_and_nobody_watches()
    {
        var app = Toolbars.Make(debug: false);
        var services = app.Services.Count;
        await app.TestClient().Get("/");
        Assert.Equal(["/static/<path:filename>", "/"], app.UrlMap.Select(rule => rule.Text).Reverse());
        Assert.Empty(app.Extensions);
        Assert.Equal(services, app.Services.Count);
        Assert.False(app.Signals.WatchesRequests);
        Assert.False(app.Signals.WatchesTemplates);
        Assert.Empty(app.BeforeRequestHooks);
        Assert.Empty(app.AfterRequestHooks);
    }

    [Fact]
    public async Task In_production_no_secret_key_is_needed()
    {
        var app = new App();
        _ = new DebugToolbarExtension(app);
        app.Get("/", () => Toolbars.Page);
        Assert.Equal(Toolbars.Page, (await app.TestClient().Get("/")).Text);
    }

    [Fact]
    public async Task Enabling_it_by_its_key_does_not_turn_it_on_outside_of_debug_mode()
    {
        var app = Toolbars.Make(debug: false, configure: (app, _) => app.Config["DEBUG_TB_ENABLED"] = true);
        Assert.Equal(Toolbars.Page, (await app.TestClient().Get("/")).Text);
        Assert.Equal(404, (await app.TestClient().Get("/_debug_toolbar/static/toolbar.js")).StatusCode);
    }

    [Fact]
    public async Task Its_key_turns_it_off_in_debug_mode()
    {
        var app = Toolbars.Make((app, _) => app.Config["DEBUG_TB_ENABLED"] = false);
        Assert.Equal(Toolbars.Page, (await app.TestClient().Get("/")).Text);
        Assert.Equal(404, (await app.TestClient().Get("/_debug_toolbar/static/toolbar.js")).StatusCode);
    }

    [Fact]
    public async Task Debug_mode_may_be_set_after_the_toolbar_was_made()
    {
        var app = Toolbars.Make(debug: false);
        app.Debug = true;
        Assert.NotNull(Toolbars.PanelsOf(await app.TestClient().Get("/")));
    }

    [Fact]
    public async Task When_debug_mode_ends_pages_are_plain_again_and_what_was_kept_is_gone()
    {
        var app = Toolbars.Make();
        var client = app.TestClient();
        var views = Toolbars.ViewsOf(await client.Get("/"));
        app.Debug = false;
        Assert.Equal(Toolbars.Page, (await client.Get("/")).Text);
        Assert.Equal(404, (await client.Get(views + "1")).StatusCode);
        Assert.Equal(404, (await client.Get("/_debug_toolbar/static/toolbar.js")).StatusCode);
        app.Debug = true;
        Assert.Equal(404, (await client.Get(views + "1")).StatusCode);
    }

    [Fact]
    public async Task Without_a_secret_key_it_says_what_to_set()
    {
        var app = new App { Debug = true };
        _ = new DebugToolbarExtension(app);
        app.Get("/", () => Toolbars.Page);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.TestClient().Get("/"));
        Assert.Equal("cannot start the debug toolbar: the app has no SECRET_KEY, by which the addresses of its panels are signed. Set app.SecretKey, or DEBUG_TB_ENABLED to false.", error.Message);
    }
}

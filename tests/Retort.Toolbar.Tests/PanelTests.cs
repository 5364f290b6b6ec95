using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retort.Http;
using Retort.Testing;
using static Retort.Globals;

namespace Retort.Toolbar.Tests;

/// <summary>What each panel shows.</summary>
public sealed class PanelTests
{
    private const string Body = "<html><body>{{ name }}</body></html>";

    [Fact]
    public async Task The_bar_has_Flasks_panels_in_Flasks_order() =>
        Assert.Equal(["Versions", "Time", "Headers", "Request", "Config", "Templates", "SQL", "Log", "Routes", "Profiler", "G"],
            Toolbars.PanelsOf(await Toolbars.Make().TestClient().Get("/"))!.Select(panel => panel.Title));

    [Fact]
    public async Task A_list_picks_panels_and_orders_them_by_the_names_that_Flasks_lists_have()
    {
        var app = Toolbars.Make((app, _) => app.Config["DEBUG_TB_PANELS"] = new object[] { "flask_debugtoolbar.panels.timer.TimerDebugPanel", new OwnPanel(), "GDebugPanel" });
        Assert.Equal(["Time", "Own", "G"], Toolbars.PanelsOf(await app.TestClient().Get("/"))!.Select(panel => panel.Title));
    }

    [Theory]
    [InlineData("TimerDebugPanl", "there is no panel 'TimerDebugPanl'. Did you mean 'TimerDebugPanel'?")]
    [InlineData("no.such.Thing", "there is no panel 'Thing'.")]
    public async Task A_panel_that_is_not_there_is_told_at_the_start(string name, string told)
    {
        var app = Toolbars.Make((app, _) => app.Config["DEBUG_TB_PANELS"] = new[] { name });
        var error = await Assert.ThrowsAsync<Configuration.ConfigError>(() => app.TestClient().Get("/"));
        Assert.Equal($"config['DEBUG_TB_PANELS'] cannot be used: {told} Set it to a list of panels, or of their classes' names.", error.Message);
    }

    [Fact]
    public async Task A_panel_of_the_apps_own_shows_its_request()
    {
        var app = Toolbars.Make((app, toolbar) =>
        {
            toolbar.Panels.Add(new OwnPanel());
            app.Get("/say/<word>", (string word) =>
            {
                G["own"] = word;
                return Toolbars.Page;
            });
        });
        var client = app.TestClient();
        var page = await client.Get("/say/a");
        var other = await client.Get("/say/b");
        Assert.Equal(("Own", "said a"), Toolbars.PanelsOf(page)![^1]);
        Assert.Contains("<tr><td>a</td><td>[1, 2]</td></tr>", await Toolbars.Open(client, page, "Own"), StringComparison.Ordinal);
        Assert.Contains("<tr><td>b</td><td>[1, 2]</td></tr>", await Toolbars.Open(client, other, "Own"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_is_told_by_phase()
    {
        var text = await Toolbars.Read(Toolbars.Make(), "Time");
        Assert.Matches(@"(?s)Functions before the request .* ms .*View .* ms .*Functions after the request .* ms", text);
        Assert.Matches(@"(?s)Total\W+\d+\.\d+ ms.*Processor, user.*Allocated.*KiB.*Garbage collections", text);
    }

    [Fact]
    public async Task A_function_that_answered_in_the_views_place_leaves_no_time_for_the_view()
    {
        var text = await Toolbars.Read(Toolbars.Make((app, _) => app.BeforeRequest((Context context) => context.Request.Path == "/" ? new Response(Toolbars.Page) : null)), "Time");
        Assert.DoesNotContain("View", text, StringComparison.Ordinal);
        Assert.Contains("Functions after the request", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_are_shown_without_what_proves_an_identity()
    {
        var app = Toolbars.Make((app, _) => app.Get("/in", () =>
        {
            Session["user"] = 7;
            Response response = Toolbars.Page;
            response.SetCookie("remember_token", "PROOF", httpOnly: true);
            response.Headers["X-Api-Key"] = "PROOF";
            response.Headers["X-Kind"] = "open";
            return response;
        }));
        var client = app.TestClient();
        var page = await client.Get("/in", headers: new Dictionary<string, string>
        {
            ["Authorization"] = "Bearer PROOF",
            ["Proxy-Authorization"] = "Basic PROOF",
            ["Cookie"] = "theme=PROOF; sid=PROOF",
            ["X-Csrf-Token"] = "PROOF",
            ["X-Target"] = "redis://u:PROOF@h/0",
            ["X-Plain"] = "shown",
        });
        var text = await Toolbars.Read(client, page, "Headers");
        Assert.DoesNotContain("PROOF", text, StringComparison.Ordinal);
        foreach (var shown in new[] { "shown", "theme=********; sid=********", "redis://u:********@h/0", "open", "remember_token=********; HttpOnly; Path=/", "session=********" })
            Assert.Contains(shown, text, StringComparison.Ordinal);
        Assert.DoesNotContain("PROOF", (await Toolbars.Read(client, page, "Request")).Replace("theme \"PROOF\"", "", StringComparison.Ordinal).Split("Cookies")[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_requests_values_are_shown_where_it_led_and_what_it_brought()
    {
        var app = Toolbars.Make((app, _) => app.Route("/item/<int:id>", (int id) =>
        {
            Session["cart"] = new[] { id };
            return Toolbars.Page;
        }, methods: ["POST"], endpoint: "item"));
        var client = app.TestClient();
        var page = await client.Post("/item/7", query: new { page = 2 }, form: new { name = "Jo", password = "PROOF", file = new FileStorage(new MemoryStream([1]), "a.txt") });
        Assert.Equal("item", Toolbars.PanelsOf(page)!.Single(panel => panel.Title == "Request").Subtitle);
        var html = await Toolbars.Open(client, page, "Request");
        foreach (var (name, value) in new[] { ("Method", "&#34;POST&#34;"), ("Endpoint", "&#34;item&#34;"), ("Rule", "&#34;/item/&lt;int:id&gt;&#34;"), ("id", "7"), ("page", "&#34;2&#34;"), ("name", "&#34;Jo&#34;"), ("password", "********"), ("file", "&#34;a.txt&#34;"), ("cart", "[7]") })
            Assert.Contains($"<th scope=\"row\">{name}</th><td>{value}</td>", html, StringComparison.Ordinal);
        Assert.Contains("Empty: Cookies.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_is_shown_without_its_secrets()
    {
        var app = Toolbars.Make((app, _) =>
        {
            foreach (var key in new[] { "MAIL_PASSWORD", "STRIPE_KEY", "API_TOKEN", "AWS_SECRET" })
                app.Config[key] = "PROOF";
            app.Config["SQLALCHEMY_DATABASE_URI"] = "postgresql://jo:PROOF@db/shop";
            app.Config["DATABASE"] = "Host=db;Username=jo;Password=PROOF;Port=5432";
            app.Config["INNER"] = new Dictionary<string, object?> { ["token"] = "PROOF", ["open"] = "yes" };
            app.Config["COLOUR"] = "<blue>";
        });
        var text = await Toolbars.Read(app, "Config");
        Assert.DoesNotContain("PROOF", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a key for tests", text, StringComparison.Ordinal);
        foreach (var shown in new[] { "COLOUR", "\"<blue>\"", "postgresql://jo:********@db/shop", "Port=5432", "\"open\": \"yes\"", "DEBUG_TB_ENABLED" })
            Assert.Contains(shown, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Templates_are_shown_in_order_with_what_they_were_given()
    {
        var app = Toolbars.Make((app, _) =>
        {
            app.ContextProcessor(() => new { shop = "Retort's" });
            app.Get("/page", () => RenderTemplateString("{{ inner|safe }}" + Body, new { name = "Jo", api_key = "PROOF", inner = RenderTemplateString("x", new { depth = 1 }).ToString() }));
        });
        var client = app.TestClient();
        var page = await client.Get("/page");
        Assert.Equal("2 rendered", Toolbars.PanelsOf(page)!.Single(panel => panel.Title == "Templates").Subtitle);
        var text = await Toolbars.Read(client, page, "Templates");
        Assert.Matches(@"(?s)depth +1.*name +""Jo"".*shop +""Retort's""", text);
        Assert.DoesNotContain("PROOF", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET_KEY", text, StringComparison.Ordinal);
        Assert.Matches(@"Template of a string +\d+\.\d+ ms", string.Join(' ', (await Toolbars.Read(client, page, "Time")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task Messages_are_those_of_the_request_also_when_others_run_beside_it()
    {
        const int requests = 12;
        var (entered, all) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var app = Toolbars.Make((app, _) => app.Get("/log/<int:id>", async Task<string> (int id) =>
        {
            app.Logger.LogDebug("begin {Id}", id);
            if (Interlocked.Increment(ref entered) == requests)
                all.SetResult();
            await all.Task;
            await Task.WhenAll(Enumerable.Range(0, 3).Select(part => Task.Run(() => app.Logger.LogInformation("part {Part} of {Id}", part, id))));
            return Toolbars.Page;
        }));
        var client = app.TestClient();
        await client.Get("/");
        app.Logger.LogInformation("outside");
        var pages = await Task.WhenAll(Enumerable.Range(100, requests).Select(id => Task.Run(() => client.Get($"/log/{id}"))));
        foreach (var (page, id) in pages.Zip(Enumerable.Range(100, requests)))
        {
            var text = await Toolbars.Read(client, page, "Log");
            foreach (var part in Enumerable.Range(0, 3))
                Assert.Contains($"part {part} of {id.ToString(CultureInfo.InvariantCulture)}", text, StringComparison.Ordinal);
            Assert.DoesNotContain("outside", text, StringComparison.Ordinal);
            Assert.Equal(3, text.Split("part ").Length - 1);
        }
    }

    [Fact]
    public async Task Warnings_are_shown_too_in_an_app_whose_log_was_made_before_it_started()
    {
        var app = Toolbars.Make((app, _) => app.Get("/log", () =>
        {
            app.Logger.LogWarning("late");
            return Toolbars.Page;
        }));
        app.Logger.LogInformation("early");
        var client = app.TestClient();
        Assert.Contains("late", await Toolbars.Read(client, await client.Get("/log"), "Log"), StringComparison.Ordinal);
        Assert.Equal(1, (await Toolbars.Read(client, await client.Get("/log"), "Log")).Split("late").Length - 1);
    }

    [Fact]
    public async Task Two_apps_in_one_host_show_each_message_once()
    {
        await using var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information)).BuildServiceProvider();
        var host = new ApplicationBuilder(services);
        var apps = Enumerable.Range(0, 2).Select(_ => Toolbars.Make((app, _) => app.Get("/log", () =>
        {
            app.Logger.LogInformation("of the host");
            return Toolbars.Page;
        }))).ToList();
        foreach (var app in apps)
            host.MapRetort("/" + apps.IndexOf(app), app);
        foreach (var app in apps)
            Assert.Equal(1, (await Toolbars.Read(app, "Log", "/log")).Split("of the host").Length - 1);
    }

    [Fact]
    public async Task The_apps_own_messages_are_shown_from_debug_on_and_an_exception_with_its_trace()
    {
        var app = Toolbars.Make((app, _) => app.Get("/log", () =>
        {
            app.Logger.LogTrace("too small");
            app.Logger.LogDebug("small {Address}", "https://jo:PROOF@host/");
            app.Logger.LogError(new InvalidOperationException("why <b>"), "it failed");
            return Toolbars.Page;
        }));
        var client = app.TestClient();
        var page = await client.Get("/log");
        Assert.Equal("2 messages", Toolbars.PanelsOf(page)!.Single(panel => panel.Title == "Log").Subtitle);
        var text = await Toolbars.Read(client, page, "Log");
        foreach (var shown in new[] { "small https://jo:********@host/", "Debug", "it failed", "System.InvalidOperationException: why <b>", "shop" })
            Assert.Contains(shown, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Routes_are_all_rules()
    {
        var text = await Toolbars.Read(Toolbars.Make((app, _) => app.Route("/item/<int:id>", (int id) => $"{id}", methods: ["PUT", "GET"], endpoint: "item")), "Routes");
        Assert.Matches(@"/item/<int:id> +item +GET, HEAD, OPTIONS, PUT", text);
        Assert.Contains("/_debug_toolbar/views/<token>/<int:panel>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task G_is_what_the_request_left_there()
    {
        var app = Toolbars.Make((app, _) => app.Get("/g", () =>
        {
            G["user"] = new { name = "Jo", password = "PROOF" };
            return Toolbars.Page;
        }));
        var client = app.TestClient();
        var page = await client.Get("/g");
        Assert.Equal("1 value", Toolbars.PanelsOf(page)!.Single(panel => panel.Title == "G").Subtitle);
        Assert.Matches("user +{ name = \"Jo\", password ?= ?\\*{8} }", await Toolbars.Read(client, page, "G"));
    }

    [Fact]
    public async Task Versions_name_what_runs_here()
    {
        var text = await Toolbars.Read(Toolbars.Make(), "Versions");
        Assert.Contains(Environment.Version.ToString(), text, StringComparison.Ordinal);
        Assert.Matches(@"Retort\.Jinja +\d+\.\d+\.\d+", text);
    }

    [Fact]
    public async Task Nothing_that_a_request_brings_is_read_as_html()
    {
        const string evil = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>";
        var app = Toolbars.Make((app, _) =>
        {
            app.Config["EVIL"] = evil;
            app.Route("/x/<path:rest>", () =>
            {
                Session[evil] = evil;
                G[evil] = evil;
                app.Logger.LogInformation("{Evil}", evil);
                QueryRecorder.Record(evil, TimeSpan.Zero, [new(evil, evil)], error: evil, location: evil);
                return RenderTemplateString(Body, new Dictionary<string, object?> { [evil] = evil, ["name"] = "n" });
            }, methods: ["POST"], endpoint: evil);
        });
        var client = app.TestClient();
        var escaped = Uri.EscapeDataString(evil);
        var page = await client.Post($"/x/{escaped}?{escaped}={escaped}", form: new Dictionary<string, string> { [evil] = evil }, headers: new Dictionary<string, string>
        {
            ["X-Evil"] = evil,
            ["Cookie"] = $"evil={evil.Replace(";", "", StringComparison.Ordinal)}",
            ["User-Agent"] = evil,
        });
        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
        var panels = Toolbars.PanelsOf(page)!;
        for (var i = 0; i < panels.Count; i++)
        {
            var shown = (await client.Get(Toolbars.ViewsOf(page) + i)).Text;
            Assert.DoesNotContain("<script", shown, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", shown, StringComparison.OrdinalIgnoreCase);
            if (panels[i].Title is "Request" or "Headers" or "Config" or "Templates" or "SQL" or "Log" or "G")
                Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", shown, StringComparison.Ordinal);
        }
    }

    private sealed class OwnPanel : DebugPanel
    {
        public override string Title => "Own";

        public override string? Subtitle(Context context) => $"said {context.G.Get<string>("own")}";

        public override void Write(Context context, PanelWriter page) => page.Table(["Word", "List"], [[context.G.Get<string>("own"), new[] { 1, 2 }]]);
    }
}

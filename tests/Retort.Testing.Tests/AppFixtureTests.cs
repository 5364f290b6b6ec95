using Microsoft.Extensions.DependencyInjection;

namespace Retort.Testing.Tests;

/// <summary>A fixture as users write one; this class is given one by xunit.</summary>
public sealed class AppFixtureTests(AppFixtureTests.Shop shared) : IClassFixture<AppFixtureTests.Shop>
{
    [Fact]
    public async Task It_has_the_app_a_client_a_runner_a_server_and_a_folder()
    {
        (await shared.Client.Get("/")).AssertStatus(200);
        Assert.Equal("tidied", shared.Runner.Invoke("tidy").Output);
        using var browser = new HttpClient();
        Assert.Equal("the shop", await browser.GetStringAsync(shared.LiveServer.Url("/"), TestContext.Current.CancellationToken));
        Assert.True(Directory.Exists(shared.Folder));
        Assert.Same(shared.App, shared.App);
        Assert.Same(shared.Client, shared.Client);
        Assert.Same(shared.LiveServer, shared.LiveServer);
    }

    [Fact]
    public async Task Each_new_client_begins_without_cookies()
    {
        var (one, other) = (shared.NewClient(), shared.NewClient());
        await one.Get("/count");
        Assert.Equal("2", (await one.Get("/count")).Text);
        Assert.Equal("1", (await other.Get("/count")).Text);
    }

    [Fact]
    public void Settings_are_seen_while_the_app_is_made_and_afterwards()
    {
        using var shop = new Shop { Settings = { ["TITLE"] = "a title", ["TESTING"] = false } };
        Assert.Equal("a title", shop.TitleAtCreation);
        Assert.Equal("a title", shop.App.Config["TITLE"]);
        Assert.False(shop.App.Testing);
        Assert.True(shared.App.Testing);
    }

    [Fact]
    public void A_key_is_given_to_those_that_have_none()
    {
        Assert.Equal("a key for tests", shared.App.SecretKey);
        using var settled = new Shop { Settings = { ["SECRET_KEY"] = "of the settings" } };
        Assert.Equal("of the settings", settled.App.SecretKey);
        using var own = new Shop { Key = "of its own" };
        Assert.Equal("of its own", own.App.SecretKey);
    }

    [Fact]
    public async Task One_thread_that_waits_is_enough()
    {
        // As under a test framework that limits its threads: what comes after an await has to be run by the very thread that waits.
        await Task.Factory.StartNew(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new NeverRuns());
            using var shop = new Shop();
            Assert.NotEqual(0, shop.LiveServer.Port);
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
    }

    private sealed class NeverRuns : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }

    [Fact]
    public async Task Options_hold_for_a_block_and_leave_what_was_there()
    {
        using var shop = new Shop { Settings = { ["TITLE"] = "before" } };
        using (shop.Options(new { title = "within", Fresh = 1 }))
        {
            Assert.Equal("within 1", (await shop.Client.Get("/settings")).Text);
            using (shop.Options(new Dictionary<string, object?> { ["title"] = "innermost" }))
                Assert.Equal("innermost 1", (await shop.Client.Get("/settings")).Text);
            Assert.Equal("within 1", (await shop.Client.Get("/settings")).Text);
        }
        Assert.Equal("before none", (await shop.Client.Get("/settings")).Text);
        Assert.False(shop.App.Config.ContainsKey("FRESH"));
    }

    [Fact]
    public async Task Nothing_is_left_of_it()
    {
        var shop = new Shop();
        await File.WriteAllTextAsync(Path.Combine(shop.Folder, "x.txt"), "x", TestContext.Current.CancellationToken);
        var closing = Assert.IsType<Closing>((await shop.Client.Get("/closing")).Context!.G["closing"]);
        Assert.False(closing.IsClosed);
        var url = shop.LiveServer.Url("/");
        var folder = shop.Folder;
        shop.Dispose();
        await shop.DisposeAsync();
        Assert.True(closing.IsClosed);
        Assert.False(Directory.Exists(folder));
        using var browser = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => browser.GetAsync(new Uri(url), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_was_not_asked_for_is_not_made()
    {
        using var failing = new Failing();
        Assert.Equal(0, failing.Calls);
    }

    [Fact]
    public void What_goes_wrong_while_the_app_is_made_is_thrown_as_it_is()
    {
        using var failing = new Failing();
        Assert.Equal("no database", Assert.Throws<InvalidDataException>(() => failing.App).Message);
        Assert.Equal("no database", Assert.Throws<InvalidDataException>(() => failing.LiveServer).Message);
    }

    public sealed class Shop : AppFixture
    {
        public string? Key { get; init; }

        public string? TitleAtCreation => App.Config.Get<string>("AT_CREATION");

        protected override App CreateApp()
        {
            var app = new App("shop", rootPath: Folder) { SecretKey = Key };
            app.Config["AT_CREATION"] = Settings.TryGetValue("TITLE", out var title) ? title : null;
            app.Services.AddSingleton<Closing>();
            app.Get("/", () => "the shop");
            app.Get("/settings", (Context context) => $"{context.App.Config["TITLE"]} {context.App.Config.Get<object>("FRESH") ?? "none"}");
            app.Get("/closing", (Context context, Closing closing) =>
            {
                context.G["closing"] = closing;
                return "";
            });
            app.Get("/count", (Context context) =>
            {
                context.Session["count"] = context.Session.Get("count", 0L) + 1;
                return $"{context.Session["count"]}";
            });
            app.Cli.Command("tidy", () => Console.Write("tidied"));
            return app;
        }
    }

    public sealed class Closing : IDisposable
    {
        public bool IsClosed { get; private set; }

        public void Dispose() => IsClosed = true;
    }

    private sealed class Failing : AppFixture
    {
        public int Calls { get; private set; }

        protected override App CreateApp()
        {
            Calls++;
            throw new InvalidDataException("no database");
        }
    }
}

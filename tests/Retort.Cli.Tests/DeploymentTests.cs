using System.Globalization;
using System.Net;
using System.Text.Json;
using Retort.Tests.Shared;

namespace Retort.Cli.Tests;

/// <summary>What docs/deployment.md says, done step by step: the commands of its files are run as they stand there. Docker and systemd themselves are not started.</summary>
[Collection(ToolCollection.Name)]
public sealed class DeploymentTests(PublishedShop shop, LocalFeed feed) : IClassFixture<PublishedShop>, IDisposable
{
    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    public void Dispose() => _browser.Dispose();

    [Fact]
    public async Task The_container_listens_where_it_is_told_is_well_and_ends_when_it_is_asked_to()
    {
        var docker = shop.Docker;
        var port = FreePort.Take();
        Assert.Equal("8080", docker.Environment["PORT"]);
        // As 'docker run -e PORT=... -e RETORT_SECRET_KEY=... --memory' would; the limit is that of a container with 256 MB, of which the runtime takes three quarters.
        await using var app = await ServedProcess.Start(docker.Folder, docker.Command,
            [new("PORT", $"{port}"), new("RETORT_SECRET_KEY", "from the environment, and long enough"), new("RETORT_RUN_ACCESS_LOG", "0"), new("DOTNET_GCHeapHardLimit", "C000000")], port);
        Assert.Contains(" * Running on all addresses (0.0.0.0)", app.Error);
        Assert.Equal("from the environment, and long enough", await Get(port, "/key"));
        Assert.Equal($"{0xC000000}", await Get(port, "/memory"));
        Assert.Contains("Your name", await Get(port, "/"), StringComparison.Ordinal);
        Assert.Contains("font:", await Get(port, "/static/style.css"), StringComparison.Ordinal);
        Assert.Equal(0, LocalFeed.Run(docker.Folder, "env", [$"PORT={port}", .. docker.HealthCheck]).Code);
        Assert.NotEqual(0, LocalFeed.Run(docker.Folder, "env", [$"PORT={FreePort.Take()}", .. docker.HealthCheck]).Code);
        app.Signal("TERM");
        Assert.Equal(0, await app.End());
        // The log is JSON, a line an entry, and every request is in it once.
        var entries = app.Output.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Single(entries, entry => entry.GetProperty("Message").GetString()!.Contains("/key", StringComparison.Ordinal) && entry.GetProperty("Message").GetString()!.StartsWith("Request finished", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Error, line => line.Contains("/key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_container_of_one_file_has_its_templates()
    {
        LocalFeed.Must(LocalFeed.Run(feed.Folder, feed.Tool, "new", "kiosk"));
        var docker = Dockerfile.Build(PublishedShop.Read("Dockerfile.one-file"), Path.Combine(feed.Folder, "kiosk"), Path.Combine(feed.Folder, "kiosk_image"));
        var port = FreePort.Take();
        await using var app = await ServedProcess.Start(docker.Folder, docker.Command, [new("PORT", $"{port}")], port);
        Assert.Contains("Hello from kiosk", await Get(port, "/"), StringComparison.Ordinal);
        app.Signal("TERM");
        Assert.Equal(0, await app.End());
    }

    [Fact]
    public async Task Under_the_units_command_a_request_is_answered_to_its_end_while_no_other_is_taken()
    {
        var port = FreePort.Take();
        await using var app = await StartUnit(port);
        Assert.Contains($" * Running on http://127.0.0.1:{port}", app.Error);
        var answer = Get(port, "/slow");
        while (!File.Exists(Path.Combine(shop.Signs, "entered")))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        app.Signal("TERM");
        while (await ServedProcess.Listens(port))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.False(answer.IsCompleted);
        await File.WriteAllTextAsync(Path.Combine(shop.Signs, "go"), "", TestContext.Current.CancellationToken);
        Assert.Equal("done", await answer);
        Assert.Equal(0, await app.End());
    }

    [Fact]
    public void The_unit_is_one_that_systemd_takes()
    {
        const string program = "/usr/bin/systemd-analyze";
        Assert.SkipUnless(File.Exists(program), "no systemd-analyze: the unit is not verified");
        var folder = Directory.CreateDirectory(Path.Combine(feed.Folder, "units")).FullName;
        // The program has to be there, and so has the user.
        File.WriteAllText(Path.Combine(folder, "shop@.service"), PublishedShop.Read("shop@.service")
            .Replace("/srv/shop/shop run", Path.Combine(shop.Docker.Folder, "shop") + " run", StringComparison.Ordinal).Replace("User=shop", $"User={Environment.UserName}", StringComparison.Ordinal));
        Assert.Equal("", LocalFeed.Must(LocalFeed.Run(folder, program, "verify", "--man=no", Path.Combine(folder, "shop@5000.service"))).Trim());
    }

    [Fact]
    public async Task Behind_nginx_no_request_is_lost_when_a_process_is_killed_or_all_are_started_again()
    {
        Assert.SkipUnless(File.Exists(Nginx.Program), "no nginx: two processes are not tried behind one");
        int[] ports = [FreePort.Take(), FreePort.Take()];
        ServedProcess[] apps = [await StartUnit(ports[0]), await StartUnit(ports[1])];
        await using var nginx = await Nginx.Start(PublishedShop.Read("nginx.conf").Replace(":5000", $":{ports[0]}", StringComparison.Ordinal).Replace(":5001", $":{ports[1]}", StringComparison.Ordinal));
        try
        {
            using var load = new Load(_browser, nginx.Port);
            await load.UntilAnsweredBy(apps);

            apps[0].Signal("KILL");
            await apps[0].End();
            await load.Until(load.Answers + 100);
            await Replace(apps, 0, load);

            foreach (var i in new[] { 0, 1 })
            {
                apps[i].Signal("TERM");
                Assert.Equal(0, await apps[i].End());
                await load.Until(load.Answers + 100);
                await Replace(apps, i, load);
            }
            await load.End();
            Assert.Empty(load.Failures);
            await AssertSessionGoesAround(nginx.Port);
        }
        finally
        {
            foreach (var app in apps)
                await app.DisposeAsync();
        }
    }

    private async Task Replace(ServedProcess[] apps, int i, Load load)
    {
        var port = apps[i].Port;
        await apps[i].DisposeAsync();
        apps[i] = await StartUnit(port);
        await load.UntilAnsweredBy(apps);
    }

    /// <summary>A session that one process has written is read by the other, and each sees the browser's address and host.</summary>
    private async Task AssertSessionGoesAround(int port)
    {
        using var form = new FormUrlEncodedContent([new("name", "Ada")]);
        using var greeted = await _browser.PostAsync(new Uri($"http://127.0.0.1:{port}/greet"), form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, greeted.StatusCode);
        var cookie = greeted.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("; Secure;", cookie, StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/") { Headers = { { "Cookie", cookie.Split(';')[0] } } };
            using var page = await _browser.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Contains("Hello, Ada!", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    /// <summary>Starts what the unit starts, with what it reads.</summary>
    private Task<ServedProcess> StartUnit(int port)
    {
        var unit = PublishedShop.Read("shop@.service").Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Replace("%i", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Assert.Equal("/etc/shop.env", unit["EnvironmentFile"]);
        var environment = PublishedShop.Read("shop.env").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
        return ServedProcess.Start(shop.Docker.Folder, unit["ExecStart"].Replace(unit["WorkingDirectory"], shop.Docker.Folder, StringComparison.Ordinal).Split(' '), environment, port);
    }

    private Task<string> Get(int port, string path) => _browser.GetStringAsync(new Uri($"http://127.0.0.1:{port}{path}"), TestContext.Current.CancellationToken);
}

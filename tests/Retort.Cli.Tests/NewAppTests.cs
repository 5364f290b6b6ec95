using System.Diagnostics;

namespace Retort.Cli.Tests;

/// <summary>What a user does first, with the tool as it is installed and real processes.</summary>
public sealed class NewAppTests(LocalFeed feed) : IClassFixture<LocalFeed>
{
    [Theory]
    [InlineData("site", 2)]
    [InlineData("blueprint", 3)]
    [InlineData("api", 3)]
    public void A_new_app_passes_its_own_tests_and_checks(string template, int tests)
    {
        var name = template + "_one";
        LocalFeed.Must(LocalFeed.Run(feed.Folder, feed.Tool, "new", name, "--template", template));
        var folder = Path.Combine(feed.Folder, name);
        var passed = LocalFeed.Must(LocalFeed.Run(folder, "dotnet", "test"));
        Assert.Contains($"succeeded: {tests}", passed, StringComparison.Ordinal);
        Assert.Contains("/", LocalFeed.Must(LocalFeed.Run(folder, feed.Tool, "routes")), StringComparison.Ordinal);
    }

    /// <summary>From nothing to an app that follows its edits; each step's time is printed.</summary>
    [Fact]
    public async Task An_edit_is_seen_whatever_it_is()
    {
        LocalFeed.Must(LocalFeed.Run(feed.Folder, feed.Tool, "new", "blog"));
        var folder = Path.Combine(feed.Folder, "blog");
        using var app = await RunningApp.Start(feed.Tool, folder);
        await app.Until("started", "/", text => text.Contains("Hello from blog", StringComparison.Ordinal));

        Edit(folder, "templates/index.html", "Hello from", "Greetings from");
        await app.Until("template edited", "/", text => text.Contains("Greetings from blog", StringComparison.Ordinal));

        // What an app keeps beside it, and a page that is new, do not disturb the reloader.
        File.WriteAllText(Path.Combine(folder, "notes.db"), "data");
        File.WriteAllText(Path.Combine(folder, "templates", "new.html"), "new");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Edit(folder, "app.cs", "name = \"blog\"", "name = \"my blog\"");
        await app.Until("view edited", "/", text => text.Contains("Greetings from my blog", StringComparison.Ordinal));

        Edit(folder, "app.cs", "app.Run();", "app.Get(\"/more\", () => \"more\");\n\napp.Run();");
        await app.Until("route added", "/more", text => text == "more");

        Edit(folder, "app.cs", "\"more\");", "\"more\"");
        await app.Until("broken", "/more", text => text.Contains("The app does not compile", StringComparison.Ordinal) && text.Contains("app.cs(", StringComparison.Ordinal) && text.Contains("error CS", StringComparison.Ordinal));

        Edit(folder, "app.cs", "() => \"more\"", "() => \"much more\");");
        await app.Until("mended", "/more", text => text == "much more");

        Edit(folder, "app.cs", "\"/more\"", "\"/most\"");
        await app.Until("route renamed", "/most", text => text == "much more");
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', app.Times));
    }

    private static void Edit(string folder, string file, string from, string to)
    {
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    private sealed class RunningApp : IDisposable
    {
        private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(5) };
        private readonly List<string> _log = [];
        private readonly Process _process;
        private Uri? _address;

        private RunningApp(Process process) => _process = process;

        public List<string> Times { get; } = [];

        public static async Task<RunningApp> Start(string tool, string folder)
        {
            var app = new RunningApp(Process.Start(LocalFeed.Start(folder, tool, "run", "--debug", "--port", "0"))!);
            var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
            void Read(string? line)
            {
                if (line is null)
                    return;
                lock (app._log)
                    app._log.Add(line);
                if (line.StartsWith(" * Running on ", StringComparison.Ordinal))
                    address.TrySetResult(new Uri(line[" * Running on ".Length..]));
                else if (line.Contains(": error ", StringComparison.Ordinal))
                    address.TrySetCanceled();
            }
            app._process.OutputDataReceived += (_, line) => Read(line.Data);
            app._process.ErrorDataReceived += (_, line) => Read(line.Data);
            app._process.BeginOutputReadLine();
            app._process.BeginErrorReadLine();
            await Task.WhenAny(address.Task, Task.Delay(TimeSpan.FromMinutes(2)));
            if (!address.Task.IsCompletedSuccessfully)
            {
                app.Dispose();
                Assert.Fail("the app did not start:\n" + app.Log);
            }
            app._address = await address.Task;
            return app;
        }

        private string Log
        {
            get
            {
                lock (_log)
                    return string.Join('\n', _log);
            }
        }

        public async Task Until(string step, string path, Func<string, bool> isThere)
        {
            var watch = Stopwatch.StartNew();
            var last = "";
            while (watch.Elapsed < TimeSpan.FromSeconds(60))
            {
                try
                {
                    last = await (await _client.GetAsync(new Uri(_address!, path))).Content.ReadAsStringAsync();
                    if (isThere(last))
                    {
                        Times.Add($"{step}: {watch.Elapsed.TotalSeconds:0.00} s");
                        return;
                    }
                }
                catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
                {
                    last = error.Message;
                }
                await Task.Delay(20);
            }
            Assert.Fail($"'{step}' never showed. The last answer:\n{last}\n\nThe terminal:\n{Log}");
        }

        public void Dispose()
        {
            if (!OperatingSystem.IsWindows())
                Process.Start("kill", ["-TERM", $"{_process.Id}"])!.WaitForExit();
            if (!_process.WaitForExit(5_000))
                _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _client.Dispose();
            _process.Dispose();
        }
    }
}

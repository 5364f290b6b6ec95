using System.Diagnostics;

namespace Retort.Cli.Tests;

/// <summary>An app under the reloader, as <c>retort run --debug</c> starts it.</summary>
internal sealed class RunningApp : IDisposable
{
    private readonly HttpClient _client;
    private readonly List<string> _log = [];
    private readonly Process _process;
    private Uri? _address;

    private RunningApp(Process process)
    {
        _process = process;
        _client = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => Remember(certificate!) }) { Timeout = TimeSpan.FromSeconds(5) };
    }

    /// <summary>The certificates it has answered with, each new connection's.</summary>
    public List<string> Certificates { get; } = [];

    public List<string> Times { get; } = [];

    public static async Task<RunningApp> Start(string tool, string folder, params string[] options)
    {
        var app = new RunningApp(Process.Start(LocalFeed.Start(folder, tool, ["run", "--debug", "--port", "0", .. options]))!);
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

    /// <summary>What it has written to the terminal.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return string.Join('\n', _log);
        }
    }

    /// <summary>Asks until the answer is there.</summary>
    /// <returns>The answer.</returns>
    public async Task<string> Until(string step, string path, Func<string, bool> isThere)
    {
        var watch = Stopwatch.StartNew();
        var last = "";
        while (watch.Elapsed < TimeSpan.FromMinutes(3))
        {
            try
            {
                last = await (await _client.GetAsync(new Uri(_address!, path))).Content.ReadAsStringAsync();
                if (isThere(last))
                {
                    Times.Add($"{step}: {watch.Elapsed.TotalSeconds:0.00} s");
                    return last;
                }
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                last = error.Message;
            }
            await Task.Delay(20);
        }
        throw new TimeoutException($"'{step}' never showed. The last answer:\n{last}\n\nThe terminal:\n{Log}");
    }

    /// <summary>Waits for a text in the terminal: what a process has written may be read later than what it has answered.</summary>
    public async Task UntilSaid(string text)
    {
        var watch = Stopwatch.StartNew();
        while (!Log.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"'{text}' was never said. The terminal:\n{Log}");
            await Task.Delay(20);
        }
    }

    private bool Remember(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
    {
        lock (Certificates)
            Certificates.Add(certificate.Thumbprint);
        return true;
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

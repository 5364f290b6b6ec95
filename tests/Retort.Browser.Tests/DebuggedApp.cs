using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Retort.Tests.Shared;

namespace Retort.Browser.Tests;

/// <summary>The app in folder App, or an example, as a process of its own, on a port that the system chooses.</summary>
internal sealed partial class DebuggedApp : IDisposable
{
    private static readonly string Source = Path.Combine("tests", "Retort.Browser.Tests", "App", "app.cs");
    private static readonly ConcurrentDictionary<string, Lazy<string>> Problems = new(StringComparer.Ordinal);

    private readonly Process _process;
    private readonly List<string> _lines = [];

    private DebuggedApp(Process process) => _process = process;

    /// <summary>Where it answers, without a final slash.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The PIN it printed, or null.</summary>
    public string? Pin { get; private set; }

    /// <summary>Starts it and waits until it says where it answers and, in debug mode, the PIN.</summary>
    public static Task<DebuggedApp> Serve(params string[] options) => Serve(Source, [], options);

    /// <summary>Starts an app of one file, by its path in the repository.</summary>
    public static async Task<DebuggedApp> Serve(string source, (string Name, string Value)[] environment, params string[] options)
    {
        var problem = Problems.GetOrAdd(source, path => new Lazy<string>(() => Build(path))).Value;
        Assert.True(problem.Length == 0, problem);
        var start = new ProcessStartInfo("dotnet", ["run", "--no-build", "-c", "Release", source, "--", "run", "--port", "0", "--no-reload", .. options])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("RETORT_DEBUG_PIN");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var app = new DebuggedApp(Process.Start(start)!);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromMinutes(2));
            await app.Read(needsPin: options.Contains("--debug") && !options.Contains("--no-debugger"), patience.Token);
            return app;
        }
        catch
        {
            app.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task Read(bool needsPin, CancellationToken patience)
    {
        while (Url.Length == 0 || (needsPin && Pin is null))
        {
            var line = await _process.StandardError.ReadLineAsync(patience);
            Assert.True(line is not null, $"the app ended and said no address:\n{string.Join('\n', _lines)}");
            _lines.Add(line);
            if (RunningOn().Match(line) is { Success: true } url)
                Url = url.Groups[1].Value;
            if (DebuggerPin().Match(line) is { Success: true } pin)
                Pin = pin.Groups[1].Value;
        }
        // What it says later is not waited for, but has to go somewhere.
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }

    // One after the other: all of them build the framework, and two builds at a time may write the same file.
    private static string Build(string source)
    {
        lock (Problems)
        {
            var (exit, output, error) = Repository.Run("dotnet", "build", source, "-c", "Release", "-v", "q", "-nologo");
            return exit == 0 ? "" : output + error;
        }
    }

    [GeneratedRegex(@"Running on (http://\S+)")]
    private static partial Regex RunningOn();

    [GeneratedRegex(@"^ \* Debugger PIN: ([0-9]{3}-[0-9]{3}-[0-9]{3})$")]
    private static partial Regex DebuggerPin();
}

using System.Diagnostics;
using System.Text.RegularExpressions;
using Retort.Tests.Shared;

namespace Retort.Examples.Tests;

/// <summary>An example as a process of its own, started by the command its page shows, on a port that the system chooses.</summary>
internal sealed partial class ExampleApp : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Dictionary<string, string> Built = new(StringComparer.Ordinal);

    private readonly Process _process;
    private readonly List<string> _output = [];

    private ExampleApp(Process process) => _process = process;

    /// <summary>Where it answers, without a final slash.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Runs a command of an example to its end and returns what it printed.</summary>
    public static string Run(CommandLine command)
    {
        using var process = Process.Start(Start(command, []))!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience), $"{command} did not end");
        Assert.True(process.ExitCode == 0, $"{command} ended with {process.ExitCode}:\n{output}{error.Result}");
        return output;
    }

    /// <summary>Starts a server and waits until it says where it answers.</summary>
    public static async Task<ExampleApp> Serve(CommandLine command)
    {
        var app = new ExampleApp(Process.Start(Start(command, ["--port", "0", "--no-access-log"]))!);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(Patience);
            app.Url = await app.ReadUrl(command, patience.Token);
            return app;
        }
        catch
        {
            app.Dispose();
            throw;
        }
    }

    /// <summary>What it has logged so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    // The build is done once for each example and apart from the run, so that a run never looks at yesterday's framework.
    private static ProcessStartInfo Start(CommandLine command, string[] more)
    {
        lock (Built)
        {
            if (!Built.TryGetValue(command.Target, out var problem))
            {
                var (exit, output, error) = Repository.Run("dotnet", "build", command.Target, "-c", Configuration, "-v", "q", "-nologo");
                Built[command.Target] = problem = exit == 0 ? "" : output + error;
            }
            Assert.True(problem.Length == 0, $"{command.Target} does not build:\n{problem}");
        }
        string[] target = command.IsProject ? ["--project", command.Target] : [command.Target];
        var start = new ProcessStartInfo("dotnet", ["run", "--no-build", "-c", Configuration, .. target, "--", .. command.Arguments, .. more])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        return start;
    }

    private async Task<string> ReadUrl(CommandLine command, CancellationToken patience)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => Take(line.Data, found);
        _process.ErrorDataReceived += (_, line) => Take(line.Data, found);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Task.WhenAny(found.Task, _process.WaitForExitAsync(patience));
        Assert.True(found.Task.IsCompleted, $"{command} said no address to ask:\n{Output}");
        return await found.Task;
    }

    private void Take(string? line, TaskCompletionSource<string> found)
    {
        if (line is null)
            return;
        lock (_output)
            _output.Add(line);
        if (RunningOn().Match(line) is { Success: true } match)
            found.TrySetResult(match.Groups["url"].Value);
    }

    [GeneratedRegex(@"Running on (?<url>http://\S+)")]
    private static partial Regex RunningOn();
}

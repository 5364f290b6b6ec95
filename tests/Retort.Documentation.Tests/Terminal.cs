using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Retort.Tests.Shared;

namespace Retort.Documentation.Tests;

/// <summary>
/// A reader's terminal, in a folder outside of the repository: saves files and types what a page shows, with a current folder that lasts. The clone that pages call
/// <c>../retort</c> is this repository, built as the tests are.
/// </summary>
internal sealed partial class Terminal : IDisposable
{
    private static readonly (string Name, string Value)[] Environment =
    [
        // The framework is there as the tests have it: in Debug it would be compiled once more, and without the compiler's server each app takes several times as long.
        ("Configuration", "Release"), ("UseSharedCompilation", "true"), ("MSBUILDDISABLENODEREUSE", "1"),
        // Any free port will do, and the reloader would build it all again.
        ("RETORT_RUN_PORT", "0"), ("RETORT_RUN_RELOAD", "0"),
        ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly string _root = Directory.CreateTempSubdirectory("retort-reader-").FullName;

    /// <summary>Opens one; skips the running test where there is no shell to type into.</summary>
    public Terminal()
    {
        Folder = _root;
        Assert.SkipUnless(File.Exists("/bin/bash"), "no bash: what pages show in a terminal is not typed");
    }

    /// <summary>The current folder.</summary>
    public string Folder { get; private set; }

    /// <summary>Writes a file, from where the terminal began when it is named from there, or from the current folder.</summary>
    public void Save(string path, string text)
    {
        var file = Path.Combine(Path.GetFileName(Folder) == path.Split('/')[0] ? _root : Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Pointed(text) + "\n");
    }

    /// <summary>Adds a piece to the end of a project: a group, or an item that belongs into the last one.</summary>
    public void Add(string project, string text)
    {
        var file = Path.Combine(Folder, project);
        var before = File.ReadAllText(file);
        var isGroup = text.Contains("Group>", StringComparison.Ordinal);
        var at = before.LastIndexOf(isGroup ? "</Project>" : "  </ItemGroup>", StringComparison.Ordinal);
        File.WriteAllText(file, before.Insert(at, text + "\n"));
    }

    /// <summary>Types commands, each of which has to succeed, and returns what they print.</summary>
    public string Run(string commands)
    {
        // The last line that is printed says where the commands ended.
        using var process = Start($"{commands}\necho\npwd");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var inTime = process.WaitForExit(Patience);
        if (!inTime)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        Assert.True(inTime, $"'{commands}' did not end within {Patience.TotalMinutes} minutes; a block that starts an app is 'sh serves':\n{output.Result}{error.Result}");
        Assert.True(process.ExitCode == 0, $"'{commands}' ended with {process.ExitCode}:\n{output.Result}{error.Result}");
        var printed = output.Result.TrimEnd('\n');
        var last = printed.LastIndexOf('\n');
        Folder = printed[(last + 1)..];
        return Output(printed[..last]);
    }

    /// <summary>Starts an app, stops it when it serves, and returns what it said until then.</summary>
    public string Serve(string command)
    {
        // Where it serves is said on standard error, what the app prints on the other: a terminal shows both, in the order in which they were said.
        using var process = Start("exec 2>&1\n" + command);
        var said = new List<string>();
        var serves = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        try
        {
            var inTime = serves.Task.Wait(Patience);
            Assert.True(inTime && serves.Task.Result, $"'{command}' {(inTime ? "ended" : "does not serve")}:\n{Said()}");
            return Output(Said());
        }
        finally
        {
            Stop(process);
        }

        void Hear(string? line)
        {
            lock (said)
            {
                if (line is null)
                    serves.TrySetResult(false);
                else if (!serves.Task.IsCompleted)
                    said.Add(line);
                if (line?.StartsWith("Press CTRL+C", StringComparison.Ordinal) == true)
                    serves.TrySetResult(true);
            }
        }

        string Said()
        {
            lock (said)
                return string.Join('\n', said);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Process Start(string commands)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-c", commands]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    // A signal ends 'dotnet run' and the app below it; killing the tree would take along the compiler's server, which the next block needs.
    private static void Stop(Process process)
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
        if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    private static string Pointed(string text) => text
        .Replace("../retort/", Repository.Root + "/", StringComparison.Ordinal)
        .Replace("#:package Retort@0.1.0", $"#:project {Repository.Root}/src/Retort", StringComparison.Ordinal);

    private static string Output(string text) => Port().Replace(text.ReplaceLineEndings("\n").TrimEnd('\n'), "127.0.0.1:5000");

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();
}

using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Retort.Tests.Shared;

namespace Retort.Documentation.Tests;

/// <summary>
/// A reader's terminal, in a folder outside of the repository: saves files and types what a page shows, with a current folder that lasts. The clone that pages call
/// <c>../retort</c> is this repository, built as the tests are.
/// </summary>
internal sealed partial class Terminal : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private readonly string _root = Directory.CreateTempSubdirectory("retort-reader-").FullName;

    public Terminal() => Folder = _root;

    /// <summary>The current folder.</summary>
    public string Folder { get; private set; }

    /// <summary>Writes a file, from where the terminal began when it is named from there, or from the current folder.</summary>
    public void Save(string path, string text)
    {
        var file = Path.Combine(Path.GetFileName(Folder) == path.Split('/')[0] ? _root : Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Pointed(text) + "\n");
    }

    /// <summary>Adds a piece to the end of a project.</summary>
    public void Add(string project, string text)
    {
        var file = Path.Combine(Folder, project);
        File.WriteAllText(file, File.ReadAllText(file).Replace("</Project>", text + "\n</Project>", StringComparison.Ordinal));
    }

    /// <summary>Types commands, each of which has to succeed, and returns what they print.</summary>
    public string Run(string commands)
    {
        // The last line that is printed says where the commands ended.
        using var process = Start($"{commands}\necho\npwd");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"'{commands}' ended with {process.ExitCode}:\n{output.Result}{error.Result}");
        var printed = output.Result.TrimEnd('\n');
        var last = printed.LastIndexOf('\n');
        Folder = printed[(last + 1)..];
        return Output(printed[..last]);
    }

    /// <summary>Starts an app, stops it when it serves, and returns what it said until then.</summary>
    public string Serve(string command)
    {
        using var process = Start(command);
        var said = new StringBuilder();
        try
        {
            var error = process.StandardError.ReadToEndAsync();
            var serves = Task.Run(() =>
            {
                while (process.StandardOutput.ReadLine() is { } line)
                {
                    said.Append(line).Append('\n');
                    if (line.StartsWith("Press CTRL+C", StringComparison.Ordinal))
                        return true;
                }
                return false;
            });
            Assert.True(serves.Wait(Patience), $"'{command}' does not serve:\n{said}");
            Assert.True(serves.Result, $"'{command}' ended:\n{said}{(serves.Result ? "" : error.Result)}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        return Output(said.ToString());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Process Start(string commands)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-c", commands]) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // The framework is there as the tests have it; a build in Debug would take a minute. Any free port will do, and the reloader would build it all once more.
        foreach (var (name, value) in new[] { ("Configuration", "Release"), ("RETORT_RUN_PORT", "0"), ("RETORT_RUN_RELOAD", "0"), ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_NOLOGO", "1"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1") })
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    private static string Pointed(string text) => text
        .Replace("../retort/", Repository.Root + "/", StringComparison.Ordinal)
        .Replace("#:package Retort@0.1.0", $"#:project {Repository.Root}/src/Retort", StringComparison.Ordinal);

    private static string Output(string text) => Port().Replace(text.ReplaceLineEndings("\n").TrimEnd('\n'), "127.0.0.1:5000");

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();
}

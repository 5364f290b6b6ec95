using System.Diagnostics;

namespace Retort.Tests.Shared;

/// <summary>Finds the files a test reads beside its own assembly.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Retort.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// A path in the folder of recorded vectors and acceptance checks that may lie beside the repository.
    /// Skips the running test when it is not there.
    /// </summary>
    public static string Vectors(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Root, "..", "shared", path));
        Assert.SkipUnless(Path.Exists(full), $"no {path} beside the repository: recorded vectors are not checked");
        return full;
    }

    /// <summary>Runs the system's Python, or the one that RETORT_PYTHON names, with the given script; skips the running test when Python or one of the modules is missing.</summary>
    public static string Python(string script, string[] modules, params string[] arguments)
    {
        var interpreter = Environment.GetEnvironmentVariable("RETORT_PYTHON") ?? "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(interpreter), $"no {interpreter}: the Python originals are not compared");
        foreach (var module in modules)
        {
            var (code, _, _) = Run(interpreter, ["-c", $"import {module}"]);
            Assert.SkipUnless(code == 0, $"no Python module {module}: the Python original is not compared");
        }
        var (exit, output, error) = Run(interpreter, ["-c", script, .. arguments]);
        Assert.True(exit == 0, $"{interpreter} ended with {Explain(exit)}; arguments: {string.Join(' ', arguments)}\n{error}");
        return output;
    }

    // A process that a signal ended says nothing itself.
    private static string Explain(int exit) => exit switch
    {
        128 + 9 => "code 137: it was killed, most likely because the machine ran out of memory",
        > 128 => $"code {exit}: signal {exit - 128} ended it",
        _ => $"code {exit}",
    };

    /// <summary>Runs a program to its end and returns its exit code and what it printed.</summary>
    public static (int ExitCode, string Output, string Error) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Retort.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Retort.slnx was not found above the test assembly; run the tests from a checkout.");
        return folder;
    }
}

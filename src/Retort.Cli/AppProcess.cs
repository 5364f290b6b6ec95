using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Retort.Development.Reloading;

namespace Retort.Cli;

/// <summary>Runs an app with <c>dotnet run</c>, in this terminal.</summary>
internal static class AppProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code.</returns>
    public static int Run(ReloadTarget app, IReadOnlyList<string> words)
    {
        string[] dotnet = app.IsFile ? ["run", app.Path, "--", .. words] : ["run", "--project", app.Path, "--", .. words];
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", dotnet))!;
            // Ctrl+C reaches both; the app decides what it means.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                process.Kill(entireProcessTree: true);
            });
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            throw new CliError("cannot run the app: the program 'dotnet' is not on the path. Install the .NET SDK.");
        }
    }
}

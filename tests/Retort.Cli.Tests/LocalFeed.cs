using System.Diagnostics;
using Retort.Tests.Shared;

namespace Retort.Cli.Tests;

/// <summary>The packages of this build in a folder, the tool installed from it, and a place where new apps find them: what a user has once they are published.</summary>
public sealed class LocalFeed : IDisposable
{
    private static readonly string[] Packages =
    [
        "src/Retort.Signing", "src/Retort.Jinja", "src/Retort", "src/Retort.Testing", "src/Retort.Cli", "src/Extensions/Retort.Yaml", "src/Extensions/Retort.Scripting",
    ];

    public LocalFeed()
    {
        var feed = Path.Combine(Folder, "feed");
        foreach (var project in Packages)
            Must(Run(Repository.Root, "dotnet", "pack", project, "-c", "Release", "--no-build", "-o", feed, "-v", "q"));
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named ? named : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        // What was restored before is taken from there; packages of ours never, which may be of another build.
        var restored = Directory.CreateDirectory(Path.Combine(Folder, "restored")).FullName;
        foreach (var package in Directory.Exists(cache) ? Directory.GetDirectories(cache) : [])
        {
            if (!Path.GetFileName(package).StartsWith("retort", StringComparison.OrdinalIgnoreCase))
                Directory.CreateSymbolicLink(Path.Combine(restored, Path.GetFileName(package)), package);
        }
        File.WriteAllText(Path.Combine(Folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="retort" value="{feed}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{Path.Combine(Folder, "packages")}" /></config>
              <fallbackPackageFolders><add key="restored" value="{restored}" /></fallbackPackageFolders>
            </configuration>
            """);
        Must(Run(Folder, "dotnet", "tool", "install", "Retort.Cli", "--tool-path", Path.Combine(Folder, "tools"), "--add-source", feed));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("retort-new").FullName;

    public string Tool => Path.Combine(Folder, "tools", "retort");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Runs a program in a folder to its end.</summary>
    public static (int Code, string Text) Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(Start(folder, program, arguments))!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    public static ProcessStartInfo Start(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment.Remove("RETORT_DEBUG_PIN");
        // An app of a user is no part of a build server's build of this repository.
        start.Environment.Remove("CI");
        return start;
    }

    public static string Must((int Code, string Text) result)
    {
        Assert.True(result.Code == 0, result.Text);
        return result.Text;
    }
}

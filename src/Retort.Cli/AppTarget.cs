using System.CommandLine;
using Retort.Development.Reloading;

namespace Retort.Cli;

/// <summary>Finds the app that a command is meant for: by the option <c>--app</c>, the environment variable <c>RETORT_APP</c>, or in the folder. Source: flask.cli.locate_app.</summary>
internal static class AppTarget
{
    private const string Variable = "RETORT_APP";

    /// <summary>A new option that names it, for one command: System.CommandLine changes an option when it is first shown.</summary>
    public static Option<string?> MakeOption() => new("--app", "-A")
    {
        Description = "The app: a file such as app.cs, a project, or a folder with one. [default: RETORT_APP, or the one in this folder]",
        HelpName = "PATH",
    };

    /// <summary>Takes the option from words that are passed on otherwise.</summary>
    public static ReloadTarget Find(ref string[] words)
    {
        var at = Array.FindIndex(words, word => word is "--app" or "-A");
        if (at < 0)
            return Of(null);
        if (at + 1 == words.Length)
            throw new CliError("the option --app needs a value: a file such as app.cs, a project, or a folder with one.", 2);
        var path = words[at + 1];
        words = [.. words[..at], .. words[(at + 2)..]];
        return Of(path);
    }

    /// <summary>The app of that path, or of the environment, or of this folder.</summary>
    /// <exception cref="CliError">There is none, or more than one.</exception>
    public static ReloadTarget Of(string? path)
    {
        var (named, from) = path is not null ? (path, "--app") : Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } variable ? (variable, Variable) : (".", "this folder");
        var full = Path.GetFullPath(named);
        if (File.Exists(full))
        {
            return Path.GetExtension(full) is var kind && kind == ".cs" ? new ReloadTarget(full, IsFile: true)
                : kind == ".csproj" ? new ReloadTarget(full, IsFile: false)
                : throw new CliError($"'{named}' of {from} is no app: name a file that ends in .cs, a project, or a folder with one.");
        }
        if (!Directory.Exists(full))
            throw new CliError($"'{named}' of {from} is not there. Name a file such as app.cs, a project, or a folder with one.");
        return InFolder(full);
    }

    private static ReloadTarget InFolder(string folder)
    {
        if (Directory.GetFiles(folder, "*.csproj") is [var project, .. var others])
        {
            return others.Length == 0 ? new ReloadTarget(project, IsFile: false)
                : throw new CliError($"there is more than one project in '{folder}': name one with --app, such as --app {Path.GetFileName(project)}.");
        }
        foreach (var name in new[] { "app.cs", "App.cs", "wsgi.cs" })
        {
            if (File.Exists(Path.Combine(folder, name)))
                return new ReloadTarget(Path.Combine(folder, name), IsFile: true);
        }
        return Directory.GetFiles(folder, "*.cs") is [var only] ? new ReloadTarget(only, IsFile: true)
            : throw new CliError($"there is no app in '{folder}'. Go to its folder, name it with --app PATH or RETORT_APP, or start one with 'retort new'.");
    }
}

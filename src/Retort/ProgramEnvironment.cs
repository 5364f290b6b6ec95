using System.Reflection;
using Retort.Configuration;
using Retort.Hosting;

namespace Retort;

/// <summary>
/// The environment files of the program that an app is made in. Flask's command loads them before it imports the app; here the program comes first and makes the app, so they are loaded
/// when its first app is made: the lines after <c>new App()</c>, which configure it, find them. Tests never get them: a test must not run on a developer's passwords.
/// </summary>
internal static class ProgramEnvironment
{
    private static readonly Lock Once = new();
    private static readonly AsyncLocal<Action<App>?> Taker = new();
    private static bool _isLoaded;

    /// <summary>The words after the program's name.</summary>
    public static string[] Words => [.. Environment.GetCommandLineArgs().Skip(1)];

    /// <summary>RETORT_DEBUG: debug mode unless the variable is absent, empty or a word for no. Source: flask.helpers.get_debug_flag.</summary>
    public static bool Debug => DotEnv.IsOn(Environment.GetEnvironmentVariable("RETORT_DEBUG"));

    /// <summary>Until the result is disposed, apps of this flow that are run are handed over instead.</summary>
    public static IDisposable TakeApp(Action<App> take)
    {
        Taker.Value = take;
        return new EndOfTaking();
    }

    /// <summary>Hands an app to whoever waits for it.</summary>
    /// <returns>Whether somebody did.</returns>
    public static bool HandOver(App app)
    {
        Taker.Value?.Invoke(app);
        return Taker.Value is not null;
    }

    /// <summary>Loads the files once in a process, unless it runs tests. A file that <c>--env-file</c> names wins over those that are found.</summary>
    /// <param name="root">The app's root folder, searched after the working folder.</param>
    public static void Load(string root)
    {
        lock (Once)
        {
            if (_isLoaded)
                return;
            _isLoaded = true;
            if (IsProgram(Assembly.GetEntryAssembly()))
                DotEnv.Load(EnvFile(Words), root: root);
        }
    }

    /// <summary>A program knows the framework; a test knows the test client too, and a runner that loads tests knows neither.</summary>
    internal static bool IsProgram(Assembly? entry)
    {
        var known = entry?.GetReferencedAssemblies().Select(reference => reference.Name).ToList() ?? [];
        return known.Contains("Retort") && !known.Contains("Retort.Testing");
    }

    private static string? EnvFile(string[] words)
    {
        try
        {
            return EnvFileOption.Take(words).File;
        }
        catch (UsageError)
        {
            // Told by the command line, when it runs.
            return null;
        }
    }

    private sealed class EndOfTaking : IDisposable
    {
        public void Dispose() => Taker.Value = null;
    }
}

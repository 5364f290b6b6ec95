using System.Reflection;
using Retort.Configuration;
using Retort.Development.Reloading;
using Retort.Hosting;

namespace Retort;

/// <summary>The reloader for an app: the process that the user started stands by and runs the app in another one.</summary>
internal static class AppReload
{
    /// <summary>Whether this process is to stand by: the reloader is wanted, and it does not run under one.</summary>
    /// <param name="app">The app.</param>
    /// <param name="wanted">What was asked for; null for the reloader in debug mode.</param>
    /// <param name="target">The program to run.</param>
    /// <exception cref="HostError">It was asked for by name and cannot be had.</exception>
    public static bool StandsBy(App app, bool? wanted, out ReloadTarget target)
    {
        target = null!;
        if (ReloadedApp.IsWanted || !(wanted ?? app.Debug))
            return false;
        var found = OperatingSystem.IsWindows() ? null : ReloadTarget.OfThisProgram(app.RootPath);
        if (found is null && wanted == true)
        {
            throw new HostError(OperatingSystem.IsWindows()
                ? "cannot reload: a running program's files cannot be replaced on Windows. Use 'retort run --debug', or 'dotnet watch run'."
                : "cannot reload: the program's source is not there. Run it from its source, or leave --reload away.");
        }
        target = found!;
        return found is not null;
    }

    /// <summary>Connects an app that runs under the reloader; its options with the port that was kept for it.</summary>
    public static HostOptions Join(HostOptions options)
    {
        if (!ReloadedApp.IsWanted)
            return options;
        var joined = ReloadedApp.Connect(() => new SetupCode(IsSetup, type => typeof(RouteAttribute).IsAssignableFrom(type) || typeof(DecoratorAttribute).IsAssignableFrom(type)))
            ?? throw new HostError("cannot reach the reloader that started this process: it has ended.");
        return options with { Port = joined.Port };
    }

    /// <summary>Whether a method sets up an app: it is one of an app's, or of what is in it, or is given an app, as extensions are.</summary>
    private static bool IsSetup(MethodBase method) =>
        method.DeclaringType is { } type
        && (IsPart(type) || method.GetParameters().Any(parameter => typeof(Scaffold).IsAssignableFrom(parameter.ParameterType)));

    private static bool IsPart(Type type) => typeof(Scaffold).IsAssignableFrom(type) || type == typeof(Config) || type == typeof(AppGroup) || type == typeof(AppSignals);
}

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

    /// <summary>Stands by while the program runs in another process; gives back the exit code.</summary>
    /// <param name="target">The program.</param>
    /// <param name="words">Its command line.</param>
    /// <param name="options">Where it is served.</param>
    /// <param name="extraFiles">Files and folders to follow besides its source, as typed.</param>
    /// <param name="excludePatterns">Patterns of those not to follow, as typed.</param>
    /// <param name="pin">The debugger's PIN for all of its runs; null for its own choice.</param>
    /// <exception cref="HostError">The address cannot be used, or something that is needed is not there.</exception>
    public static int Run(ReloadTarget target, IReadOnlyList<string> words, HostOptions options, string extraFiles, string excludePatterns, string? pin)
    {
        try
        {
            using var reloader = new Reloader(target, words, options.Port, (handle, port) => KestrelHost.Start(handle, options with { Port = port }))
            {
                ExtraFiles = Split(extraFiles),
                Excluded = new FilePatterns(Split(excludePatterns)),
                Pin = pin,
                Certificate = options is { IsAdHoc: true, Certificate: { } certificate } ? CertificateOption.Pack(certificate) : null,
            };
            return reloader.Run();
        }
        catch (ReloadError wrong)
        {
            throw new HostError(wrong.Message, wrong);
        }
    }

    private static string[] Split(string list) => list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Connects an app that runs under the reloader; its options with the port and the certificate that were kept for it.</summary>
    public static HostOptions Join(HostOptions options)
    {
        if (!ReloadedApp.IsWanted)
            return options;
        var joined = ReloadedApp.Connect(() => new SetupCode(IsSetup, type => typeof(RouteAttribute).IsAssignableFrom(type) || typeof(DecoratorAttribute).IsAssignableFrom(type)))
            ?? throw new HostError("cannot reach the reloader that started this process: it has ended.");
        return options with { Port = joined.Port, Certificate = joined.Certificate is { } kept ? CertificateOption.Unpack(kept) : options.Certificate };
    }

    /// <summary>Whether a method sets up an app: it is one of an app's, or of what is in it, or is given an app, as extensions are.</summary>
    private static bool IsSetup(MethodBase method) =>
        method.DeclaringType is { } type
        && (IsPart(type) || method.GetParameters().Any(parameter => typeof(Scaffold).IsAssignableFrom(parameter.ParameterType)));

    private static bool IsPart(Type type) => typeof(Scaffold).IsAssignableFrom(type) || type == typeof(Config) || type == typeof(AppGroup) || type == typeof(AppSignals);
}

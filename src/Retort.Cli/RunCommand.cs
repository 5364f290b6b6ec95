using System.CommandLine;
using Retort.Development;
using Retort.Hosting;
using Command = System.CommandLine.Command;

namespace Retort.Cli;

/// <summary><c>retort run</c>: the app's own command <c>run</c>; in debug mode this process stands by as the reloader. Source: flask.cli.run_command.</summary>
internal static class RunCommand
{
    private static readonly Option<string?> Host = new("--host", "-h") { Description = $"Where to listen. {ListenAddress.HostDefault}", DefaultValueFactory = _ => Variable("HOST"), HelpName = "ADDRESS" };
    private static readonly Option<int?> Port = new("--port", "-p") { Description = $"The port. {ListenAddress.PortDefault}", DefaultValueFactory = _ => int.TryParse(Variable("PORT"), out var port) ? port : null, HelpName = "NUMBER" };
    private static readonly Option<bool> Debug = new("--debug") { Description = "Debug mode: errors in the browser, and the reloader." };
    private static readonly Option<bool> Reload = new("--reload") { Description = "Follow changes of the source, also outside of debug mode." };
    private static readonly Option<bool> NoReload = new("--no-reload") { Description = "Do not follow changes of the source in debug mode." };
    private static readonly Option<string> ExtraFiles = new("--extra-files") { Description = $"Further files and folders to follow, separated by '{Path.PathSeparator}'.", HelpName = "PATHS" };

    private static readonly Option<string> ExcludePatterns = new("--exclude-patterns") { Description = $"Patterns of those not to follow, separated by '{Path.PathSeparator}'.", HelpName = "PATTERNS" };
    private static readonly Option<string> Certificate = new("--cert") { Description = "A certificate's file, or 'adhoc' for one made on the spot.", HelpName = "FILE" };
    private static readonly Option<string> Key = new("--key") { Description = "The file of the certificate's key.", HelpName = "FILE" };

    // What only the app has to understand; listed here for help and completion.
    private static readonly Option[] OfTheApp =
    [
        new Option<bool>("--no-debugger") { Description = "Debug mode without the debugger's pages." },
        new Option<bool>("--i-know") { Description = "Allow debug mode on an address that others can reach." },
        new Option<bool>("--no-access-log") { Description = "Do not log each request." },
        new Option<string>("--env-file", "-e") { Description = "Load environment variables from this file.", HelpName = "FILE" },
    ];

    /// <summary>The command.</summary>
    public static Command Make()
    {
        var command = new Command("run", "Serve the app. With --debug an edit is seen at once.") { TreatUnmatchedTokensAsErrors = false };
        Option[] options = [Host, Port, Debug, Reload, NoReload, ExtraFiles, ExcludePatterns, Certificate, Key, .. OfTheApp, AppTarget.Option];
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var app = AppTarget.Of(parsed.GetValue(AppTarget.Option));
        var words = Passed(parsed);
        var isDebug = parsed.GetValue(Debug) || Variable("DEBUG") is "1" or "true" || Environment.GetEnvironmentVariable("RETORT_DEBUG") is "1" or "true";
        if (parsed.GetValue(NoReload) || !(parsed.GetValue(Reload) || isDebug))
            return AppProcess.Run(app, words);
        try
        {
            using var certificate = CertificateOption.Load(parsed.GetValue(Certificate), parsed.GetValue(Key));
            var (host, port) = ListenAddress.Of(parsed.GetValue(Host), parsed.GetValue(Port), isDebug);
            var options = new HostOptions(Path.GetFileNameWithoutExtension(app.Path))
            {
                Host = host,
                Port = port,
                Debug = isDebug,
                AccessLog = false,
                Certificate = certificate,
                IsAdHoc = CertificateOption.IsAdHoc(parsed.GetValue(Certificate)),
            };
            var pin = isDebug && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("RETORT_DEBUG_PIN")) ? new DebuggerPin(null).Text : null;
            return AppReload.Run(app, words, options, parsed.GetValue(ExtraFiles) ?? "", parsed.GetValue(ExcludePatterns) ?? "", pin);
        }
        catch (Exception wrong) when (wrong is HostError or UsageError)
        {
            throw new CliError(wrong.Message, wrong is UsageError ? 2 : 1);
        }
    }

    /// <summary>The words as they were typed, without those that name the app.</summary>
    private static IReadOnlyList<string> Passed(ParseResult parsed)
    {
        var words = parsed.Tokens.Select(token => token.Value).ToArray();
        var at = Array.FindIndex(words, word => word is "--app" or "-A");
        return at < 0 ? words : [.. words[..at], .. words[(at + 2)..]];
    }

    private static string? Variable(string option) => Environment.GetEnvironmentVariable("RETORT_RUN_" + option) is { Length: > 0 } value ? value : null;
}

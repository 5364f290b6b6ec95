using System.CommandLine;
using Retort.Development;
using Retort.Hosting;
using Command = System.CommandLine.Command;

namespace Retort.Cli;

/// <summary><c>retort run</c>: the app's own command <c>run</c>; in debug mode this process stands by as the reloader. Source: flask.cli.run_command.</summary>
internal sealed class RunCommand : Command
{
    private readonly Option<string?> _host = new("--host", "-h") { Description = $"Where to listen. {ListenAddress.HostDefault}", DefaultValueFactory = _ => Variable("HOST"), HelpName = "ADDRESS" };
    private readonly Option<int?> _port = new("--port", "-p") { Description = $"The port. {ListenAddress.PortDefault}", DefaultValueFactory = _ => int.TryParse(Variable("PORT"), out var port) ? port : null, HelpName = "NUMBER" };
    private readonly Option<bool> _debug = new("--debug") { Description = "Debug mode: errors in the browser, and the reloader." };
    private readonly Option<bool> _reload = new("--reload") { Description = "Follow changes of the source, also outside of debug mode." };
    private readonly Option<bool> _noReload = new("--no-reload") { Description = "Do not follow changes of the source in debug mode." };
    private readonly Option<string> _extraFiles = new("--extra-files") { Description = $"Further files and folders to follow, separated by '{Path.PathSeparator}'.", HelpName = "PATHS" };
    private readonly Option<string> _excludePatterns = new("--exclude-patterns") { Description = $"Patterns of those not to follow, separated by '{Path.PathSeparator}'.", HelpName = "PATTERNS" };
    private readonly Option<string> _certificate = new("--cert") { Description = "A certificate's file, or 'adhoc' for one made on the spot.", HelpName = "FILE" };
    private readonly Option<string> _key = new("--key") { Description = "The file of the certificate's key.", HelpName = "FILE" };
    private readonly Option<string?> _app = AppTarget.MakeOption();

    // What only the app has to understand; listed here for help and completion.
    private readonly Option[] _ofTheApp =
    [
        new Option<bool>("--no-debugger") { Description = "Debug mode without the debugger's pages." },
        new Option<bool>("--i-know") { Description = "Allow debug mode on an address that others can reach." },
        new Option<bool>("--no-access-log") { Description = "Do not log each request." },
        new Option<string>("--env-file", "-e") { Description = "Load environment variables from this file.", HelpName = "FILE" },
    ];

    /// <summary>The command.</summary>
    public RunCommand() : base("run", "Serve the app. With --debug an edit is seen at once.")
    {
        TreatUnmatchedTokensAsErrors = false;
        Option[] options = [_host, _port, _debug, _reload, _noReload, _extraFiles, _excludePatterns, _certificate, _key, .. _ofTheApp, _app];
        foreach (var option in options)
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        var app = AppTarget.Of(parsed.GetValue(_app));
        var words = Passed(parsed);
        var isDebug = parsed.GetValue(_debug) || Variable("DEBUG") is "1" or "true" || Environment.GetEnvironmentVariable("RETORT_DEBUG") is "1" or "true";
        if (parsed.GetValue(_noReload) || !(parsed.GetValue(_reload) || isDebug))
            return AppProcess.Run(app, words);
        try
        {
            using var certificate = CertificateOption.Load(parsed.GetValue(_certificate), parsed.GetValue(_key));
            var (host, port) = ListenAddress.Of(parsed.GetValue(_host), parsed.GetValue(_port), isDebug);
            var options = new HostOptions(Path.GetFileNameWithoutExtension(app.Path))
            {
                Host = host,
                Port = port,
                Debug = isDebug,
                AccessLog = false,
                Certificate = certificate,
                IsAdHoc = CertificateOption.IsAdHoc(parsed.GetValue(_certificate)),
            };
            var pin = isDebug && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("RETORT_DEBUG_PIN")) ? new DebuggerPin(null).Text : null;
            return AppReload.Run(app, words, options, parsed.GetValue(_extraFiles) ?? "", parsed.GetValue(_excludePatterns) ?? "", pin);
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

using System.ComponentModel;
using Retort.Development;
using Retort.Hosting;

namespace Retort;

/// <summary>The commands that every app has. Source: flask.cli.</summary>
internal static class AppCommands
{
    private static readonly Dictionary<string, string> RunAliases = new(StringComparer.Ordinal) { ["-h"] = "host", ["-p"] = "port", ["--without-threads"] = "no-with-threads" };
    private static readonly Dictionary<string, string> RoutesAliases = new(StringComparer.Ordinal) { ["-s"] = "sort" };

    // Serving starts the app itself, once the options that it may depend on are set.
    // The console is asked for when a command runs, as the app's own commands do: it may have changed since the command was added.
    public static void AddTo(App app)
    {
        AddUnlessTaken(app, new Command("run", Run(app), "Serve the app.", RunAliases) { NeedsContext = false });
        AddUnlessTaken(app, new Command("shell", () => AppShell.Run(app, Console.In, Console.Out), "Run C# in the app's context."));
        AddUnlessTaken(app, new Command("routes", Routes(app), "Show the routes.", RoutesAliases));
        AddUnlessTaken(app, new Command("check", () => TemplateCheck.Run(app, Console.Out), "Check the templates without rendering them."));
        AddUnlessTaken(app, new Command("config", ShowConfig(app), "Show the configuration, without its secrets."));
    }

    private static void AddUnlessTaken(App app, Command command)
    {
        if (!app.Cli.Entries.ContainsKey(command.Name))
            app.Cli.Add(command.Name, command);
    }

    private static Delegate Run(App app) => (
        [Description($"Where to listen. {ListenAddress.HostDefault}")] string? host = null,
        [Description($"The port. {ListenAddress.PortDefault}")] int? port = null,
        [Description("Show errors, read templates again.")] bool debug = false,
        [Description("Log each request. [default: on]")] bool accessLog = true,
        [Description("Show errors in the browser. [default: in debug mode]")] bool debugger = true,
        [Description("Allow debug mode on an address that others can reach.")] bool iKnow = false,
        [Description("Follow the source. [default: in debug mode]")] bool? reload = null,
        [Description("More files and folders to follow, separated by ':'.")] string extraFiles = "",
        [Description("Patterns of those not to follow, separated by ':'.")] string excludePatterns = "",
        [Description("Serve HTTPS with this certificate file, or 'adhoc'.")] string? cert = null,
        [Description("The file of the certificate's key.")] string? key = null,
        [Description("Accepted; requests are always answered together.")] bool withThreads = true) =>
    {
        using var certificate = CertificateOption.Load(cert, key);
        if (!withThreads)
            Console.Error.WriteLine("Warning: --without-threads has no effect: the server answers requests side by side, and cannot be told not to.");
        app.Debugger.IsWanted = debugger;
        app.Debugger.IsPublic = iKnow;
        if (debug)
            app.Debug = true;
        var (address, number) = ListenAddress.Of(host, port, app.Debug);
        var options = new HostOptions(app.Name)
        {
            Host = address,
            Port = number,
            Debug = app.Debug,
            AccessLog = accessLog,
            MaxRequestBodySize = app.Config.Get<long?>("MAX_CONTENT_LENGTH"),
            Services = app.Services,
            Certificate = certificate,
            IsAdHoc = CertificateOption.IsAdHoc(cert),
        };
        if (!AppReload.StandsBy(app, reload, out var target))
        {
            app.Serve(options);
            return 0;
        }
        app.Debugger.Prepare(options);
        return AppReload.Run(target, app.Words, options, extraFiles, excludePatterns, app.Debugger.Pin);
    };

    private static Delegate Routes(App app) => (
        [Description("endpoint, methods, domain, rule or match.")] string sort = "endpoint",
        [Description("Show HEAD and OPTIONS too.")] bool allMethods = false) =>
    {
        if (!RouteTable.Sorts.Contains(sort))
            throw new UsageError($"'{sort}' is not a value for --sort: give one of {string.Join(", ", RouteTable.Sorts)}.");
        new RouteTable(app.UrlMap, allMethods).Write(Console.Out, sort);
    };

    private static Delegate ShowConfig(App app) => (
        [Description("Write JSON.")] bool json = false) =>
    {
        if (json)
            ConfigListing.WriteJson(Console.Out, app.Config);
        else
            ConfigListing.Write(Console.Out, app.Config);
    };
}

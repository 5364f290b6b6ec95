using System.ComponentModel;
using System.Globalization;
using Retort.Hosting;

namespace Retort;

/// <summary>The commands that every app has. Source: flask.cli.</summary>
internal static class AppCommands
{
    private static readonly Dictionary<string, string> RunAliases = new(StringComparer.Ordinal) { ["-h"] = "host", ["-p"] = "port" };
    private static readonly Dictionary<string, string> RoutesAliases = new(StringComparer.Ordinal) { ["-s"] = "sort" };

    public static void AddTo(App app, TextWriter output)
    {
        AddUnlessTaken(app, new Command("run", Run(app), "Serve the app.", RunAliases));
        AddUnlessTaken(app, new Command("shell", () => AppShell.Run(app, Console.In, output), "Run C# in the app's context.", new Dictionary<string, string>()));
        AddUnlessTaken(app, new Command("routes", Routes(app, output), "Show the routes.", RoutesAliases));
    }

    private static void AddUnlessTaken(App app, Command command)
    {
        if (!app.Cli.Entries.ContainsKey(command.Name))
            app.Cli.Add(command.Name, command);
    }

    private static Delegate Run(App app) => (
        [Description("The interface to bind to.")] string host = "127.0.0.1",
        [Description("The port to bind to.")] int port = 5000,
        [Description("Show errors, read templates again.")] bool debug = false,
        [Description("Log each request. [default: on]")] bool accessLog = true,
        [Description("In debug mode show errors in the browser. [default: on]")] bool debugger = true,
        [Description("Allow debug mode on an address that others can reach.")] bool iKnow = false,
        [Description("Follow changes of the source. [default: in debug mode]")] bool? reload = null,
        [Description("Further files and folders to follow, separated by ':'.")] string extraFiles = "") =>
    {
        app.Debugger.IsWanted = debugger;
        app.Debugger.IsPublic = iKnow;
        if (debug)
            app.Debug = true;
        if (port is < 0 or > 65535)
            throw new UsageError($"'{port}' is not a value for --port: give a number from 0 to 65535.");
        var options = new HostOptions(app.Name)
        {
            Host = host,
            Port = port,
            Debug = app.Debug,
            AccessLog = accessLog,
            MaxRequestBodySize = app.Config.Get<long?>("MAX_CONTENT_LENGTH"),
            Services = app.Services,
        };
        if (!AppReload.StandsBy(app, reload, out var target))
        {
            app.Serve(options);
            return 0;
        }
        app.Debugger.Prepare(options);
        return AppReload.Run(target, app.Words, options, extraFiles, app.Debugger.Pin);
    };

    private static Delegate Routes(App app, TextWriter output) => (
        [Description("endpoint, methods, rule or match.")] string sort = "endpoint",
        [Description("Show HEAD and OPTIONS too.")] bool allMethods = false) =>
    {
        var rows = app.UrlMap.Select(rule => (Endpoint: rule.Endpoint ?? "", Methods: Shown(rule.Methods, allMethods), Rule: rule.Text)).ToList();
        rows = sort switch
        {
            "endpoint" => [.. rows.OrderBy(row => row.Endpoint, StringComparer.Ordinal)],
            "methods" => [.. rows.OrderBy(row => row.Methods, StringComparer.Ordinal)],
            "rule" => [.. rows.OrderBy(row => row.Rule, StringComparer.Ordinal)],
            "match" => rows,
            _ => throw new UsageError($"'{sort}' is not a value for --sort: give one of endpoint, methods, rule, match."),
        };
        rows.Insert(0, ("Endpoint", "Methods", "Rule"));
        var (first, second, third) = (rows.Max(row => row.Endpoint.Length), rows.Max(row => row.Methods.Length), rows.Max(row => row.Rule.Length));
        rows.Insert(1, (new string('-', first), new string('-', second), new string('-', third)));
        foreach (var (endpoint, methods, rule) in rows)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{endpoint.PadRight(first)}  {methods.PadRight(second)}  {rule}"));
    };

    private static string Shown(IEnumerable<string>? methods, bool all) =>
        string.Join(", ", (methods ?? []).Where(method => all || method is not ("HEAD" or "OPTIONS")).Order(StringComparer.Ordinal));
}

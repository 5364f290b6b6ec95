using Retort.Configuration;

namespace Retort.Toolbar;

/// <summary>The settings of a toolbar as they are when the app starts. Source: Flask-DebugToolbar, Configuration.</summary>
internal sealed record ToolbarOptions
{
    /// <summary>DEBUG_TB_INTERCEPT_REDIRECTS: whether a redirect is shown as a page with a link. Default true.</summary>
    public bool InterceptRedirects { get; init; }

    /// <summary>DEBUG_TB_PROFILER_ENABLED: whether requests are profiled. Default false.</summary>
    public bool Profiles { get; init; }

    /// <summary>SQLALCHEMY_RECORD_QUERIES: whether queries are recorded. Default true.</summary>
    public bool RecordsQueries { get; init; }

    /// <summary>DEBUG_TB_ROUTES_HOST: the host of the toolbar's own rules, which an app with host matching needs.</summary>
    public string? RoutesHost { get; init; }

    /// <summary>The panels on the bar.</summary>
    public required IReadOnlyList<DebugPanel> Panels { get; init; }

    /// <summary>DEBUG_TB_HOSTS: from where the toolbar is seen. Default: from this machine alone.</summary>
    public required ToolbarHosts Hosts { get; init; }

    /// <summary>Whether the toolbar is on: DEBUG_TB_ENABLED, by default in debug mode, and never outside of it.</summary>
    public static bool IsOn(App app) => app.Debug && app.Config.Get("DEBUG_TB_ENABLED", true);

    /// <summary>Reads the settings and gives the missing ones their defaults. Throws <see cref="ConfigError"/> for one that cannot be used.</summary>
    public static ToolbarOptions Of(App app, IList<DebugPanel> panels) => new()
    {
        InterceptRedirects = Setting(app, "DEBUG_TB_INTERCEPT_REDIRECTS", true),
        Profiles = Setting(app, "DEBUG_TB_PROFILER_ENABLED", false),
        RecordsQueries = Setting(app, "SQLALCHEMY_RECORD_QUERIES", true),
        RoutesHost = app.Config.Get<string>("DEBUG_TB_ROUTES_HOST"),
        Panels = Pick(app.Config.Get<object>("DEBUG_TB_PANELS"), panels),
        Hosts = new ToolbarHosts(app.Config.GetTexts("DEBUG_TB_HOSTS") ?? []),
    };

    private static bool Setting(App app, string key, bool fallback)
    {
        app.Config.TryAdd(key, fallback);
        return app.Config.Get(key, fallback);
    }

    private static IReadOnlyList<DebugPanel> Pick(object? wanted, IList<DebugPanel> panels) => wanted switch
    {
        null => [.. panels],
        string one => [Find(one, panels)],
        IEnumerable<object?> several => [.. several.Select(each => each switch
        {
            DebugPanel panel => panel,
            string name => Find(name, panels),
            _ => throw Unusable($"it holds a {each?.GetType().Name ?? "null"}."),
        })],
        _ => throw Unusable($"the value is a {wanted.GetType().Name}."),
    };

    /// <summary>A panel by its class's name. Flask's lists name modules too: <c>flask_debugtoolbar.panels.timer.TimerDebugPanel</c>.</summary>
    private static DebugPanel Find(string name, IList<DebugPanel> panels)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        return panels.FirstOrDefault(panel => panel.GetType().Name == last)
            ?? throw Unusable($"there is no panel '{last}'.{Nearest.Suggest(last, panels.Select(panel => panel.GetType().Name))}");
    }

    private static ConfigError Unusable(string found) => new($"config['DEBUG_TB_PANELS'] cannot be used: {found} Set it to a list of panels, or of their classes' names.");
}

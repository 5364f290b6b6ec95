using Retort.Toolbar.Panels;

namespace Retort.Toolbar;

/// <summary>
/// Shows beside each page how it was made: time, headers, templates with their contexts, queries, messages, routes. <c>new DebugToolbarExtension(app);</c> is all an app needs.
/// It works in debug mode alone, for pages that are asked for from this machine. Its settings are the keys <c>DEBUG_TB_*</c>, read when the app starts; outside of debug mode it adds
/// nothing to the app. See docs/toolbar.md. Source: flask_debugtoolbar.DebugToolbarExtension.
/// </summary>
/// <example><code>
/// var app = new App { SecretKey = "dev" };
/// var toolbar = new DebugToolbarExtension(app);
/// </code></example>
public sealed class DebugToolbarExtension
{
    /// <summary>Makes a toolbar, and adds it to an app when one is given.</summary>
    public DebugToolbarExtension(App? app = null)
    {
        if (app is not null)
            InitApp(app);
    }

    /// <summary>
    /// The panels in the order of the bar, to which an app adds its own. The setting <c>DEBUG_TB_PANELS</c> picks among them by their classes' names, and orders them.
    /// </summary>
    public IList<DebugPanel> Panels { get; } =
    [
        new VersionDebugPanel(),
        new TimerDebugPanel(),
        new HeaderDebugPanel(),
        new RequestVarsDebugPanel(),
        new ConfigVarsDebugPanel(),
        new TemplateDebugPanel(),
        new SQLAlchemyDebugPanel(),
        new LoggingPanel(),
        new RouteListDebugPanel(),
        new ProfilerDebugPanel(),
        new GDebugPanel(),
    ];

    /// <summary>
    /// Gives the nonce that the page's Content-Security-Policy names for scripts. Null, the default: it is read from that header of the response, which is enough unless the policy is
    /// set by the page itself or by what is around the app.
    /// </summary>
    public Func<Context, string?>? CspNonce { get; set; }

    /// <summary>Adds the toolbar to an app. Whether it is on is decided when the app starts, so that debug mode may be set later.</summary>
    /// <remarks>When the app starts with the toolbar on, it throws <see cref="InvalidOperationException"/> without a <c>SECRET_KEY</c>, and a configuration error for a key it cannot use.</remarks>
    public void InitApp(App app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Signals.AppStarting += (sender, _) => ToolbarOfApp.Start((App)sender!, this);
    }
}

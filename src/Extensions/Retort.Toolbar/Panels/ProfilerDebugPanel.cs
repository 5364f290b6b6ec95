namespace Retort.Toolbar.Panels;

/// <summary>Where the request's time went, method by method. What it shows of a profiled request is made after the request.</summary>
internal sealed class ProfilerDebugPanel : DebugPanel
{
    public override string Title => "Profiler";

    public override string? Subtitle(Context context) => Recording.Of(context) switch { { Profile: not null } => "on", { IsProfiled: true } => "not this one", _ => "off" };

    public override void Write(Context context, PanelWriter page)
    {
        if (Recording.Of(context) is { IsProfiled: true })
            page.Text("This request was not profiled: another one was at that time, or the runtime's diagnostics are switched off (DOTNET_EnableDiagnostics). Load the page again.");
        else
            page.Text("The profiler is off. It slows every page down: set DEBUG_TB_PROFILER_ENABLED to true for as long as you need it.");
    }
}

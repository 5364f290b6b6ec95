namespace Retort.Toolbar.Panels;

/// <summary>The app's rules, in the order in which they were added.</summary>
internal sealed class RouteListDebugPanel : DebugPanel
{
    public override string Title => "Routes";

    public override bool IsLive => true;

    public override string? Subtitle(Context context) => $"{context.App.UrlMap.Count} rules";

    public override void Write(Context context, PanelWriter page) =>
        page.Table(["Rule", "Endpoint", "Methods", "Host or subdomain"],
            context.App.UrlMap.Select(rule => new object?[] { rule.Text, rule.Endpoint ?? "", string.Join(", ", (rule.Methods ?? []).Order(StringComparer.Ordinal)), rule.Host ?? rule.Subdomain ?? "" }));
}

namespace Retort.Toolbar.Panels;

/// <summary>What the request left in <c>G</c>.</summary>
internal sealed class GDebugPanel : DebugPanel
{
    public override string Title => "G";

    public override string? Subtitle(Context context) => context.G.Count is > 0 and var count ? $"{count} {(count == 1 ? "value" : "values")}" : null;

    public override void Write(Context context, PanelWriter page) => page.Values(context.G.OrderBy(value => value.Key, StringComparer.Ordinal));
}

namespace Retort.Toolbar.Panels;

/// <summary>The settings as they are now, without secrets.</summary>
internal sealed class ConfigVarsDebugPanel : DebugPanel
{
    public override string Title => "Config";

    public override bool IsLive => true;

    public override void Write(Context context, PanelWriter page) =>
        page.Values(context.App.Config.OrderBy<KeyValuePair<string, object?>, string>(setting => setting.Key, StringComparer.Ordinal));
}

namespace Retort.Toolbar;

/// <summary>Asks panels, which may be anyone's, and shows what goes wrong in one in its place.</summary>
internal static class PanelText
{
    public static string Write(DebugPanel panel, Context context)
    {
        var page = new PanelWriter();
        try
        {
            panel.Write(context, page);
        }
        catch (Exception error)
        {
            page = new PanelWriter();
            page.Text($"This panel ({panel.GetType().Name}) failed:");
            page.Code(error.ToString());
        }
        return page.Html.ToString();
    }

    public static string? Subtitle(DebugPanel panel, Context context)
    {
        try
        {
            return panel.Subtitle(context);
        }
        catch (Exception error)
        {
            return error.GetType().Name;
        }
    }
}

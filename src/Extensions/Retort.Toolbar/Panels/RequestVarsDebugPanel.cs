namespace Retort.Toolbar.Panels;

/// <summary>What the request brought: where it led, and its values.</summary>
internal sealed class RequestVarsDebugPanel : DebugPanel
{
    private static readonly string[] Tables = ["Request", "URL variables", "Query", "Form", "Files", "Cookies", "Session"];

    public override string Title => "Request";

    public override string? Subtitle(Context context) => context.Request.Endpoint ?? "no rule";

    public override void Write(Context context, PanelWriter page)
    {
        var tables = new RequestSurvey(context).Tables().Where(table => Tables.Contains(table.Title)).ToLookup(table => table.Rows.Count > 0);
        foreach (var table in tables[true])
        {
            page.Heading(table.Title);
            page.Values(table.Rows.Select(row => KeyValuePair.Create(row.Name, row.Value)));
        }
        if (tables[false].Any())
            page.Html.Add($"<p class=\"empty\">Empty: {string.Join(", ", tables[false].Select(table => table.Title))}.</p>\n");
    }
}

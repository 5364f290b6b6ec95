namespace Retort.Toolbar.Panels;

/// <summary>The queries that the request made. It bears the name that Flask's lists of panels know.</summary>
internal sealed class SQLAlchemyDebugPanel : DebugPanel
{
    public override string Title => "SQL";

    public override string? Subtitle(Context context) => Recording.Of(context) is { Queries.Count: > 0 and var count } recording
        ? $"{count} {(count == 1 ? "query" : "queries")}, {TimerDebugPanel.Milliseconds(Total(recording.Queries.Items))}"
        : null;

    public override void Write(Context context, PanelWriter page)
    {
        var recording = Recording.Of(context);
        var queries = recording?.Queries.Items ?? [];
        if (queries.Count == 0)
        {
            page.Html.Add($"<p class=\"empty\">No query was heard.</p>\n");
            page.Text("Entity Framework Core, Npgsql and MySqlConnector are heard by themselves. Wrap any other connection with QueryRecorder.Watch, or tell of a query with QueryRecorder.Record.");
            return;
        }
        foreach (var repeated in queries.GroupBy(query => query.Statement).Where(group => group.Count() > 2).OrderByDescending(group => group.Count()))
            page.Html.Add($"<p class=\"warning\">{repeated.Count()} times the same statement, {TimerDebugPanel.Milliseconds(Total(repeated))}: <code>{Short(repeated.Key)}</code></p>\n");
        page.Html.Add($"<div class=\"scroll\"><table><thead><tr><th scope=\"col\">At</th><th scope=\"col\">Took</th><th scope=\"col\">Statement</th></tr></thead><tbody>\n");
        foreach (var query in queries)
            Write(page, query);
        page.Html.Add($"</tbody></table></div>\n");
        if (recording!.Queries.Count > queries.Count)
            page.Text($"{recording.Queries.Count - queries.Count} more are not kept.");
    }

    private static void Write(PanelWriter page, RecordedQuery query)
    {
        page.Html.Add($"<tr><td class=\"number\">{TimerDebugPanel.Milliseconds(query.Start)}</td><td class=\"number\">{TimerDebugPanel.Milliseconds(query.Duration)}</td><td><pre class=\"statement\">{query.Statement}</pre>");
        if (query.Parameters.Count > 0)
            page.Html.Add($"<div class=\"parameters\"><code>{string.Join(", ", query.Parameters.Select(parameter => $"{parameter.Key} = {parameter.Value}"))}</code></div>");
        if (query.Error is { } error)
            page.Html.Add($"<div class=\"error\">{error}</div>");
        if (query.Location is { } location)
            page.Html.Add($"<small>{location}</small>");
        page.Html.Add($"</td></tr>\n");
    }

    private static TimeSpan Total(IEnumerable<RecordedQuery> queries) => queries.Aggregate(TimeSpan.Zero, (sum, query) => sum + query.Duration);

    private static string Short(string statement) => statement.Length > 200 ? statement[..200] + "…" : statement;
}

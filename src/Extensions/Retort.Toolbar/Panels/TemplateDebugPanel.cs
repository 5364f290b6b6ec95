namespace Retort.Toolbar.Panels;

/// <summary>The templates that were rendered, each with what it was given.</summary>
internal sealed class TemplateDebugPanel : DebugPanel
{
    // Every template sees these, and other panels show them.
    private static readonly string[] Common = ["config", "g", "request", "session"];

    public override string Title => "Templates";

    public override string? Subtitle(Context context) => Recording.Of(context) is { Templates.Count: > 0 and var count } ? $"{count} rendered" : null;

    public override void Write(Context context, PanelWriter page)
    {
        var records = Recording.Of(context)?.Templates.Items ?? [];
        if (records.Count == 0)
            page.Html.Add($"<p class=\"empty\">No template was rendered.</p>\n");
        foreach (var record in records)
        {
            var time = record.Length is { } length ? TimerDebugPanel.Milliseconds(length) : "not done";
            page.Html.Add($"<details open=\"\"><summary><code>{record.Template.Name ?? "(a string)"}</code> {time}");
            page.Html.Add($" <small>{(record.Template.FileName is { } file ? Short(file, context.App.RootPath) : "")}</small></summary>\n");
            page.Values(record.Values.Where(value => !Common.Contains(value.Key)).OrderBy(value => value.Key, StringComparer.Ordinal), "It was given nothing.");
            page.Html.Add($"</details>\n");
        }
        if (Recording.Of(context) is { Templates.Count: var all } && all > records.Count)
            page.Text($"{all - records.Count} more are not kept.");
        if (records.Count > 0)
            page.Text($"Templates that these extend, include or import are part of them. Besides, each sees {string.Join(", ", Common)}.");
    }

    private static string Short(string file, string root) => Path.IsPathRooted(file) && Path.GetRelativePath(root, file) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : file;
}

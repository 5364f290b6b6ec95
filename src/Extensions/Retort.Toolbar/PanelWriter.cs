using Retort.Development;
using Retort.Jinja;

namespace Retort.Toolbar;

/// <summary>
/// Writes a panel. Everything is shown as text, never read as HTML, whatever it holds. Values that are not text are shown as a debugger shows them, with secrets hidden.
/// </summary>
public sealed class PanelWriter
{
    internal PanelWriter()
    {
    }

    /// <summary>The page, for what only the panels of this package need.</summary>
    internal HtmlWriter Html { get; } = new();

    /// <summary>Adds a heading.</summary>
    public void Heading(string text) => Html.Add($"<h3>{text}</h3>\n");

    /// <summary>Adds a paragraph.</summary>
    public void Text(string text) => Html.Add($"<p>{text}</p>\n");

    /// <summary>Adds text whose lines and spaces are kept: code, a message.</summary>
    public void Code(string text) => Html.Add($"<pre tabindex=\"0\">{text}</pre>\n");

    /// <summary>Adds markup as it is. It must be made safe by who made it: <see cref="Markup.Escape"/>, a template.</summary>
    public void Markup(Markup markup)
    {
        ArgumentNullException.ThrowIfNull(markup);
        Html.AddSafe(markup);
    }

    /// <summary>Adds names with their values. A value whose name says that it is secret is hidden, and so are passwords inside of addresses.</summary>
    /// <param name="rows">The rows, in order.</param>
    /// <param name="empty">Is said when there are none.</param>
    public void Values(IEnumerable<KeyValuePair<string, object?>> rows, string empty = "None")
    {
        ArgumentNullException.ThrowIfNull(rows);
        WriteTable(null, rows.Select(row => (IReadOnlyList<string>)[row.Key, ValueText.Of(row.Key, row.Value)]), empty);
    }

    /// <summary>Adds a table.</summary>
    /// <param name="columns">What stands above the columns.</param>
    /// <param name="rows">The cells of each row.</param>
    /// <param name="empty">Is said when there are none.</param>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IEnumerable<object?>> rows, string empty = "None")
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        WriteTable(columns, rows.Select(row => row.Select(Shown).ToList()), empty);
    }

    private static string Shown(object? value) => SecretNames.InText(value as string ?? ValueText.Of(value));

    private void WriteTable(IReadOnlyList<string>? columns, IEnumerable<IReadOnlyList<string>> rows, string empty)
    {
        var isEmpty = true;
        foreach (var row in rows)
        {
            if (isEmpty)
                BeginTable(columns);
            isEmpty = false;
            Html.Add($"<tr>");
            for (var i = 0; i < row.Count; i++)
                WriteCell(row[i], isHead: columns is null && i == 0);
            Html.Add($"</tr>\n");
        }
        if (isEmpty)
            Html.Add($"<p class=\"empty\">{empty}</p>\n");
        else
            Html.Add($"</tbody></table></div>\n");
    }

    private void WriteCell(string text, bool isHead)
    {
        if (isHead)
            Html.Add($"<th scope=\"row\">{text}</th>");
        else
            Html.Add($"<td>{text}</td>");
    }

    private void BeginTable(IReadOnlyList<string>? columns)
    {
        if (columns is null)
        {
            Html.Add($"<div class=\"scroll\"><table class=\"values\"><tbody>\n");
            return;
        }
        Html.Add($"<div class=\"scroll\"><table><thead><tr>");
        foreach (var column in columns)
            Html.Add($"<th scope=\"col\">{column}</th>");
        Html.Add($"</tr></thead><tbody>\n");
    }
}

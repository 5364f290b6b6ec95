using Retort.Development;
using Retort.Jinja;

namespace Retort.Toolbar;

/// <summary>A panel as a page of its own: what the bar shows, and what is left of it where no script runs.</summary>
internal static class ToolbarPage
{
    public static string Of(RequestRecord record, int number, string panel, string style)
    {
        var title = record.Panels[number].Panel.Title;
        var html = Begin($"{title} // {record.Method} {record.Path}", style);
        html.Add($"<body>\n<header><p><b>{record.Method}</b> {record.Path} <small>{record.Status}</small></p>\n<nav aria-label=\"Panels\">\n");
        for (var i = 0; i < record.Panels.Count; i++)
        {
            if (i == number)
                html.Add($"<a href=\"{i}\" aria-current=\"page\">{record.Panels[i].Panel.Title} <small>{record.Panels[i].Subtitle}</small></a>\n");
            else
                html.Add($"<a href=\"{i}\">{record.Panels[i].Panel.Title} <small>{record.Panels[i].Subtitle}</small></a>\n");
        }
        html.Add($"</nav></header>\n<main>\n<h2>{title}</h2>\n");
        html.AddSafe(new Markup(panel));
        html.Add($"</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>The page for a request that is not kept any more.</summary>
    public static string Gone(string style)
    {
        var html = Begin("Debug toolbar", style);
        html.Add($"<body>\n<main>\n<p class=\"empty\">What this request did is no longer kept: the app has been started again, or many pages have been loaded since. Load the page again.</p>\n</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    /// <summary>The beginning of a page, up to its body.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="style">The address of its style sheet; null for none.</param>
    public static HtmlWriter Begin(string title, string? style = null)
    {
        var html = new HtmlWriter();
        html.Add($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <link rel="icon" href="data:,">

            """);
        if (style is not null)
            html.Add($"<link rel=\"stylesheet\" href=\"{style}\">\n");
        html.Add($"</head>\n");
        return html;
    }
}

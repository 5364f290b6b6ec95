using Retort.Jinja;

namespace Retort.Site.Highlighting;

/// <summary>A block of code as HTML, coloured, with its caption.</summary>
internal static class CodeFigure
{
    public static Markup Html(Highlighter highlighter, string language, string code, string? caption = null)
    {
        var text = Markup.Format("<pre tabindex=\"0\"><code>{0}</code></pre>", highlighter.Html(language, code.TrimEnd('\n')));
        return caption is null
            ? Markup.Format("<figure class=\"code\">{0}</figure>", text)
            : Markup.Format("<figure class=\"code{0}\"><figcaption>{1}</figcaption>{2}</figure>", caption == "Output" ? " output" : "", caption, text);
    }
}

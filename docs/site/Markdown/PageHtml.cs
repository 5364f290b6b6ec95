using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Retort.Jinja;
using Retort.Site.Highlighting;

namespace Retort.Site.Markdown;

/// <summary>The HTML of pages: Markdig's, but for code, links, headings and tables.</summary>
internal sealed class PageHtml(Highlighter highlighter)
{
    /// <summary>The page below its title, which the template sets.</summary>
    public Markup Render(MarkdownPage page)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new HighlightedCode(highlighter));
        renderer.ObjectRenderers.ReplaceOrAdd<LinkInlineRenderer>(new Link());
        renderer.ObjectRenderers.ReplaceOrAdd<HeadingRenderer>(new AnchoredHeading());
        renderer.ObjectRenderers.Add(new ScrollingTable());
        foreach (var block in page.Document.Where(block => block is not HeadingBlock { Level: 1 }))
            renderer.Write(block);
        return new Markup(writer.ToString());
    }

    private sealed class HighlightedCode(Highlighter highlighter) : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock block)
        {
            var fence = block as FencedCodeBlock;
            var info = FenceInfo.Parse($"{fence?.Info} {fence?.Arguments}");
            renderer.EnsureLine();
            renderer.WriteLine(CodeFigure.Html(highlighter, info.Language, block.Lines.ToString(), info.Caption).ToHtml());
        }
    }

    private sealed class Link : LinkInlineRenderer
    {
        protected override void Write(HtmlRenderer renderer, LinkInline link)
        {
            if (link.GetData(Links.OnlyInRepository) is not string path)
            {
                base.Write(renderer, link);
                return;
            }
            renderer.Write("<span class=\"in-repository\" title=\"").WriteEscape(path).Write(" in the repository\">");
            renderer.WriteChildren(link);
            renderer.Write("</span>");
        }
    }

    private sealed class AnchoredHeading : HtmlObjectRenderer<HeadingBlock>
    {
        protected override void Write(HtmlRenderer renderer, HeadingBlock block)
        {
            var id = block.GetAttributes().Id;
            renderer.EnsureLine();
            renderer.Write($"<h{block.Level} id=\"").WriteEscape(id).Write("\">");
            renderer.WriteLeafInline(block);
            renderer.Write(" <a class=\"anchor\" href=\"#").WriteEscapeUrl(id).Write("\" aria-label=\"Link to this heading\">#</a>");
            renderer.WriteLine($"</h{block.Level}>");
        }
    }

    // A wide table scrolls in itself, so that the page does not.
    private sealed class ScrollingTable : HtmlObjectRenderer<Table>
    {
        private readonly HtmlTableRenderer _tables = new();

        protected override void Write(HtmlRenderer renderer, Table table)
        {
            renderer.EnsureLine();
            renderer.WriteLine("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">");
            _tables.Write(renderer, (MarkdownObject)table);
            renderer.EnsureLine();
            renderer.WriteLine("</div>");
        }
    }
}

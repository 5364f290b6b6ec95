using System.Text;
using System.Text.RegularExpressions;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace Retort.Site.Markdown;

/// <summary>What the search knows of a page: itself, and each of its sections.</summary>
internal static partial class PageSearch
{
    public static IEnumerable<SearchEntry> Of(MarkdownPage page)
    {
        var text = new StringBuilder();
        var (title, address, kind, place) = (page.Title, page.Output, "page", "");
        foreach (var block in page.Document)
        {
            if (block is HeadingBlock { Level: > 1 } heading)
            {
                yield return Entry();
                text.Clear();
                (title, address, kind, place) = (MarkdownPage.TextOf(heading.Inline), $"{page.Output}#{heading.GetAttributes().Id}", "heading", page.Title);
            }
            else if (block is not HeadingBlock)
            {
                Append(text, block);
            }
        }
        yield return Entry();

        SearchEntry Entry() => new(title, address, kind, place, Blanks().Replace(text.ToString(), " ").Trim());
    }

    private static void Append(StringBuilder text, Block block)
    {
        if (block is ContainerBlock container)
        {
            foreach (var inner in container)
                Append(text, inner);
        }
        else if (block is LeafBlock leaf)
        {
            text.Append(' ').Append(leaf is CodeBlock code ? code.Lines.ToString() : MarkdownPage.TextOf(leaf.Inline));
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

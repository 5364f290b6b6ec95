using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Retort.Site.Markdown;

/// <summary>A page in the contents.</summary>
/// <param name="Title">As the contents call it.</param>
/// <param name="Page">The page itself.</param>
/// <param name="Children">Of a folder's README: the pages of the folder that it lists.</param>
internal sealed record ContentsEntry(string Title, MarkdownPage Page, IReadOnlyList<ContentsEntry> Children);

/// <summary>Pages of the contents under one heading.</summary>
internal sealed record ContentsSection(string Title, IReadOnlyList<ContentsEntry> Entries);

/// <summary>Which pages there are, in which order: what docs/README.md lists.</summary>
internal sealed class Contents
{
    private const string Source = "docs/README.md";

    private Contents(MarkdownPage page, IReadOnlyList<ContentsSection> sections) => (Page, Sections) = (page, sections);

    /// <summary>The contents as a page.</summary>
    public MarkdownPage Page { get; }

    public IReadOnlyList<ContentsSection> Sections { get; }

    /// <summary>The pages in the order of reading.</summary>
    public IEnumerable<ContentsEntry> Entries => Sections.SelectMany(section => section.Entries).SelectMany(entry => entry.Children.Prepend(entry));

    public static Contents Read(string root)
    {
        var page = MarkdownPage.Load(root, Source);
        var sections = new List<ContentsSection>();
        var title = page.Title;
        foreach (var block in page.Document)
        {
            if (block is HeadingBlock heading)
                title = MarkdownPage.TextOf(heading.Inline);
            else if (block is ListBlock list)
                sections.Add(new ContentsSection(title, [.. Listed(root, page, list, depth: 0)]));
        }
        return new Contents(page, sections);
    }

    /// <summary>Pages below docs that nobody would find.</summary>
    public IEnumerable<Problem> Missing(string root)
    {
        var known = Entries.Select(entry => entry.Page.Source).Append(Source).ToHashSet(StringComparer.Ordinal);
        return Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Where(file => !known.Contains(file)).Order(StringComparer.Ordinal)
            .Select(file => new Problem(file, 1, $"is not in the contents: add it to {Source}, or to the README.md of its folder"));
    }

    private static IEnumerable<ContentsEntry> Listed(string root, MarkdownPage page, ListBlock list, int depth)
    {
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var link = item.Descendants<LinkInline>().FirstOrDefault();
            var source = Path.GetRelativePath(root, Path.Combine(root, Path.GetDirectoryName(page.Source)!, link?.Url ?? "")).Replace('\\', '/');
            // What is no page is shown in the text; what does not exist is reported as a broken link.
            if (link is null || !source.EndsWith(".md", StringComparison.Ordinal) || !File.Exists(Path.Combine(root, source)))
                continue;
            var target = MarkdownPage.Load(root, source);
            yield return new ContentsEntry(MarkdownPage.TextOf(link), target, depth == 0 ? [.. Children(root, target)] : []);
        }
    }

    private static IEnumerable<ContentsEntry> Children(string root, MarkdownPage page) =>
        Path.GetFileName(page.Source) != "README.md"
            ? []
            : page.Document.OfType<ListBlock>().SelectMany(list => Listed(root, page, list, depth: 1))
                .Where(entry => Path.GetDirectoryName(entry.Page.Source) == Path.GetDirectoryName(page.Source));
}

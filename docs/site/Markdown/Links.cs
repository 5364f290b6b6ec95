using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Retort.Site.Markdown;

/// <summary>
/// Turns the links of pages, which lead from file to file of the repository, into links of the site. What leads nowhere is a problem.
/// </summary>
/// <param name="options">The repository.</param>
/// <param name="pages">The files that become pages.</param>
internal sealed class Links(SiteOptions options, IReadOnlyCollection<MarkdownPage> pages)
{
    /// <summary>Set on a link to a file that is no page, when it is not known where the repository can be read: its path.</summary>
    public static readonly object OnlyInRepository = new();

    private readonly Dictionary<string, MarkdownPage> _pages = pages.ToDictionary(page => page.Source, StringComparer.Ordinal);

    /// <summary>Images of pages, from the repository's root, that belong into the site.</summary>
    public SortedSet<string> Images { get; } = new(StringComparer.Ordinal);

    /// <summary>Rewrites the links of a page; returns those that lead nowhere.</summary>
    public IEnumerable<Problem> Rewrite(MarkdownPage page) => [.. page.Document.Descendants<LinkInline>().Select(link => Rewrite(page, link)).OfType<Problem>()];

    /// <summary>The address of one page as seen from another, both from the site's root.</summary>
    public static string Relative(string from, string to) =>
        Path.GetRelativePath(Path.GetDirectoryName("/" + from)!, "/" + to).Replace('\\', '/');

    private Problem? Rewrite(MarkdownPage page, LinkInline link)
    {
        // A reference's definition may stand anywhere; its use is what has to be mended.
        var url = link.Reference?.Url ?? link.Url ?? "";
        Problem Broken(string why) => new(page.Source, link.Line + 1, $"{url} leads nowhere{why}");
        if (link.IsImage && MarkdownPage.TextOf(link).Length == 0)
            return new Problem(page.Source, link.Line + 1, $"the image {url} has no text for those who do not see it: ![text]({url})");
        if (IsAbsolute(url))
            return null;

        var (path, anchor) = Split(url);
        var source = path.Length == 0 ? page.Source : Normal(page.Source, path);
        if (source is null || !Path.Exists(Path.Combine(options.Root, source)))
            return Broken("");
        if (_pages.TryGetValue(source, out var target))
        {
            if (anchor.Length > 0 && target.Headings.All(heading => heading.Id != anchor))
                return Broken($": {source} has no heading '{anchor}'");
            Set(link, (path.Length == 0 ? "" : Relative(page.Output, target.Output)) + (anchor.Length > 0 ? "#" + Uri.EscapeDataString(anchor) : ""));
        }
        else if (link.IsImage)
        {
            Images.Add(source);
            Set(link, Relative(page.Output, ImageOutput(source)));
        }
        else if (options.SourceUrl is { } repository)
        {
            Set(link, repository.TrimEnd('/') + "/" + source + (anchor.Length > 0 ? "#" + anchor : ""));
        }
        else
        {
            link.SetData(OnlyInRepository, source);
        }
        return null;
    }

    public static string ImageOutput(string source) => source.StartsWith("docs/", StringComparison.Ordinal) ? source["docs/".Length..] : source;

    private static bool IsAbsolute(string url) => url.StartsWith("//", StringComparison.Ordinal) || Uri.TryCreate(url, UriKind.Absolute, out var parsed) && !parsed.IsFile;

    private static (string Path, string Anchor) Split(string url)
    {
        var parts = url.Split('#', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static void Set(LinkInline link, string url) => (link.Url, link.Reference) = (url, null);

    // Null for what lies above the repository.
    private string? Normal(string from, string path)
    {
        var full = Path.GetRelativePath(options.Root, Path.Combine(options.Root, Path.GetDirectoryName(from)!, path)).Replace('\\', '/').TrimEnd('/');
        return full.StartsWith("..", StringComparison.Ordinal) ? null : full;
    }
}

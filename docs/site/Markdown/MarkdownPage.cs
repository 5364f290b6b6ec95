using System.Collections.Immutable;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Retort.Site.Markdown;

/// <summary>A Markdown file of the repository that becomes a page.</summary>
internal sealed class MarkdownPage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePreciseSourceLocation()
        .UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        // What looks like HTML in prose is a type such as List<T> whose backticks were forgotten.
        .DisableHtml()
        .Build();

    private MarkdownPage(string source, string text)
    {
        Source = source;
        Output = OutputOf(source);
        Document = Markdig.Markdown.Parse(text, Pipeline);
        Headings = [.. Document.Descendants<HeadingBlock>().Select(block => new Heading(block.Level, block.GetAttributes().Id ?? "", TextOf(block.Inline)))];
    }

    /// <summary>From the repository's root, with slashes.</summary>
    public string Source { get; }

    /// <summary>From the site's root, with slashes.</summary>
    public string Output { get; }

    public MarkdownDocument Document { get; }

    public ImmutableArray<Heading> Headings { get; }

    /// <summary>Its first heading; the file's name when there is none.</summary>
    public string Title => Headings.FirstOrDefault(heading => heading.Level == 1)?.Text ?? Path.GetFileNameWithoutExtension(Source);

    public static MarkdownPage Load(string root, string source) => Parse(source, File.ReadAllText(Path.Combine(root, source)));

    public static MarkdownPage Parse(string source, string text) => new(source, text.ReplaceLineEndings("\n"));

    /// <summary>The text of an inline without its markup.</summary>
    public static string TextOf(Inline? inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        AutolinkInline link => link.Url,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline => " ",
        ContainerInline container => string.Concat(container.Select(TextOf)),
        _ => "",
    };

    // The front page of the repository is that of the site; a folder's README is its index. docs/security.md and SECURITY.md must not meet.
    private static string OutputOf(string source) => source switch
    {
        "README.md" => "index.html",
        "docs/README.md" => "contents.html",
        _ when source.StartsWith("docs/", StringComparison.Ordinal) => Html(source["docs/".Length..]),
        _ when !source.Contains('/', StringComparison.Ordinal) => Html("project/" + source),
        _ => Html(source),
    };

    private static string Html(string source) => Path.ChangeExtension(source, ".html").ToLowerInvariant().Replace("/readme.html", "/index.html", StringComparison.Ordinal);
}

namespace Retort.Site;

/// <summary>What a site is made of.</summary>
/// <param name="Root">The repository: its README.md, its docs, and what these link to.</param>
/// <param name="SourceUrl">
/// Where the repository's files can be read, such as <c>https://example.com/retort/blob/main/</c>. Links to files that are no pages lead there. Without it, such a link is
/// shown as the file's path.
/// </param>
internal sealed record SiteOptions(string Root, string? SourceUrl = null);

namespace Retort.Site.Markdown;

/// <summary>A heading of a page.</summary>
/// <param name="Level">1 for the page's title.</param>
/// <param name="Id">Its anchor.</param>
/// <param name="Text">Without markup.</param>
internal sealed record Heading(int Level, string Id, string Text);

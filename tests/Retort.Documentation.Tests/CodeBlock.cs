namespace Retort.Documentation.Tests;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page's path.</param>
/// <param name="Line">The line of its fence.</param>
/// <param name="Info">What stands behind the opening fence: the language, and words for these tests.</param>
/// <param name="Code">Its text.</param>
internal sealed record CodeBlock(string Page, int Line, string Info, string Code)
{
    public string Language => Info.Split(' ')[0];

    public override string ToString() => $"{Page}:{Line}";
}

using System.Text.RegularExpressions;

namespace Retort.Documentation.Tests;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page's path.</param>
/// <param name="Line">The line of its fence.</param>
/// <param name="Info">What stands behind the opening fence: the language, and words for these tests.</param>
/// <param name="Code">Its text.</param>
internal sealed partial record CodeBlock(string Page, int Line, string Info, string Code)
{
    public string Language => Info.Split(' ')[0];

    /// <summary>The file of the repository that the block shows, <c>csharp file (examples/hello/app.cs)</c>, or <c>csharp part (...)</c>; null when it shows none.</summary>
    public string? File => Shown().Match(Info) is { Success: true } shown ? shown.Groups["file"].Value : null;

    /// <summary>Whether it shows the file from its first line to its last.</summary>
    public bool IsWholeFile => Shown().Match(Info).Groups["how"].Value == "file";

    public override string ToString() => $"{Page}:{Line}";

    [GeneratedRegex(@"^\S+ (?<how>file|part) \((?<file>\S+)\)$")]
    private static partial Regex Shown();
}

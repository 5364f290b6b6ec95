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

    /// <summary>Where a reader saves the block, from the folder in which the page begins or from the current one, <c>csharp saved (app.cs)</c>; null when nowhere.</summary>
    public string? SavedAs => Saved().Match(Info) is { Success: true } saved && saved.Groups["how"].Value == "saved" ? saved.Groups["file"].Value : null;

    /// <summary>The project that a reader adds the block to, <c>xml added (flaskr.csproj)</c>; null for none.</summary>
    public string? AddedTo => Saved().Match(Info) is { Success: true } saved && saved.Groups["how"].Value == "added" ? saved.Groups["file"].Value : null;

    /// <summary>Whether it is typed into a terminal.</summary>
    public bool IsShell => Language is "sh" or "bash" or "shell" or "console";

    /// <summary>Whether it starts something that goes on until it is stopped, <c>sh serves</c>.</summary>
    public bool Serves => IsShell && Info == $"{Language} serves";

    /// <summary>Why the tests do not run it, <c>sh shown (it needs Docker)</c>; null when they do.</summary>
    public string? WhyOnlyShown => Reason().Match(Info) is { Success: true } shown ? shown.Groups["why"].Value : null;

    /// <summary>Whether it shows the file from its first line to its last.</summary>
    public bool IsWholeFile => Shown().Match(Info).Groups["how"].Value == "file";

    public override string ToString() => $"{Page}:{Line}";

    [GeneratedRegex(@"^\S+ (?<how>file|part) \((?<file>\S+)\)$")]
    private static partial Regex Shown();

    [GeneratedRegex(@"^\S+ (?<how>saved|added) \((?<file>\S+)\)$")]
    private static partial Regex Saved();

    [GeneratedRegex(@"^\S+ shown \((?<why>\S.*)\)$")]
    private static partial Regex Reason();
}

namespace Retort.Documentation.Tests;

/// <summary>The commands that a page shows, and the files of the repository that they name.</summary>
internal static class CommandLines
{
    /// <summary>The lines of shell blocks and the inline code that is a command.</summary>
    public static IEnumerable<(int Line, string Command)> In(Page page) =>
    [
        .. page.Blocks.Where(block => block.IsShell).SelectMany(block =>
            block.Code.Split('\n').Select((text, index) => (block.Line + index + 1, text.Trim().TrimStart('$', ' '))).Where(line => line.Item2.Length > 0 && line.Item2[0] != '#')),
        .. page.Inline.Where(code => IsCommand(code.Code)).Select(code => (code.Line, code.Code)),
    ];

    /// <summary>Paths inside of the repository. What follows <c>--</c> is for the program that is run; capitals stand for what a reader puts in.</summary>
    public static IEnumerable<string> FilesIn(string command) =>
        command.Split(" -- ")[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Contains('/', StringComparison.Ordinal) && !word.Contains("://", StringComparison.Ordinal) && !word.Contains('=', StringComparison.Ordinal))
            .Where(word => word[0] is not ('/' or '-' or '~' or '<') && !IsPlaceholder(word) && !word.StartsWith("../", StringComparison.Ordinal));

    private static bool IsCommand(string code) => code.StartsWith("dotnet ", StringComparison.Ordinal) || code.StartsWith("./", StringComparison.Ordinal);

    private static bool IsPlaceholder(string word) => word.Any(char.IsAsciiLetterUpper) && word.All(letter => !char.IsAsciiLetterLower(letter));
}

using System.Text.RegularExpressions;

namespace Retort.Site.Markdown;

/// <summary>What stands behind an opening fence: a language, and words that are for the tests of the documentation.</summary>
/// <param name="Language">As written, <c>csharp</c>; empty when there is none.</param>
/// <param name="Caption">What a reader needs of the rest; null when that is nothing.</param>
internal sealed partial record FenceInfo(string Language, string? Caption)
{
    public static FenceInfo Parse(string info)
    {
        var words = info.Trim().Split(' ', 2);
        var rest = words.Length == 2 ? words[1] : "";
        if (Shown().Match(rest) is { Success: true } shown)
            return new FenceInfo(words[0], shown.Groups["how"].Value == "file" ? shown.Groups["file"].Value : $"from {shown.Groups["file"].Value}");
        return new FenceInfo(words[0], rest == "output" ? "Output" : null);
    }

    [GeneratedRegex(@"^(?<how>file|part) \((?<file>\S+)\)$")]
    private static partial Regex Shown();
}

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
        var file = Named().Match(rest).Groups["file"].Value;
        return new FenceInfo(words[0], Named().Match(rest).Groups["how"].Value switch
        {
            "file" or "saved" => file,
            "part" => $"from {file}",
            "added" => $"into {file}",
            _ => rest == "output" ? "Output" : null,
        });
    }

    [GeneratedRegex(@"^(?<how>file|saved|part|added) \((?<file>\S+)\)$")]
    private static partial Regex Named();
}

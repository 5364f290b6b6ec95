using System.Text;
using System.Text.RegularExpressions;

namespace Retort.Development.Reloading;

/// <summary>Shell patterns for files, as Python's <c>fnmatch</c> reads them: <c>*</c> any text (slashes too), <c>?</c> a character, <c>[ab]</c> and <c>[!ab]</c> one of some.</summary>
internal sealed class FilePatterns(IReadOnlyList<string> patterns)
{
    private readonly Regex[] _expressions = [.. patterns.Select(pattern => new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant))];

    /// <summary>Whether a pattern matches the whole path, or the file's name alone.</summary>
    public bool Match(string path) => Array.Exists(_expressions, expression => expression.IsMatch(path) || expression.IsMatch(Path.GetFileName(path)));

    private static string Translate(string pattern)
    {
        var text = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
                text.Append(".*");
            else if (pattern[i] == '?')
                text.Append('.');
            else if (pattern[i] == '[' && EndOfClass(pattern, i) is var end and > 0)
                (_, i) = (text.Append(Class(pattern[(i + 1)..end])), end);
            else
                text.Append(Regex.Escape(pattern[i].ToString()));
        }
        return text.Append("\\z").ToString();
    }

    // A bracket that closes at once is one of the characters; one that is never closed is a bracket.
    private static int EndOfClass(string pattern, int open)
    {
        var first = open + 1 < pattern.Length && pattern[open + 1] == '!' ? open + 2 : open + 1;
        return first + 1 < pattern.Length ? pattern.IndexOf(']', first + 1) : -1;
    }

    private static string Class(string characters)
    {
        var isNegated = characters.StartsWith('!');
        var set = (isNegated ? characters[1..] : characters).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("]", "\\]", StringComparison.Ordinal).Replace("^", "\\^", StringComparison.Ordinal);
        return $"[{(isNegated ? "^" : "")}{set}]";
    }
}

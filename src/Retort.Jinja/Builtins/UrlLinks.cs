using System.Text;
using System.Text.RegularExpressions;
using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>
/// Makes links of URLs and mail addresses in escaped text. The patterns do not backtrack and everything else is counted, so that hostile text takes
/// no more than linear time (CVE-2020-28493).
/// </summary>
internal sealed class UrlLinks(Value trimLimit, string attributes, IReadOnlyList<string> schemes)
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    // A host under some scheme or www., one under a well known domain, or an address by number; then port and path.
    private static readonly Regex Http = new(
        @"^((https?://|www\.)(([\w%-]+\.)+)?([a-z]{2,63}|xn--[\w%]{2,59})|([\w%-]{2,63}\.)+(com|net|int|edu|gov|org|info|mil)"
        + @"|(https?://)(\d{1,3}(\.\d{1,3}){3}|(\[([\da-f]{0,4}:){2}([\da-f]{0,4}:?){1,6}\])))(?::\d{1,5})?(?:[/?#]\S*)?\z",
        Linear | RegexOptions.IgnoreCase);

    private static readonly Regex Email = new(@"^\S+@\w[\w.-]*\.\w+\z", Linear);

    private static readonly (string Open, string Close)[] Pairs = [("(", ")"), ("<", ">"), ("&lt;", "&gt;")];

    /// <summary>Whether it may begin a link, such as <c>tel:</c> or <c>ftp://</c>.</summary>
    public static bool IsScheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 2 || text[(colon + 1)..] is not ("" or "/" or "//"))
            return false;
        for (var i = 0; i < colon; i += CodePoints.Width(text, i))
        {
            if (text[i] is not ('.' or '+' or '-') && !PythonChar.IsWord(CodePoints.At(text, i)))
                return false;
        }
        return true;
    }

    public string Convert(string text)
    {
        var result = new StringBuilder(text.Length + 64);
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            i = PythonChar.SkipSpace(text, i);
            result.Append(text, start, i - start);
            start = i;
            i = PythonChar.SkipWord(text, i);
            if (i > start)
                AppendWord(result, text[start..i]);
        }
        return result.ToString();
    }

    private void AppendWord(StringBuilder result, string word)
    {
        var (from, to) = (0, word.Length);
        while (OpeningLength(word.AsSpan(from)) is var opening and > 0)
            from += opening;
        while (EndingLength(word.AsSpan(from, to - from)) is var ending and > 0)
            to -= ending;
        foreach (var (open, close) in Pairs)
            to = Balance(word, from, to, open, close);
        var middle = word[from..to];
        result.Append(word, 0, from).Append(Link(middle)).Append(word, to, word.Length - to);
    }

    // What stands before and after a link without belonging to it.
    private static int OpeningLength(ReadOnlySpan<char> text) => text switch { ['(' or '<', ..] => 1, ['&', 'l', 't', ';', ..] => 4, _ => 0 };

    private static int EndingLength(ReadOnlySpan<char> text) => text switch { [.., ')' or '>' or '.' or ',' or '\n'] => 1, [.., '&', 'g', 't', ';'] => 4, _ => 0 };

    // Closing marks that have their opening mark inside the URL belong to it, with all that stands before them.
    private static int Balance(string word, int from, int to, string open, string close)
    {
        var opened = word.AsSpan(from, to - from).Count(open);
        if (opened <= word.AsSpan(from, to - from).Count(close))
            return to;
        for (; opened > 0 && word.IndexOf(close, to, StringComparison.Ordinal) is var at and >= 0; opened--)
            to = at + close.Length;
        return to;
    }

    private string Link(string middle)
    {
        if (Http.IsMatch(middle))
        {
            var hasScheme = middle.StartsWith("https://", StringComparison.Ordinal) || middle.StartsWith("http://", StringComparison.Ordinal);
            return $"<a href=\"{(hasScheme ? string.Empty : "https://")}{middle}\"{attributes}>{Trim(middle)}</a>";
        }
        if (middle.StartsWith("mailto:", StringComparison.Ordinal) && Email.IsMatch(middle[7..]))
            return $"<a href=\"{middle}\">{middle[7..]}</a>";
        if (middle.Contains('@') && !middle.StartsWith("www.", StringComparison.Ordinal) && middle[0] != '@' && !middle.Contains(':') && Email.IsMatch(middle))
            return $"<a href=\"mailto:{middle}\">{middle}</a>";
        foreach (var scheme in schemes)
        {
            if (middle != scheme && middle.StartsWith(scheme, StringComparison.Ordinal))
                middle = $"<a href=\"{middle}\"{attributes}>{middle}</a>";
        }
        return middle;
    }

    // The limit is looked at for links alone, so text without any takes whatever is given.
    private string Trim(string url)
    {
        if (trimLimit.IsNone || Comparison.LessOrEqual(Value.From(CodePoints.Count(url)), trimLimit))
            return url;
        var limit = Argument.Integer(trimLimit);
        return CodePoints.Take(url, limit < 0 ? CodePoints.Count(url) + limit : limit) + "...";
    }
}

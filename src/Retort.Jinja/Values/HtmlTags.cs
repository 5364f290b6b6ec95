using System.Text;

namespace Retort.Jinja.Values;

/// <summary>MarkupSafe's <c>striptags</c>, in one pass over the text for each of comments and tags.</summary>
internal static class HtmlTags
{
    public static string Strip(string text)
    {
        var plain = Remove(Remove(text, "<!--", "-->"), "<", ">");
        return HtmlEntities.Unescape(string.Join(' ', TextSplit.Split(plain, default, -1)));
    }

    private static string Remove(string text, string open, string close)
    {
        var start = text.IndexOf(open, StringComparison.Ordinal);
        if (start < 0)
            return text;
        var result = new StringBuilder(text.Length);
        var from = 0;
        for (; start >= 0; start = text.IndexOf(open, from, StringComparison.Ordinal))
        {
            var end = text.IndexOf(close, start + open.Length, StringComparison.Ordinal);
            if (end < 0)
                break;
            result.Append(text, from, start - from);
            from = end + close.Length;
        }
        return result.Append(text, from, text.Length - from).ToString();
    }
}

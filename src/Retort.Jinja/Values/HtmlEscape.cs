using System.Buffers;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>MarkupSafe's escaping.</summary>
internal static class HtmlEscape
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'");

    public static string Escape(string text)
    {
        var first = text.AsSpan().IndexOfAny(Special);
        if (first < 0)
            return text;
        var result = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        for (; first >= 0; first = rest.IndexOfAny(Special))
        {
            result.Append(rest[..first]).Append(Entity(rest[first]));
            rest = rest[(first + 1)..];
        }
        return result.Append(rest).ToString();
    }

    /// <summary>Writes text as UTF-8; a lone surrogate becomes U+FFFD.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> text, bool escape) =>
        Encoding.UTF8.GetBytes(escape && text.ContainsAny(Special) ? Escape(text.ToString()) : text, output);

    private static string Entity(char character) => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&#34;",
        _ => "&#39;",
    };
}

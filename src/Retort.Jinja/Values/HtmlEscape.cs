using System.Buffers;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>MarkupSafe's escaping and UTF-8 writing in one pass.</summary>
internal static class HtmlEscape
{
    private const int Chunk = 1024;
    private const int LongestEntity = 5;
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
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> text, bool escape)
    {
        while (text.Length > Chunk)
        {
            var length = char.IsHighSurrogate(text[Chunk - 1]) ? Chunk - 1 : Chunk;
            WriteChunk(output, text[..length], escape);
            text = text[length..];
        }
        WriteChunk(output, text, escape);
    }

    private static void WriteChunk(IBufferWriter<byte> output, ReadOnlySpan<char> text, bool escape)
    {
        if (text.IsEmpty)
            return;
        var target = output.GetSpan(text.Length * (escape ? LongestEntity : 3));
        output.Advance(escape ? Encode(text, target) : Encoding.UTF8.GetBytes(text, target));
    }

    private static int Encode(ReadOnlySpan<char> text, Span<byte> target)
    {
        var written = 0;
        while (true)
        {
            var run = text.IndexOfAny(Special);
            if (run < 0)
                return written + Encoding.UTF8.GetBytes(text, target[written..]);
            if (run > 0)
                written += Encoding.UTF8.GetBytes(text[..run], target[written..]);
            var entity = EntityBytes(text[run]);
            entity.CopyTo(target[written..]);
            written += entity.Length;
            text = text[(run + 1)..];
        }
    }

    private static string Entity(char character) => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&#34;",
        _ => "&#39;",
    };

    private static ReadOnlySpan<byte> EntityBytes(char character) => character switch
    {
        '&' => "&amp;"u8,
        '<' => "&lt;"u8,
        '>' => "&gt;"u8,
        '"' => "&#34;"u8,
        _ => "&#39;"u8,
    };
}

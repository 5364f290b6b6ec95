using System.Text;

namespace Retort.Json;

/// <summary>JSON text may come as UTF-8, UTF-16 or UTF-32, which its first bytes tell. Source: json.detect_encoding; RFC 4627, 3.</summary>
internal static class JsonEncoding
{
    private static readonly Encoding Utf16Little = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding Utf16Big = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding Utf32Little = new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true);
    private static readonly Encoding Utf32Big = new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true);

    /// <summary>The text as UTF-8 without a byte order mark. Throws <see cref="DecoderFallbackException"/> for what is no text; UTF-8 itself is not looked at.</summary>
    public static ReadOnlySpan<byte> ToUtf8(ReadOnlySpan<byte> text)
    {
        var (encoding, mark) = Detect(text);
        return encoding is null ? text[mark..] : Encoding.UTF8.GetBytes(encoding.GetString(text[mark..]));
    }

    private static (Encoding? Encoding, int Mark) Detect(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return (null, 3);
        if (text.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            return (Utf32Big, 4);
        if (text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
            return (Utf32Little, 4);
        if (text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (Utf16Big, 2);
        if (text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (Utf16Little, 2);
        // JSON begins with a character of ASCII, so the zeros around it tell the width.
        return text.Length switch
        {
            >= 4 when text[0] == 0 => (text[1] == 0 ? Utf32Big : Utf16Big, 0),
            >= 4 when text[1] == 0 => (text[2] == 0 && text[3] == 0 ? Utf32Little : Utf16Little, 0),
            2 when text[0] == 0 => (Utf16Big, 0),
            2 when text[1] == 0 => (Utf16Little, 0),
            _ => (null, 0),
        };
    }
}

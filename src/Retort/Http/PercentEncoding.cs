using System.Buffers;
using System.Text;

namespace Retort.Http;

/// <summary>Percent encoding over UTF-8 as urllib.parse does it.</summary>
internal static class PercentEncoding
{
    private const string AlwaysSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";

    /// <summary>The set for <see cref="Quote"/>: letters, digits, <c>_.-~</c> and the given characters.</summary>
    public static SearchValues<char> Safe(string alsoSafe) => SearchValues.Create(AlwaysSafe + alsoSafe);

    /// <summary>Encodes every byte of a character that is not in the safe set.</summary>
    public static string Quote(string text, SearchValues<char> safe)
    {
        if (!text.AsSpan().ContainsAnyExcept(safe)) return text;

        var quoted = new StringBuilder(text.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && safe.Contains((char)rune.Value))
            {
                quoted.Append((char)rune.Value);
                continue;
            }
            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)]) AppendByte(quoted, b);
        }
        return quoted.ToString();
    }

    /// <summary>Decodes escapes; bytes that are not valid in the encoding become U+FFFD.</summary>
    public static string Unquote(string text, Encoding encoding)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        // Only what stands between other characters is bytes in the encoding; the characters themselves stay.
        var decoded = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var ascii = rest.IndexOfAnyExceptInRange('\0', '\x7f') is var end and >= 0 ? end : rest.Length;
            var bytes = Encoding.ASCII.GetBytes(rest[..ascii].ToString());
            decoded.Append(encoding.GetString(bytes.AsSpan(0, UnescapeInPlace(bytes, plusIsSpace: false))));
            rest = rest[ascii..];
            var others = rest.IndexOfAnyInRange('\0', '\x7f') is var next and >= 0 ? next : rest.Length;
            decoded.Append(rest[..others]);
            rest = rest[others..];
        }
        return decoded.ToString();
    }

    /// <summary>Decodes escapes of UTF-8 text in a buffer that may be overwritten; bytes that are not valid UTF-8 stay escaped.</summary>
    public static string UnquoteUtf8(Span<byte> text, bool plusIsSpace)
    {
        var plain = plusIsSpace ? text.IndexOfAny((byte)'%', (byte)'+') < 0 : text.IndexOf((byte)'%') < 0;
        return Utf8KeepingInvalid(plain ? text : text[..UnescapeInPlace(text, plusIsSpace)]);
    }

    /// <summary>The number of bytes left after decoding the escapes of a buffer onto itself; what is no escape stays.</summary>
    public static int UnescapeInPlace(Span<byte> text, bool plusIsSpace)
    {
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b == '%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                text[written++] = (byte)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2]));
                i += 2;
            }
            else
            {
                text[written++] = b == '+' && plusIsSpace ? (byte)' ' : b;
            }
        }
        return written;
    }

    private static string Utf8KeepingInvalid(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);

        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            var valid = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done;
            if (valid) text.Append(rune.ToString());
            else foreach (var b in bytes[..length]) AppendByte(text, b);
            bytes = bytes[length..];
        }
        return text.ToString();
    }

    private static void AppendByte(StringBuilder text, byte b) => text.Append('%').Append("0123456789ABCDEF"[b >> 4]).Append("0123456789ABCDEF"[b & 15]);

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}

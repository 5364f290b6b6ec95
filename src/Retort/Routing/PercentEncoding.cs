using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Retort.Routing;

/// <summary>Percent-encoding of text as UTF-8 as urllib.parse does it, with the characters left alone that Werkzeug leaves alone. Source: WHATWG URL, 4.3.</summary>
internal static class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";
    private static readonly SearchValues<char> PathSafe = Safe("!$&'()*+,/:;=@");
    private static readonly SearchValues<char> QuerySafe = Safe("!$'()*,/:;?@");
    private static readonly SearchValues<char> AnchorSafe = Safe("%!#$&'()*+,/:;=?@");
    private static readonly SearchValues<char> Printable = SearchValues.Create([.. Enumerable.Range(0x21, 0x7F - 0x21).Select(code => (char)code)]);

    /// <summary>The set for <see cref="Quote"/>: letters, digits, <c>_.-~</c> and the given characters.</summary>
    public static SearchValues<char> Safe(string alsoSafe) => SearchValues.Create(Unreserved + alsoSafe);

    public static string Path(string text) => Quote(text, PathSafe);

    /// <summary>Encodes every byte of a character that is not in the safe set.</summary>
    public static string Quote(string text, SearchValues<char> safe)
    {
        if (!text.AsSpan().ContainsAnyExcept(safe))
            return text;
        var output = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[256]);
        Append(ref output, text, safe);
        return output.ToStringAndClear();
    }

    /// <summary>Text within a query: a blank becomes a plus.</summary>
    public static void AppendQuery(ref DefaultInterpolatedStringHandler output, ReadOnlySpan<char> text)
    {
        for (var blank = text.IndexOf(' '); blank >= 0; blank = text.IndexOf(' '))
        {
            Append(ref output, text[..blank], QuerySafe);
            output.AppendLiteral("+");
            text = text[(blank + 1)..];
        }
        Append(ref output, text, QuerySafe);
    }

    public static void AppendAnchor(ref DefaultInterpolatedStringHandler output, ReadOnlySpan<char> text) => Append(ref output, text, AnchorSafe);

    /// <summary>A URL that is encoded already: only what cannot stand in a header is.</summary>
    public static void AppendEncoded(ref DefaultInterpolatedStringHandler output, ReadOnlySpan<char> text) => Append(ref output, text, Printable);

    private static void Append(ref DefaultInterpolatedStringHandler output, ReadOnlySpan<char> text, SearchValues<char> safe)
    {
        Span<byte> bytes = stackalloc byte[4];
        while (text.IndexOfAnyExcept(safe) is var unsafeAt and >= 0)
        {
            output.AppendFormatted(text[..unsafeAt]);
            Rune.DecodeFromUtf16(text[unsafeAt..], out var rune, out var consumed);
            foreach (var part in bytes[..rune.EncodeToUtf8(bytes)])
            {
                output.AppendLiteral("%");
                output.AppendFormatted(part, "X2");
            }
            text = text[(unsafeAt + consumed)..];
        }
        output.AppendFormatted(text);
    }

    /// <summary>Decodes escapes; bytes that are not valid in the encoding become U+FFFD.</summary>
    public static string Unquote(string text, Encoding encoding)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
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
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done)
                text.Append(rune.ToString());
            else
                AppendEscaped(text, bytes[..length]);
            bytes = bytes[length..];
        }
        return text.ToString();
    }

    private static void AppendEscaped(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (var part in bytes)
            text.Append(CultureInfo.InvariantCulture, $"%{part:X2}");
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}

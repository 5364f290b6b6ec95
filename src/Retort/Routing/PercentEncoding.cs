using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Retort.Routing;

/// <summary>Percent-encoding of text as UTF-8, with the characters left alone that Werkzeug leaves alone. Source: WHATWG URL, 4.3.</summary>
internal static class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";
    private static readonly SearchValues<char> PathSafe = SearchValues.Create(Unreserved + "!$&'()*+,/:;=@");
    private static readonly SearchValues<char> QuerySafe = SearchValues.Create(Unreserved + "!$'()*,/:;?@");
    private static readonly SearchValues<char> AnchorSafe = SearchValues.Create(Unreserved + "%!#$&'()*+,/:;=?@");
    private static readonly SearchValues<char> Printable = SearchValues.Create([.. Enumerable.Range(0x21, 0x7F - 0x21).Select(code => (char)code)]);

    public static string Path(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(PathSafe))
            return text;
        var output = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[256]);
        Append(ref output, text, PathSafe);
        return output.ToStringAndClear();
    }

    public static void AppendPath(ref DefaultInterpolatedStringHandler output, ReadOnlySpan<char> text) => Append(ref output, text, PathSafe);

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
}

using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Python's <c>encode</c> and <c>decode</c> for the encodings a template has use for.</summary>
internal static class TextEncoding
{
    public static byte[] Encode(string text, in Value encoding, in Value errors)
    {
        var (wanted, handling) = (Argument.Text(encoding, "encode", 1), Argument.Text(errors, "encode", 2));
        var (name, target) = Find(wanted);
        var result = new List<byte>(text.Length);
        Span<byte> bytes = stackalloc byte[8];
        for (var i = 0; i < text.Length; i += CodePoints.Width(text, i))
        {
            var code = CodePoints.At(text, i);
            if (code <= target.Highest && code is < 0xD800 or > 0xDFFF)
                result.AddRange(bytes[..target.Encoding.GetBytes(text.AsSpan(i, CodePoints.Width(text, i)), bytes)]);
            else
                result.AddRange(target.Encoding.GetBytes(Substitute(name, handling, text, i, target.Highest)));
        }
        return name == "utf-16" ? [0xFF, 0xFE, .. result] : [.. result];
    }

    public static string Decode(byte[] bytes, in Value encoding, in Value errors)
    {
        var (wanted, handling) = (Argument.Text(encoding, "decode", 1), Argument.Text(errors, "decode", 2));
        if (bytes.Length == 0)
            return string.Empty;
        var (name, source) = Find(wanted);
        DecoderFallback fallback = handling switch
        {
            "ignore" => new DecoderReplacementFallback(string.Empty),
            "replace" => new DecoderReplacementFallback("\uFFFD"),
            "strict" => DecoderFallback.ExceptionFallback,
            _ => throw new PythonError(PythonErrorKind.LookupError, $"unknown error handler name '{handling}'"),
        };
        var decoder = (Encoding)source.Encoding.Clone();
        decoder.DecoderFallback = fallback;
        try
        {
            return decoder.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new PythonError(PythonErrorKind.UnicodeDecodeError, $"'{name}' codec can't decode byte 0x{error.BytesUnknown?[0] ?? 0:x2} in position {error.Index}");
        }
    }

    private static (string Name, (Encoding Encoding, int Highest) Target) Find(string name) => name.Contains('\0') ? throw PythonError.Value("embedded null character") : name.ToLowerInvariant().Replace('_', '-') switch
    {
        "utf-8" or "utf8" => ("utf-8", (new UTF8Encoding(false), 0x10FFFF)),
        "ascii" or "us-ascii" => ("ascii", (Encoding.ASCII, 0x7F)),
        "latin-1" or "latin1" or "iso-8859-1" => ("latin-1", (Encoding.Latin1, 0xFF)),
        "utf-16" => ("utf-16", (new UnicodeEncoding(false, false), 0x10FFFF)),
        "utf-16-le" or "utf-16le" => ("utf-16-le", (new UnicodeEncoding(false, false), 0x10FFFF)),
        "utf-16-be" or "utf-16be" => ("utf-16-be", (new UnicodeEncoding(true, false), 0x10FFFF)),
        _ => throw new PythonError(PythonErrorKind.LookupError, $"unknown encoding: {name}"),
    };

    private static string Substitute(string encoding, string handling, string text, int offset, int highest)
    {
        var code = CodePoints.At(text, offset);
        var escape = PythonChar.Escape(code);
        return handling switch
        {
            "ignore" => string.Empty,
            "replace" => "?",
            "xmlcharrefreplace" => $"&#{code};",
            "backslashreplace" => escape,
            "strict" => throw new PythonError(PythonErrorKind.UnicodeEncodeError,
                $"'{encoding}' codec can't encode character '{escape}' in position {CodePoints.Index(text, offset)}: {(highest == 0x10FFFF ? "surrogates not allowed" : $"ordinal not in range({highest + 1})")}"),
            _ => throw new PythonError(PythonErrorKind.LookupError, $"unknown error handler name '{handling}'"),
        };
    }
}

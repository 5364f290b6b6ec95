using System.Text;

namespace Retort.Jinja;

/// <summary>The encoding of a catalogue's bytes, which its own header names.</summary>
internal static class GettextCharset
{
    public static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>That of <c>charset=</c> in a header, or in the file that begins with it. UTF-8 where none is named.</summary>
    public static Encoding Of(ReadOnlySpan<byte> header)
    {
        const int far = 10_000;
        var text = Encoding.Latin1.GetString(header[..Math.Min(header.Length, far)]);
        var start = text.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return Utf8;
        var name = string.Concat(text[(start + "charset=".Length)..].TakeWhile(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':'));
        // What xgettext writes into a template to be filled in.
        if (name is "CHARSET" || name.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return Utf8;
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"The gettext catalogue is in the charset '{name}', which is not known here. Convert it: msgconv -t UTF-8.", error);
        }
    }

    public static string Decode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new FormatException($"The gettext catalogue says that it is {encoding.WebName}, but byte {error.Index} of a text is not. Correct its charset, or convert it: msgconv -t UTF-8.", error);
        }
    }
}

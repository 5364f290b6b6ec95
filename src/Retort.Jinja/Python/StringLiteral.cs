using System.Globalization;
using System.Text;

namespace Retort.Jinja;

/// <summary>Python's escapes in string literals.</summary>
internal static class StringLiteral
{
    /// <summary>The value of a literal's inner text. Returns null with the reason if an escape is not valid.</summary>
    public static string? Unescape(ReadOnlySpan<char> text, out string? reason)
    {
        reason = null;
        if (!text.Contains('\\'))
            return text.ToString();
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }
            if (++i == text.Length)
            {
                reason = "\\ at end of string";
                return null;
            }
            i += One(text, i, result, ref reason);
            if (reason is not null)
                return null;
        }
        return result.ToString();
    }

    // Appends the escape whose letter stands at the index; returns how many characters it takes beyond that letter.
    private static int One(ReadOnlySpan<char> text, int index, StringBuilder result, ref string? reason)
    {
        var letter = text[index];
        switch (letter)
        {
            case '\n': return 0;
            case '\\' or '\'' or '"': result.Append(letter); return 0;
            case 'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v': result.Append("\a\b\f\n\r\t\v"["abfnrtv".IndexOf(letter)]); return 0;
            case 'x': return Hex(text, index, 2, "truncated \\xXX escape", result, ref reason);
            case 'u': return Hex(text, index, 4, "truncated \\uXXXX escape", result, ref reason);
            case 'U': return Hex(text, index, 8, "truncated \\UXXXXXXXX escape", result, ref reason);
            case 'N': reason = "names of characters (\\N{...}) are not known here; write the character or its number"; return 0;
            case >= '0' and <= '7': return Octal(text, index, result);
            case > '\x7f': return Ascii(text[index..], result);
            default: result.Append('\\').Append(letter); return 0;
        }
    }

    private static int Hex(ReadOnlySpan<char> text, int index, int digits, string truncated, StringBuilder result, ref string? reason)
    {
        if (index + digits >= text.Length
            || !uint.TryParse(text.Slice(index + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            reason = truncated;
            return 0;
        }
        if (code > 0x10ffff)
        {
            reason = "illegal Unicode character";
            return 0;
        }
        result.Append(PythonChar.ToText((int)code));
        return digits;
    }

    private static int Octal(ReadOnlySpan<char> text, int index, StringBuilder result)
    {
        int code = 0, length = 0;
        while (length < 3 && index + length < text.Length && text[index + length] is >= '0' and <= '7')
            code = code * 8 + (text[index + length++] - '0');
        result.Append((char)code);
        return length - 1;
    }

    // A backslash before a character beyond ASCII: the character turns into the letters of its own escape, as in Jinja.
    private static int Ascii(ReadOnlySpan<char> text, StringBuilder result)
    {
        var isWhole = Rune.DecodeFromUtf16(text, out var rune, out var taken) == System.Buffers.OperationStatus.Done;
        result.Append(PythonChar.Escape(isWhole ? rune.Value : text[0]));
        return isWhole ? taken - 1 : 0;
    }
}

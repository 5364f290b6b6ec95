using System.Globalization;
using System.Text;

namespace Retort.Forms.Text;

/// <summary>What Python does with text, where .NET does something else.</summary>
internal static class PythonText
{
    /// <summary><c>str.strip()</c>: the information separators are white space to Python.</summary>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsSpace(text[start]))
            start++;
        while (end > start && IsSpace(text[end - 1]))
            end--;
        return text[start..end];
    }

    public static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1c' and <= '\x1f';

    /// <summary><c>len()</c>: code points, where .NET counts UTF-16 units.</summary>
    public static int Length(string text)
    {
        var length = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
                length--;
        }
        return length;
    }

    /// <summary><c>str.title()</c>: each run of letters begins upper case and goes on lower case.</summary>
    public static string Title(string text)
    {
        var result = new StringBuilder(text.Length);
        var inWord = false;
        foreach (var character in text)
        {
            result.Append(inWord ? char.ToLowerInvariant(character) : char.ToUpperInvariant(character));
            inWord = char.IsLetter(character);
        }
        return result.ToString();
    }

    /// <summary>
    /// A member's name as Python would write it: <c>UserName</c> is <c>user_name</c>, <c>HTMLText</c> is <c>html_text</c>.
    /// </summary>
    public static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }

    /// <summary>The text with the decimal digits of all scripts as ASCII's; null if there is a character beyond ASCII that is none.</summary>
    public static string? ToAsciiDigits(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
            return text.ToString();
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
                result.Append((char)rune.Value);
            else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
                result.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            else
                return null;
        }
        return result.ToString();
    }

    /// <summary>Fills <c>%(name)s</c> and <c>%(name)d</c>, as messages with Python's formatting have them; <c>%%</c> is a percent sign.</summary>
    public static string Format(string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        foreach (var (name, value) in values)
        {
            if (!text.Contains(name, StringComparison.Ordinal))
                continue;
            var shown = Jinja.Values.Value.FromObject(value).ToString();
            text = text.Replace($"%({name})s", shown, StringComparison.Ordinal).Replace($"%({name})d", shown, StringComparison.Ordinal);
        }
        return text.Replace("%%", "%", StringComparison.Ordinal);
    }
}

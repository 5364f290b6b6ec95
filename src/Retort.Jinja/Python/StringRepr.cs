using System.Text;

namespace Retort.Jinja;

/// <summary>Python's <c>repr()</c> of a string: single quotes unless only those occur in it, escapes for what does not print.</summary>
internal static class StringRepr
{
    public static string Of(string text)
    {
        var result = new StringBuilder(text.Length + 2);
        Append(result, text);
        return result.ToString();
    }

    /// <summary>Appends it; of bytes, whose characters are their numbers, only those of ASCII stand for themselves.</summary>
    public static void Append(StringBuilder result, string text, bool asciiOnly = false)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        result.Append(quote);
        for (var i = 0; i < text.Length;)
        {
            var width = char.IsSurrogatePair(text, i) ? 2 : 1;
            var code = width == 2 ? char.ConvertToUtf32(text, i) : text[i];
            if (code == quote || code == '\\' || !(code < 0x7F ? code >= 0x20 : !asciiOnly && PythonChar.IsPrintable(code)))
                AppendEscape(result, code, quote);
            else
                result.Append(text, i, width);
            i += width;
        }
        result.Append(quote);
    }

    // A code point that does not stand for itself between such quotes.
    private static void AppendEscape(StringBuilder result, int code, char quote)
    {
        if (code == quote || code == '\\')
            result.Append('\\').Append((char)code);
        else if (code is '\n' or '\r' or '\t')
            result.Append(code == '\n' ? "\\n" : code == '\r' ? "\\r" : "\\t");
        else
            result.Append(PythonChar.Escape(code));
    }
}

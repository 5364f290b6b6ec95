using System.Collections.Frozen;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Turns HTML's character references back into characters as Python's <c>html.unescape</c> does.</summary>
internal static class HtmlEntities
{
    private const int LongestName = 32;

    // What the numbers 0x80 to 0x9F stand for: Windows-1252; 0 means the number itself.
    private const string Windows =
        "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

    private static readonly Lazy<FrozenDictionary<string, string>> Names = new(Parse);

    public static string Unescape(string text)
    {
        var ampersand = text.IndexOf('&', StringComparison.Ordinal);
        if (ampersand < 0)
            return text;
        var result = new StringBuilder(text.Length);
        var from = 0;
        for (; ampersand >= 0; ampersand = text.IndexOf('&', from))
        {
            result.Append(text, from, ampersand - from);
            var end = ampersand + 1;
            var replacement = end < text.Length && text[end] == '#' ? Number(text, ref end) : Name(text, ref end);
            if (replacement is null)
                result.Append('&');
            else
                result.Append(replacement);
            from = replacement is null ? ampersand + 1 : end;
        }
        return result.Append(text, from, text.Length - from).ToString();
    }

    private static string? Number(string text, ref int end)
    {
        var i = end + 1;
        var hex = i < text.Length && text[i] is 'x' or 'X';
        if (hex)
            i++;
        var start = i;
        var code = 0L;
        for (; i < text.Length && (hex ? char.IsAsciiHexDigit(text[i]) : char.IsAsciiDigit(text[i])); i++)
            code = Math.Min(0x110000, (code * (hex ? 16 : 10)) + Convert.ToInt32(text[i].ToString(), 16));
        if (i == start)
            return null;
        end = i < text.Length && text[i] == ';' ? i + 1 : i;
        return code switch
        {
            0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) => "\uFFFD",
            0x0D => "\r",
            >= 0x80 and <= 0x9F => Windows[(int)code - 0x80].ToString(),
            (>= 1 and <= 8) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or (>= 0xFDD0 and <= 0xFDEF) => string.Empty,
            _ when (code & 0xFFFE) == 0xFFFE => string.Empty,
            _ => char.ConvertFromUtf32((int)code),
        };
    }

    // The longest known name; what follows it without a semicolon stays text.
    private static string? Name(string text, ref int end)
    {
        var stop = end;
        while (stop < text.Length && stop - end < LongestName && text[stop] is not ('\t' or '\n' or '\f' or ' ' or '<' or '&' or '#' or ';'))
            stop++;
        var candidates = Names.Value;
        if (stop < text.Length && text[stop] == ';' && candidates.TryGetValue(text[end..(stop + 1)], out var exact))
        {
            end = stop + 1;
            return exact;
        }
        for (var length = stop - end; length > 1; length--)
        {
            if (candidates.TryGetValue(text.Substring(end, length), out var prefix))
            {
                end += length;
                return prefix;
            }
        }
        return null;
    }

    // A name with an exclamation mark in the table is also known without a semicolon after it. Source: HTML standard, 13.5 Named character references.
    private static FrozenDictionary<string, string> Parse()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in CharacterTable.Read("HtmlEntities.txt"))
        {
            names.Add(name.TrimEnd('!') + ";", text);
            if (name.EndsWith('!'))
                names.Add(name.TrimEnd('!'), text);
        }
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

using System.Globalization;

namespace Retort.Http;

/// <summary>Whole numbers of headers: ASCII digits with at most a minus, blanks around. What exceeds 64 bits is taken for the largest number.</summary>
internal static class PlainInteger
{
    public static long? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var digits = text.StartsWith('-') ? text[1..] : text;
        if (digits.IsEmpty || digits.Length > 4300 || digits.ContainsAnyExceptInRange('0', '9')) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        return text[0] == '-' ? long.MinValue : long.MaxValue;
    }
}

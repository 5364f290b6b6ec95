using System.Buffers;
using System.Globalization;
using System.Text;

namespace Retort.Forms.Text;

/// <summary>
/// Decimal numbers as a country writes them. Groups must be where they belong, so that <c>1,5</c> is never fifteen: of three digits each, between digits, before the decimal sign.
/// Where groups are separated by one kind of space, any is taken.
/// </summary>
internal static class LocalNumbers
{
    private static readonly SearchValues<char> NumberMarks = SearchValues.Create("+-.,0123456789");

    public static bool TryParse(string text, NumberFormatInfo format, out decimal value)
    {
        value = 0;
        if (PythonText.ToAsciiDigits(Simplified(PythonText.Strip(text), format)) is not { } clean)
            return false;
        var at = clean.IndexOf('.', StringComparison.Ordinal);
        var whole = at < 0 ? clean : clean[..at];
        var groups = whole.TrimStart('+', '-').Split(',');
        if (groups.Length > 1 && (groups[0].Length is 0 or > 3 || groups.Skip(1).Any(group => group.Length != 3)))
            return false;
        return clean.AsSpan().IndexOfAnyExcept(NumberMarks) < 0 && (at < 0 || !clean[at..].Contains(',', StringComparison.Ordinal))
            && decimal.TryParse(clean.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    // The country's signs as '.', ',' and '-'; a point or comma that is neither of its signs becomes something that is no number.
    private static string Simplified(ReadOnlySpan<char> text, NumberFormatInfo format)
    {
        var spaced = format.NumberGroupSeparator is [var separator] && char.IsWhiteSpace(separator);
        var result = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (format.NumberDecimalSeparator is [var point] && character == point)
                result.Append('.');
            else if (spaced ? char.IsWhiteSpace(character) : format.NumberGroupSeparator is [var group] && character == group)
                result.Append(',');
            else if (character is '.' or ',')
                result.Append('x');
            else
                result.Append(character == '\u2212' ? '-' : character);
        }
        return result.ToString();
    }
}

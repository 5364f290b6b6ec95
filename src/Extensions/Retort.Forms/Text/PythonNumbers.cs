using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Retort.Forms.Text;

/// <summary>
/// Numbers out of text as Python's <c>int()</c>, <c>float()</c> and <c>Decimal()</c> read them: spaces around, single underscores between digits, the digits of all scripts, and no
/// culture at all.
/// </summary>
internal static class PythonNumbers
{
    // Python reads no integer of more than 4300 digits, because the time grows with the square of their number.
    private const int MaxDigits = 4300;

    private static readonly SearchValues<char> IntegerMarks = SearchValues.Create("+-0123456789");
    private static readonly SearchValues<char> FloatMarks = SearchValues.Create("+-.eE0123456789");

    public static bool TryParseInteger<T>(string text, out T value)
        where T : struct, IBinaryInteger<T>
    {
        value = default;
        if (Clean(text) is not { } clean || clean.Length > MaxDigits + 1)
            return false;
        return clean.AsSpan().IndexOfAnyExcept(IntegerMarks) < 0 && T.TryParse(clean, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryParseFloat(string text, out double value)
    {
        value = 0;
        if (Clean(text) is not { } clean)
            return false;
        if (clean.AsSpan().IndexOfAnyExcept(FloatMarks) < 0)
            return clean.AsSpan().IndexOfAnyInRange('0', '9') >= 0
                && double.TryParse(clean, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        return TryParseSpecial(clean, out value);
    }

    /// <summary>A decimal. What .NET's decimal cannot hold (NaN, an infinity, more than 28 digits before the point) is none.</summary>
    public static bool TryParseDecimal(string text, out decimal value)
    {
        value = 0;
        return Clean(text, isDecimal: true) is { } clean && clean.AsSpan().IndexOfAnyExcept(FloatMarks) < 0 && clean.AsSpan().IndexOfAnyInRange('0', '9') >= 0
            && decimal.TryParse(clean, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseSpecial(string text, out double value)
    {
        var sign = text.StartsWith('-') ? -1 : 1;
        var name = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        value = name.ToLowerInvariant() switch { "inf" or "infinity" => sign * double.PositiveInfinity, "nan" => double.NaN, _ => 0 };
        return value != 0;
    }

    // Without the spaces around and the underscores between digits; null where an underscore may not stand. Decimal drops them wherever they are, and knows more spaces.
    private static string? Clean(string text, bool isDecimal = false)
    {
        var stripped = isDecimal ? PythonText.Strip(text) : text.AsSpan().Trim();
        if (stripped.IsEmpty || PythonText.ToAsciiDigits(stripped) is not { } ascii)
            return null;
        if (!ascii.Contains('_', StringComparison.Ordinal))
            return ascii;
        var result = new StringBuilder(ascii.Length);
        for (var i = 0; i < ascii.Length; i++)
        {
            if (ascii[i] != '_')
                result.Append(ascii[i]);
            else if (!isDecimal && (i == 0 || i == ascii.Length - 1 || !char.IsAsciiDigit(ascii[i - 1]) || !char.IsAsciiDigit(ascii[i + 1])))
                return null;
        }
        return result.ToString();
    }
}

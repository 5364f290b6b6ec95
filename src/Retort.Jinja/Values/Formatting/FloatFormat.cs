using System.Globalization;

namespace Retort.Jinja.Values;

/// <summary>Floats with a given number of digits, rounded from the exact binary value, ties to even, as C's printf does and .NET, too.</summary>
internal static class FloatFormat
{
    /// <summary>The absolute value in one of the forms e, f, g (lower case), or r for the shortest. No sign; infinities and NaN by name.</summary>
    public static string Format(double value, char form, int precision, bool alternate, bool addPointZero = false)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "nan" : "inf";
        value = Math.Abs(value);
        switch (form)
        {
            case 'f':
                return Point(Fixed(value, precision), alternate);
            case 'e':
                var (mantissa, exponent) = Scientific(value, precision);
                return Point(mantissa, alternate) + Exponent(exponent);
            case 'g':
                return General(value, Math.Max(1, precision), alternate, addPointZero);
            default:
                var text = FloatText.Format(value);
                if (!addPointZero && text.EndsWith(".0", StringComparison.Ordinal))
                    return text[..^2];
                return alternate && !text.Contains('.') ? text.Insert(text.IndexOf('e', StringComparison.Ordinal), ".") : text;
        }
    }

    private static string General(double value, int precision, bool alternate, bool addPointZero)
    {
        var (mantissa, exponent) = Scientific(value, precision - 1);
        if (exponent < -4 || exponent >= precision - (addPointZero ? 1 : 0))
            return (alternate ? Point(mantissa, alternate) : Trim(mantissa)) + Exponent(exponent);
        var text = Fixed(value, precision - 1 - exponent);
        text = alternate ? Point(text, alternate) : Trim(text);
        return addPointZero && !text.Contains('.') ? text + ".0" : text;
    }

    private static string Fixed(double value, int decimals) => value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    private static (string Mantissa, int Exponent) Scientific(double value, int decimals)
    {
        var text = value.ToString($"E{decimals}", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        return (text[..mark], int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private static string Exponent(int exponent) => exponent.ToString("'e'+00;'e'-00", CultureInfo.InvariantCulture);

    // The alternate form has a point also where no digit follows.
    private static string Point(string text, bool alternate) => alternate && !text.Contains('.') ? text + "." : text;

    private static string Trim(string text) => text.Contains('.') ? text.TrimEnd('0').TrimEnd('.') : text;
}

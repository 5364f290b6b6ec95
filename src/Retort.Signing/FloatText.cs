using System.Globalization;

namespace Retort.Signing;

/// <summary>Floats as Python prints them: the shortest digits that read back, always with a fraction or an exponent, which starts at 1e+16 and 1e-05.</summary>
internal static class FloatText
{
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

        // The platform finds the same digits but sets point and exponent by other rules: take its text apart.
        var text = value.ToString("R", CultureInfo.InvariantCulture).AsSpan();
        var sign = text[0] == '-' ? "-" : "";
        text = text[sign.Length..];
        var end = text.IndexOf('E') is >= 0 and var at ? at : text.Length;
        var point = text[..end].IndexOf('.') is >= 0 and var dot ? dot : end;
        var exponent = point - 1 + (end < text.Length ? int.Parse(text[(end + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        var allDigits = text[..end].ToString().Replace(".", "", StringComparison.Ordinal);
        var digits = allDigits.TrimStart('0');
        exponent -= allDigits.Length - digits.Length;
        digits = digits.TrimEnd('0');

        if (digits.Length == 0)
            return sign + "0.0";
        return sign + exponent switch
        {
            < -4 or >= 16 => Scientific(digits, exponent),
            < 0 => new string('0', -exponent).Insert(1, ".") + digits,
            _ when digits.Length <= exponent + 1 => digits.PadRight(exponent + 1, '0') + ".0",
            _ => digits.Insert(exponent + 1, "."),
        };
    }

    private static string Scientific(string digits, int exponent)
    {
        var mantissa = digits.Length == 1 ? digits : digits.Insert(1, ".");
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }
}

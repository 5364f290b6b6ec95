using System.Globalization;
using System.Numerics;

namespace Retort.Routing;

/// <summary>The text of a value in a URL. Where Python has the type too, it is Python's <c>str()</c>, so that both sides build the same URL.</summary>
internal static class UrlText
{
    public static string Of(object? value) => value switch
    {
        null => "None",
        string text => text,
        double number => Of(number),
        float number => Of(double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>The value as a whole number, as <c>int()</c> makes one. Throws <see cref="ArgumentException"/> if it is none.</summary>
    public static string Integer(object value)
    {
        switch (value)
        {
            case int or long or short or byte or uint or ulong or ushort or sbyte or BigInteger:
                return ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture);
            case bool truth:
                return truth ? "1" : "0";
            case Enum:
                return Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
            case double or float or decimal when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number):
                return new BigInteger(number).ToString(CultureInfo.InvariantCulture);
            case string text when DecimalDigits.TryParse<BigInteger>(text.AsSpan().Trim(), NumberStyles.AllowLeadingSign, out var parsed):
                return parsed.ToString(CultureInfo.InvariantCulture);
            default:
                throw new ArgumentException($"'{Of(value)}' is not a whole number; the variable takes only those");
        }
    }

    /// <summary>The value as a floating point number, as <c>float()</c> makes one. Throws <see cref="ArgumentException"/> if it is none.</summary>
    public static string Float(object value)
    {
        switch (value)
        {
            case bool truth:
                return truth ? "1.0" : "0.0";
            case BigInteger whole:
                return Of((double)whole);
            case float:
                return Of(value);
            case IConvertible number and not (string or char or DateTime):
                return Of(number.ToDouble(CultureInfo.InvariantCulture));
            case string text when DecimalDigits.TryParse<double>(text.AsSpan().Trim(), NumberStyles.Float, out var parsed):
                return Of(parsed);
            default:
                throw new ArgumentException($"'{Of(value)}' is not a number; the variable takes only those");
        }
    }

    // The shortest digits that read back, laid out as repr() does: an exponent from 1e16 on and below 1e-4.
    private static string Of(double number)
    {
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        var shortest = number.ToString("E16", CultureInfo.InvariantCulture);
        for (var precision = 0; precision < 17; precision++)
        {
            shortest = number.ToString($"E{precision}", CultureInfo.InvariantCulture);
            if (double.Parse(shortest, CultureInfo.InvariantCulture).Equals(number))
                break;
        }
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = shortest[0] == '-' ? "-" : "";
        var digits = shortest[sign.Length..mark].Replace(".", "", StringComparison.Ordinal);
        return sign + exponent switch
        {
            >= 16 or < -4 => $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}",
            < 0 => $"0.{new string('0', -exponent - 1)}{digits}",
            _ when digits.Length <= exponent + 1 => $"{digits.PadRight(exponent + 1, '0')}.0",
            _ => $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}",
        };
    }
}

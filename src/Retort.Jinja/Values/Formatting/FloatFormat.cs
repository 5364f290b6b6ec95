using System.Globalization;
using System.Numerics;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Floats with a given number of digits, rounded from the exact binary value, ties to even, as C's printf does.</summary>
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
                return Fixed(value, precision, alternate);
            case 'e':
                var (digits, exponent) = Significant(value, precision + 1);
                return Scientific(digits, exponent, alternate);
            case 'g':
                return General(value, Math.Max(1, precision), alternate, addPointZero);
            default:
                var text = FloatText.Format(value);
                return addPointZero || !text.EndsWith(".0", StringComparison.Ordinal) ? text : text[..^2];
        }
    }

    private static string Fixed(double value, int precision, bool alternate)
    {
        var digits = Scaled(value, precision);
        var text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        return precision > 0 ? $"{text[..^precision]}.{text[^precision..]}" : alternate ? text + "." : text;
    }

    private static string General(double value, int precision, bool alternate, bool addPointZero)
    {
        var (digits, exponent) = Significant(value, precision);
        if (exponent < -4 || exponent >= precision - (addPointZero ? 1 : 0))
            return Scientific(alternate ? digits : Trim(digits), exponent, alternate);
        var text = exponent < 0 ? "0." + new string('0', -exponent - 1) + digits : exponent + 1 >= digits.Length ? digits.PadRight(exponent + 1, '0') + "." : digits.Insert(exponent + 1, ".");
        if (!alternate)
            text = text.TrimEnd('0').TrimEnd('.');
        return addPointZero && !text.Contains('.') ? text + ".0" : text;
    }

    private static string Scientific(string digits, int exponent, bool alternate)
    {
        var result = new StringBuilder().Append(digits[0]);
        if (digits.Length > 1 || alternate)
            result.Append('.').Append(digits, 1, digits.Length - 1);
        return result.Append(CultureInfo.InvariantCulture, $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}").ToString();
    }

    private static string Trim(string digits) => digits.TrimEnd('0') is { Length: > 0 } trimmed ? trimmed : "0";

    /// <summary>The leading digits and the power of ten of the first.</summary>
    private static (string Digits, int Exponent) Significant(double value, int count)
    {
        if (value == 0)
            return (new string('0', count), 0);
        // The exponent of the shortest form can be one too high for the exact value; rounding can make it one too low.
        Span<char> shortest = stackalloc char[24];
        var exponent = FloatText.ShortestDigits(value, shortest).Exponent;
        while (true)
        {
            var digits = Scaled(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
            if (digits.Length == count)
                return (digits, exponent);
            exponent += digits.Length - count;
            if (digits.Length > count && digits.AsSpan(1).TrimEnd('0').IsEmpty)
                return (digits[..count], exponent);
        }
    }

    /// <summary>The value times a power of ten, rounded half to even.</summary>
    private static BigInteger Scaled(double value, int power)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFF;
        (mantissa, exponent) = exponent == 0 ? (mantissa, -1074) : (mantissa | (1L << 52), exponent - 1075);
        if (power is >= 0 and <= 15 && exponent is < 0 and > -120)
            return ScaledFast((UInt128)mantissa, exponent, power);
        var top = new BigInteger(mantissa);
        var bottom = BigInteger.One;
        if (power > 0)
            top *= BigInteger.Pow(10, power);
        else
            bottom = BigInteger.Pow(10, -power);
        if (exponent > 0)
            top <<= exponent;
        else
            bottom <<= -exponent;
        var quotient = BigInteger.DivRem(top, bottom, out var rest);
        var half = (rest * 2).CompareTo(bottom);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    // 53 bits times 10^15 fit 128 bits, and the division is a shift.
    private static BigInteger ScaledFast(UInt128 mantissa, int exponent, int power)
    {
        for (; power > 0; power--)
            mantissa *= 10;
        var quotient = mantissa >> -exponent;
        var rest = mantissa - (quotient << -exponent);
        var half = UInt128.One << (-exponent - 1);
        return rest > half || (rest == half && UInt128.IsOddInteger(quotient)) ? quotient + 1 : quotient;
    }
}

using System.Numerics;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Python's <c>int()</c> and <c>float()</c> of text: digits of any script, underscores between digits, white space around, a prefix for the base.</summary>
internal static class IntegerText
{
    /// <summary>Python's <c>int(value)</c>. Throws its TypeError, ValueError or OverflowError.</summary>
    public static BigInteger FromValue(in Value value)
    {
        if (value.IsIntegral)
            return value.AsBigInteger;
        if (value.AsText is { } text)
            return Parse(text, 10);
        if (value.Kind == ValueKind.Decimal)
            return new BigInteger(decimal.Truncate((decimal)value.Reference));
        if (!value.IsFloat)
            throw Argument.Wrong(value, $"int() argument must be a string, a bytes-like object or a real number, not '{Text.TypeName(value)}'");
        if (double.IsNaN(value.AsDouble))
            throw PythonError.Value("cannot convert float NaN to integer");
        return double.IsInfinity(value.AsDouble) ? throw PythonError.Overflow("cannot convert float infinity to integer") : new BigInteger(value.AsDouble);
    }

    /// <summary>Python's <c>int(text, base)</c>.</summary>
    public static BigInteger Parse(string text, int numberBase)
    {
        if (numberBase is not 0 and (< 2 or > 36))
            throw PythonError.Value("int() base must be >= 2 and <= 36, or 0");
        var count = 0;
        if (Normalize(text) is { } digits && NumberLiteral.TryParse(digits, numberBase, out var number, out count))
            return number;
        throw PythonError.Value(count > NumberLiteral.MaxDigits
            ? $"Exceeds the limit (4300 digits) for integer string conversion: value has {count} digits; use sys.set_int_max_str_digits() to increase the limit"
            : $"invalid literal for int() with base {numberBase}: {StringRepr.Of(text)}");
    }

    /// <summary>Python's <c>float(value)</c>. Throws its TypeError, ValueError or OverflowError.</summary>
    public static double ToFloat(in Value value) => value.IsNumber ? Numbers.ToDouble(value)
        : value.AsText is { } text ? ToFloat(text)
        : value.Kind == ValueKind.Bytes ? ToFloat(Encoding.ASCII.GetString((byte[])value.Reference))
        : throw Argument.Wrong(value, $"float() argument must be a string or a real number, not '{Text.TypeName(value)}'");

    /// <summary>Python's <c>float(text)</c>.</summary>
    public static double ToFloat(string text) =>
        Normalize(text) is { } digits && NumberLiteral.TryParse(digits, out var number) ? number : throw PythonError.Value($"could not convert string to float: {StringRepr.Of(text)}");

    /// <summary>Without white space around, digits of other scripts as ASCII; null if a character can be no part of a number.</summary>
    private static string? Normalize(string text)
    {
        var stripped = StringMethods.Strip(text, null, start: true, end: true);
        if (Ascii.IsValid(stripped))
            return stripped.Length > 0 && !stripped.Contains('\0') ? stripped : null;
        var result = new StringBuilder(stripped.Length);
        for (var i = 0; i < stripped.Length; i += CodePoints.Width(stripped, i))
        {
            var code = CodePoints.At(stripped, i);
            if (code >= 0x80 && PythonChar.DecimalValue(code) < 0)
                return null;
            result.Append(code < 0x80 ? (char)code : (char)('0' + PythonChar.DecimalValue(code)));
        }
        return result.ToString();
    }
}

using System.Globalization;
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
        var digits = Normalize(text);
        if (digits is not null && TryParse(digits, numberBase, out var number))
            return number;
        throw PythonError.Value(string.Create(CultureInfo.InvariantCulture, $"invalid literal for int() with base {numberBase}: {StringRepr.Of(text)}"));
    }

    private static bool TryParse(string text, int numberBase, out BigInteger number)
    {
        number = default;
        var negative = text is ['-', ..];
        var digits = text is ['+' or '-', ..] ? text[1..] : text;
        var prefixBase = digits is ['0', var letter, ..] ? letter switch { 'x' or 'X' => 16, 'o' or 'O' => 8, 'b' or 'B' => 2, _ => 0 } : 0;
        if (prefixBase != 0 && numberBase == 0 || prefixBase != 0 && numberBase == prefixBase)
        {
            // One underscore may follow the prefix.
            digits = digits[2] == '_' ? digits[3..] : digits[2..];
            numberBase = prefixBase;
        }
        else if (numberBase == 0)
        {
            if (digits is ['0', ..] && digits.AsSpan().Trim("0_").Length > 0)
                return false;
            numberBase = 10;
        }
        if (!HoldsDigits(digits, numberBase))
            return false;
        digits = digits.Replace("_", string.Empty, StringComparison.Ordinal);
        if (digits.Length > 4300 && (numberBase & (numberBase - 1)) != 0)
            throw PythonError.Value($"Exceeds the limit (4300 digits) for integer string conversion: value has {digits.Length} digits; use sys.set_int_max_str_digits() to increase the limit");
        number = numberBase == 10 ? BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : Accumulate(digits, numberBase);
        number = negative ? -number : number;
        return true;
    }

    private static BigInteger Accumulate(string digits, int numberBase)
    {
        // Powers of two in one go, as their length has no other limit.
        if ((numberBase & (numberBase - 1)) == 0)
        {
            var bits = BitOperations.Log2((uint)numberBase);
            var binary = new StringBuilder(digits.Length * bits + 1).Append('0');
            foreach (var digit in digits)
                binary.Append(Convert.ToString(DigitOf(digit), 2).PadLeft(bits, '0'));
            return BigInteger.Parse(binary.ToString(), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture);
        }
        var number = BigInteger.Zero;
        foreach (var digit in digits)
            number = (number * numberBase) + DigitOf(digit);
        return number;
    }

    // At least one digit, underscores only between two of them.
    private static bool HoldsDigits(string text, int numberBase)
    {
        var previous = '_';
        foreach (var character in text)
        {
            if (character == '_' ? previous == '_' : DigitOf(character) >= numberBase)
                return false;
            previous = character;
        }
        return previous != '_';
    }

    private static int DigitOf(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'z' => character - 'a' + 10,
        >= 'A' and <= 'Z' => character - 'A' + 10,
        _ => int.MaxValue,
    };

    /// <summary>Python's <c>float(value)</c>. Throws its TypeError, ValueError or OverflowError.</summary>
    public static double ToFloat(in Value value) => value.IsNumber ? Numbers.ToDouble(value)
        : value.AsText is { } text ? ToFloat(text)
        : value.Kind == ValueKind.Bytes ? ToFloat(Encoding.ASCII.GetString((byte[])value.Reference))
        : throw Argument.Wrong(value, $"float() argument must be a string or a real number, not '{Text.TypeName(value)}'");

    /// <summary>Python's <c>float(text)</c>.</summary>
    public static double ToFloat(string text) =>
        Normalize(text) is { } digits && TryParseFloat(digits, out var number) ? number : throw PythonError.Value($"could not convert string to float: {StringRepr.Of(text)}");

    private static bool TryParseFloat(string text, out double number)
    {
        var unsigned = text.AsSpan(text is ['+' or '-', ..] ? 1 : 0);
        number = double.NaN;
        if (unsigned.Equals("nan", StringComparison.OrdinalIgnoreCase))
            return true;
        if (unsigned.Equals("inf", StringComparison.OrdinalIgnoreCase) || unsigned.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            number = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }
        for (var i = 0; i < unsigned.Length; i++)
        {
            if (unsigned[i] == '_' && (i == 0 || i + 1 == unsigned.Length || !char.IsAsciiDigit(unsigned[i - 1]) || !char.IsAsciiDigit(unsigned[i + 1])))
                return false;
        }
        return double.TryParse(text.Replace("_", string.Empty, StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);
    }

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

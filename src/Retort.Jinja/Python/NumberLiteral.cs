using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Retort.Jinja;

/// <summary>Python's numbers as text: underscores between digits, a prefix for the base.</summary>
internal static partial class NumberLiteral
{
    /// <summary>How many digits Python reads of an integer, unless its base is a power of two: the time grows faster than their number.</summary>
    public const int MaxDigits = 4300;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // The two patterns of Jinja's lexer.
    [GeneratedRegex(@"\A([0-9]+_)*[0-9]+((\.([0-9]+_)*[0-9]+)?e[+\-]?([0-9]+_)*[0-9]+|\.([0-9]+_)*[0-9]+)", Options)]
    private static partial Regex Float { get; }

    [GeneratedRegex(@"\A(0b(_?[01])+|0o(_?[0-7])+|0x(_?[0-9a-f])+|[1-9](_?[0-9])*|0(_?0)*)", Options)]
    private static partial Regex Integer { get; }

    /// <summary>How long the float at the start of a text is; 0 if there is none.</summary>
    public static int FloatLength(ReadOnlySpan<char> text) => Length(Float, text);

    /// <summary>How long the integer at the start of a text is; 0 if there is none.</summary>
    public static int IntegerLength(ReadOnlySpan<char> text) => Length(Integer, text);

    /// <summary>Reads the digits at the start of a text where they are a number by themselves, which they nearly always are; what else it may be is left to the rest.</summary>
    public static bool TryReadPlain(ReadOnlySpan<char> text, out int length, out long value)
    {
        (length, value) = (0, 0);
        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            if (length == MaxPlainDigits)
                return false;
            value = (value * 10) + (text[length++] - '0');
        }
        return length > 0 && (text[0] != '0' || length == 1) && (length == text.Length || !(char.IsAsciiLetter(text[length]) || text[length] is '.' or '_'));
    }

    // So many always fit a long.
    private const int MaxPlainDigits = 18;

    private static int Length(Regex pattern, ReadOnlySpan<char> text)
    {
        foreach (var match in pattern.EnumerateMatches(text))
            return match.Length;
        return 0;
    }

    /// <summary>The value of a literal: a long, a <see cref="BigInteger"/> or a double. Null if it is none.</summary>
    public static object? Read(string text, int maxDigits = MaxDigits)
    {
        if (TryParse(text, 0, out var integer, out _, maxDigits))
            return integer <= long.MaxValue ? (object)(long)integer : integer;
        return text.AsSpan().ContainsAny(".eE") && TryParse(text, out var number) ? number : null;
    }

    /// <summary>What Python's <c>int(text, base)</c> reads, and the number of digits; 0 stands for the base that the text has by its prefix.</summary>
    public static bool TryParse(string text, int numberBase, out BigInteger number, out int count, int maxDigits = MaxDigits)
    {
        (number, count) = (default, 0);
        var digits = text is ['+' or '-', ..] ? text[1..] : text;
        var prefixBase = digits is ['0', var letter, _, ..] ? letter switch { 'x' or 'X' => 16, 'o' or 'O' => 8, 'b' or 'B' => 2, _ => 0 } : 0;
        if (prefixBase != 0 && (numberBase == 0 || numberBase == prefixBase))
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
        count = digits.Length;
        if (count > maxDigits && !BitOperations.IsPow2(numberBase))
            return false;
        number = numberBase == 10 ? BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : Accumulate(digits, numberBase);
        number = text[0] == '-' ? -number : number;
        return true;
    }

    /// <summary>What Python's <c>float(text)</c> reads.</summary>
    public static bool TryParse(string text, out double number)
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

    private static BigInteger Accumulate(string digits, int numberBase)
    {
        // Powers of two in one go, as their length has no other limit.
        if (BitOperations.IsPow2(numberBase))
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
}

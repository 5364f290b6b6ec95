using System.Globalization;
using System.Numerics;
using System.Text;

namespace Retort.Jinja.Syntax;

/// <summary>Python's number literals, with underscores between digits.</summary>
internal static class NumberScanner
{
    /// <summary>End of a float literal at the offset; null if there is none.</summary>
    public static int? Float(string text, int start)
    {
        var end = Digits(text, start);
        if (end == start)
            return null;
        var fraction = end < text.Length && text[end] == '.' ? Digits(text, end + 1) : end;
        if (fraction > end + 1)
            end = fraction;
        else
            fraction = 0;
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var sign = end + 1 < text.Length && text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            var exponent = Digits(text, sign);
            if (exponent > sign)
                return exponent;
        }
        return fraction > 0 ? end : null;
    }

    /// <summary>End of an integer literal at the offset, which holds a digit, and its value.</summary>
    public static int Integer(string text, int start, out BigInteger value)
    {
        if (text[start] == '0' && start + 1 < text.Length)
        {
            var radix = char.ToLowerInvariant(text[start + 1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };
            if (radix > 0 && Radix(text, start + 2, radix, out value) is { } end)
                return end;
        }
        var stop = start + 1;
        var zero = text[start] == '0';
        while (stop < text.Length)
        {
            var next = text[stop] == '_' ? stop + 1 : stop;
            if (next >= text.Length || !(zero ? text[next] == '0' : char.IsAsciiDigit(text[next])))
                break;
            stop = next + 1;
        }
        value = BigInteger.Parse(text[start..stop].Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture);
        return stop;
    }

    private static int? Radix(string text, int start, int radix, out BigInteger value)
    {
        // Read in one go at the end: adding up digit by digit is quadratic.
        var bits = BitOperations.Log2((uint)radix);
        var binary = new StringBuilder("0");
        var end = start;
        while (end < text.Length)
        {
            var next = text[end] == '_' ? end + 1 : end;
            if (next >= text.Length || !char.IsAsciiHexDigit(text[next]))
                break;
            var digit = Convert.ToInt32(text[next].ToString(), 16);
            if (digit >= radix)
                break;
            binary.Append(Convert.ToString(digit, 2).PadLeft(bits, '0'));
            end = next + 1;
        }
        value = BigInteger.Parse(binary.ToString(), NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture);
        return end > start ? end : null;
    }

    // Digits with single underscores between them; the start if there is no digit.
    private static int Digits(string text, int start)
    {
        var end = start;
        while (end < text.Length)
        {
            var next = end > start && text[end] == '_' ? end + 1 : end;
            if (next >= text.Length || !char.IsAsciiDigit(text[next]))
                break;
            end = next + 1;
        }
        return end;
    }
}

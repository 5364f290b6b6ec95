using System.Globalization;

namespace Retort.Jinja.Values;

/// <summary>Python's <c>repr(float)</c>: the shortest digits that read back the same, with an exponent below 1e-4 and from 1e16.</summary>
internal static class FloatText
{
    /// <summary>Room for any result.</summary>
    public const int MaxLength = 32;

    public static string Format(double value)
    {
        Span<char> text = stackalloc char[MaxLength];
        return new string(text[..Format(value, text)]);
    }

    public static int Format(double value, Span<char> target)
    {
        if (!double.IsFinite(value))
            return Put(double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf", target);
        value.TryFormat(target, out var length, "R", CultureInfo.InvariantCulture);
        var text = target[..length];
        if (text.IndexOf('E') is var mark and >= 0)
            text[mark] = 'e';
        else if (Math.Abs(value) >= 1e16)
            return Put(WithExponent(text, value < 0 ? 2 : 1), target);
        else if (!text.Contains('.'))
            length += Put(".0", target[length..]);
        return length;
    }

    // .NET writes out one power of ten more than Python, 1e16.
    private static string WithExponent(ReadOnlySpan<char> digits, int whole) =>
        digits[whole..].TrimEnd('0') is { Length: > 0 } fraction ? $"{digits[..whole]}.{fraction}e+16" : $"{digits[..whole]}e+16";

    private static int Put(string text, Span<char> target)
    {
        text.CopyTo(target);
        return text.Length;
    }
}

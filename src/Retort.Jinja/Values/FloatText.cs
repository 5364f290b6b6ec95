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
        {
            var name = double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
            name.CopyTo(target);
            return name.Length;
        }
        Span<char> digits = stackalloc char[24];
        var (count, exponent) = ShortestDigits(value, digits);
        var writer = new SpanWriter(target);
        if (double.IsNegative(value))
            writer.Append('-');
        if (exponent is < -4 or >= 16)
            WriteScientific(ref writer, digits[..count], exponent);
        else
            WriteFixed(ref writer, digits[..count], exponent);
        return writer.Length;
    }

    /// <summary>The significant digits and the power of ten of the first one.</summary>
    public static (int Count, int Exponent) ShortestDigits(double value, Span<char> digits)
    {
        if (value == 0)
        {
            digits[0] = '0';
            return (1, 0);
        }
        Span<char> text = stackalloc char[MaxLength];
        Math.Abs(value).TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        return Digits.Parse(text[..length], digits);
    }

    private static void WriteScientific(ref SpanWriter writer, scoped ReadOnlySpan<char> digits, int exponent)
    {
        writer.Append(digits[0]);
        if (digits.Length > 1)
        {
            writer.Append('.');
            writer.Append(digits[1..]);
        }
        writer.Append('e');
        writer.Append(exponent < 0 ? '-' : '+');
        writer.AppendExponent(Math.Abs(exponent));
    }

    private static void WriteFixed(ref SpanWriter writer, scoped ReadOnlySpan<char> digits, int exponent)
    {
        if (exponent < 0)
        {
            writer.Append("0.");
            writer.Fill('0', -exponent - 1);
            writer.Append(digits);
            return;
        }
        var whole = Math.Min(exponent + 1, digits.Length);
        writer.Append(digits[..whole]);
        writer.Fill('0', exponent + 1 - whole);
        writer.Append('.');
        if (whole < digits.Length)
            writer.Append(digits[whole..]);
        else
            writer.Append('0');
    }

    private ref struct SpanWriter(Span<char> target)
    {
        private readonly Span<char> _target = target;

        public int Length { get; private set; }

        public void Append(char character) => _target[Length++] = character;

        public void Append(scoped ReadOnlySpan<char> text)
        {
            text.CopyTo(_target[Length..]);
            Length += text.Length;
        }

        public void Fill(char character, int count)
        {
            _target.Slice(Length, count).Fill(character);
            Length += count;
        }

        // At least two digits, as C's printf writes it.
        public void AppendExponent(int exponent)
        {
            exponent.TryFormat(_target[Length..], out var written, "00", CultureInfo.InvariantCulture);
            Length += written;
        }
    }
}

/// <summary>Decimal digits taken from .NET's number texts.</summary>
internal static class Digits
{
    /// <summary>Splits <c>12.5</c>, <c>0.001</c> or <c>1.25E-07</c> into significant digits without end zeros and the power of ten of the first.</summary>
    public static (int Count, int Exponent) Parse(ReadOnlySpan<char> text, Span<char> digits)
    {
        var exponent = 0;
        var mark = text.IndexOf('E');
        if (mark >= 0)
        {
            exponent = int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..mark];
        }
        var point = text.IndexOf('.');
        var whole = point < 0 ? text.Length : point;
        var count = 0;
        var first = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (i == point || (count == 0 && text[i] == '0'))
                continue;
            if (count == 0)
                first = i;
            digits[count++] = text[i];
        }
        if (count == 0)
        {
            digits[0] = '0';
            return (1, 0);
        }
        while (count > 1 && digits[count - 1] == '0')
            count--;
        return (count, exponent + (first < whole ? whole - first - 1 : whole - first));
    }
}

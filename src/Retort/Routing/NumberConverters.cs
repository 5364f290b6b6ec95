using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Retort.Routing;

/// <summary>The arguments that numbers share. A bound that is not a number lets no value through: the rule is accepted, as in Werkzeug, and never matches.</summary>
internal sealed class NumberRange
{
    private readonly double _min = double.NegativeInfinity;
    private readonly double _max = double.PositiveInfinity;
    private readonly BigInteger? _least;
    private readonly BigInteger? _most;

    /// <summary>Takes fixed_digits, min, max and signed.</summary>
    public NumberRange(object?[] arguments)
    {
        FixedDigits = arguments[0] switch { long digits => (int)Math.Clamp(digits, 0, int.MaxValue), bool one => one ? 1 : 0, null => 0, _ => -1 };
        Impossible = FixedDigits < 0;
        Signed = arguments[3] is not (null or false or 0L or 0.0 or "");
        Read(arguments[1], ref _min, ref _least);
        Read(arguments[2], ref _max, ref _most);
    }

    /// <summary>How many digits the text has to have; 0 means any number.</summary>
    public int FixedDigits { get; }

    public bool Signed { get; }

    /// <summary>Whether every matching text is a value.</summary>
    public bool IsOpen => !Impossible && FixedDigits == 0 && double.IsNegativeInfinity(_min) && double.IsPositiveInfinity(_max) && _least is null && _most is null;

    private bool Impossible { get; set; }

    public bool Contains(double value) => !Impossible && value >= _min && value <= _max && (_least is null || value >= (double)_least) && (_most is null || value <= (double)_most);

    public bool Contains(BigInteger value) =>
        !Impossible && (_least is null || value >= _least) && (_most is null || value <= _most) && Above(value, _min) && Above(-value, -_max);

    private static bool Above(BigInteger value, double bound) => double.IsInfinity(bound) ? bound < 0 : value >= new BigInteger(Math.Ceiling(bound));

    private void Read(object? argument, ref double bound, ref BigInteger? whole)
    {
        switch (argument)
        {
            case null: break;
            case long number: whole = number; break;
            case BigInteger number: whole = number; break;
            case bool truth: whole = truth ? 1 : 0; break;
            case double number when !double.IsNaN(number): bound = number; break;
            case double: break;
            default: Impossible = true; break;
        }
    }
}

/// <summary>A whole number in decimal digits: as a value an int, a long or a BigInteger, the smallest that holds it.</summary>
internal sealed class IntegerConverter(NumberRange range) : Converter(weight: 50)
{
    // Python refuses to read longer numbers; parsing takes more than linear time.
    private const int MostDigits = 4300;

    internal override string Expression => range.Signed ? @"-?\d+" : @"\d+";

    internal override bool MayRefuse => !range.IsOpen;

    public override bool Matches(ReadOnlySpan<char> text)
    {
        var digits = text.Length > 0 && text[0] == '-' && range.Signed ? text[1..] : text;
        if (digits.IsEmpty || digits.Length > MostDigits)
            return false;
        foreach (var c in digits)
        {
            if (!char.IsDigit(c))
                return false;
        }
        return true;
    }

    public override bool TryRead(ReadOnlySpan<char> text, out object? value)
    {
        value = TryParse<int>(text, out var number) ? number : TryParse<long>(text, out var more) ? more : TryParse<BigInteger>(text, out var most) ? most : (object?)null;
        return value is not null;
    }

    internal override bool Accepts(ReadOnlySpan<char> text) => TryParse<int>(text, out _) || TryParse<BigInteger>(text, out _);

    public override Converter<T>? As<T>()
    {
        object? typed = default(T) switch
        {
            int => new Typed<int>(this),
            long => new Typed<long>(this),
            short => new Typed<short>(this),
            byte => new Typed<byte>(this),
            uint => new Typed<uint>(this),
            ulong => new Typed<ulong>(this),
            BigInteger => new Typed<BigInteger>(this),
            decimal => new Typed<decimal>(this),
            double => new Typed<double>(this),
            _ => null,
        };
        return (Converter<T>?)typed;
    }

    public override string? ToUrl(object value)
    {
        var text = UrlText.Integer(value);
        return range.FixedDigits == 0 ? text : text[0] == '-' ? "-" + text[1..].PadLeft(range.FixedDigits - 1, '0') : text.PadLeft(range.FixedDigits, '0');
    }

    internal override int Next(ReadOnlySpan<char> text, int last)
    {
        var sign = range.Signed && text.Length > 0 && text[0] == '-' ? 1 : 0;
        if (last >= 0)
            return last - 1 > sign ? last - 1 : -1;
        var end = sign;
        while (end < text.Length && char.IsDigit(text[end]))
            end++;
        return end > sign ? end : -1;
    }

    private bool TryParse<T>(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out T value) where T : INumber<T>
    {
        if (!DecimalDigits.TryParse(text, NumberStyles.AllowLeadingSign, out value))
            return false;
        if (range.IsOpen)
            return true;
        return !(range.FixedDigits > 0 && text.Length != range.FixedDigits) && range.Contains(BigInteger.CreateChecked(value));
    }

    private sealed class Typed<T>(IntegerConverter integer) : Converter<T>(weight: 50) where T : INumber<T>
    {
        public override bool Matches(ReadOnlySpan<char> text) => integer.Matches(text);

        public override bool TryConvert(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out T value) => integer.TryParse(text, out value);

        public override string? ToUrl(object value) => integer.ToUrl(value);
    }
}

/// <summary>Digits, a point, digits.</summary>
internal sealed class FloatConverter(NumberRange range) : Converter<double>(weight: 50)
{
    internal override string Expression => range.Signed ? @"-?\d+\.\d+" : @"\d+\.\d+";

    internal override bool MayRefuse => !range.IsOpen;

    public override bool Matches(ReadOnlySpan<char> text) => Next(text, -1) is var end and > 0 && end == text.Length;

    public override bool TryConvert(ReadOnlySpan<char> text, out double value) =>
        DecimalDigits.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, out value) && range.Contains(value);

    public override Converter<T>? As<T>()
    {
        object? typed = default(T) switch
        {
            double => this,
            float => new Typed<float>(this),
            decimal => new Typed<decimal>(this),
            _ => null,
        };
        return (Converter<T>?)typed;
    }

    public override string? ToUrl(object value) => UrlText.Float(value);

    internal override int Next(ReadOnlySpan<char> text, int last)
    {
        var point = range.Signed && text.Length > 0 && text[0] == '-' ? 1 : 0;
        var first = point;
        while (point < text.Length && char.IsDigit(text[point]))
            point++;
        if (point == first || point == text.Length || text[point] != '.')
            return -1;
        if (last >= 0)
            return last - 1 > point + 1 ? last - 1 : -1;
        var end = point + 1;
        while (end < text.Length && char.IsDigit(text[end]))
            end++;
        return end > point + 1 ? end : -1;
    }

    private sealed class Typed<T>(FloatConverter number) : Converter<T>(weight: 50) where T : INumber<T>
    {
        public override bool Matches(ReadOnlySpan<char> text) => number.Matches(text);

        public override bool TryConvert(ReadOnlySpan<char> text, [MaybeNullWhen(false)] out T value)
        {
            value = default;
            return number.TryConvert(text, out _) && DecimalDigits.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, out value);
        }

        public override string? ToUrl(object value) => number.ToUrl(value);
    }
}

/// <summary>Reads numbers in the decimal digits of any script, as Python does.</summary>
internal static class DecimalDigits
{
    public static bool TryParse<T>(ReadOnlySpan<char> text, NumberStyles style, [MaybeNullWhen(false)] out T value) where T : INumber<T>
    {
        if (System.Text.Ascii.IsValid(text))
            return T.TryParse(text, style, CultureInfo.InvariantCulture, out value);
        var digits = ArrayPool<char>.Shared.Rent(text.Length);
        for (var i = 0; i < text.Length; i++)
            digits[i] = char.IsDigit(text[i]) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(text[i])) : text[i];
        var parsed = T.TryParse(digits.AsSpan(0, text.Length), style, CultureInfo.InvariantCulture, out value);
        ArrayPool<char>.Shared.Return(digits);
        return parsed;
    }
}

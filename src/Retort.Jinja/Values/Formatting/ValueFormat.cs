using System.Globalization;
using System.Numerics;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Python's <c>format(value, spec)</c>.</summary>
internal static class ValueFormat
{
    public static string Format(EvalContext? context, in Value value, string spec)
    {
        if (spec.Length == 0)
            return Text.Str(value);
        switch (value.Kind)
        {
            case ValueKind.String or ValueKind.Markup:
                return FormatText(value.AsText!, FormatSpec.Parse(context, spec, "str"));
            case ValueKind.Bool or ValueKind.Int or ValueKind.BigInt:
                return FormatInteger(value, FormatSpec.Parse(context, spec, Text.TypeName(value)));
            case ValueKind.Float:
                return FormatFloat(value.AsDouble, FormatSpec.Parse(context, spec, "float"), "float");
            case ValueKind.Decimal:
                return FormatDecimal((decimal)value.Reference, FormatSpec.Parse(context, spec, "decimal.Decimal"));
            case ValueKind.Host when value.Reference is DateTime or DateTimeOffset or DateOnly or TimeOnly:
                return Strftime.Format(DateMethods.Moment(value.Reference), spec, DateMethods.IsAware(value.Reference));
            case ValueKind.Host when value.Reference is IFormattable formattable and not Enum && !HostType.Of(value.Reference).IsForbidden:
                return FormatHost(formattable, spec);
            default:
                throw PythonError.Type($"unsupported format string passed to {Text.TypeName(value)}.__format__");
        }
    }

    private static string FormatHost(IFormattable value, string spec)
    {
        try
        {
            return value.ToString(spec, CultureInfo.InvariantCulture);
        }
        catch (FormatException error)
        {
            throw PythonError.Value(error.Message);
        }
    }

    private static string FormatText(string text, FormatSpec spec)
    {
        if (spec.Type is not ('\0' or 's'))
            throw Unknown(spec.Type, "str");
        if (spec.Sign != '\0')
            throw PythonError.Value(spec.Sign == ' ' ? "Space not allowed in string format specifier" : "Sign not allowed in string format specifier");
        if (spec.NoNegativeZero)
            throw PythonError.Value("Negative zero coercion (z) not allowed in string format specifier");
        if (spec.Alternate)
            throw PythonError.Value("Alternate form (#) not allowed in string format specifier");
        if (spec.Grouping != '\0')
            throw PythonError.Value($"Cannot specify '{spec.Grouping}' with 's'.");
        // A bare zero before the width aligns numbers after their sign; text it fills on the right.
        var align = spec.Align == '=' ? spec.ZeroPadded ? '<' : throw PythonError.Value("'=' alignment not allowed in string format specifier") : spec.Align;
        return Pad(spec.Precision >= 0 ? CodePoints.Take(text, spec.Precision) : text, spec, align == '\0' ? '<' : align);
    }

    private static string FormatInteger(in Value value, FormatSpec spec)
    {
        if (spec.Type is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%')
            return FormatFloat(Numbers.ToDouble(value), spec, "int");
        if (spec.Precision >= 0)
            throw PythonError.Value("Precision not allowed in integer format specifier");
        if (spec.NoNegativeZero)
            throw PythonError.Value("Negative zero coercion (z) not allowed in format specifier with integer presentation type");
        var number = value.AsBigInteger;
        if (spec.Type == 'c')
            return FormatCharacter(number, spec);
        if (!"\0dxXobn".Contains(spec.Type) || (spec.Type == 'n' && spec.Grouping != '\0'))
            throw Unknown(spec.Type, Text.TypeName(value));
        var (prefix, digits) = Digits(number, spec.Type);
        if (spec.Grouping == ',' && prefix.Length > 0)
            throw PythonError.Value($"Cannot specify ',' with '{spec.Type}'.");
        return PadNumber(number.Sign < 0, spec.Alternate ? prefix : string.Empty, digits, string.Empty, spec, prefix.Length > 0 ? 4 : 3);
    }

    private static string FormatCharacter(BigInteger code, FormatSpec spec)
    {
        if (spec.Sign != '\0')
            throw PythonError.Value("Sign not allowed with integer format specifier 'c'");
        if (spec.Alternate)
            throw PythonError.Value("Alternate form (#) not allowed with integer format specifier 'c'");
        if (spec.Grouping != '\0')
            throw PythonError.Value($"Cannot specify '{spec.Grouping}' with 'c'.");
        var text = Character(code);
        return Pad(text, spec, spec.Align switch { '\0' => '<', '=' => '>', var align => align });
    }

    /// <summary>The character of a code point. Throws Python's OverflowError for one that is none.</summary>
    public static string Character(BigInteger code) =>
        code >= 0 && code <= 0x10FFFF ? PythonChar.ToText((int)code) : throw PythonError.Overflow("%c arg not in range(0x110000)");

    private static string FormatFloat(double value, FormatSpec spec, string typeName)
    {
        var percent = spec.Type == '%';
        var form = spec.Type switch
        {
            '\0' => spec.Precision < 0 ? 'r' : 'g',
            'e' or 'E' => 'e',
            'f' or 'F' or '%' => 'f',
            'g' or 'G' or 'n' => 'g',
            _ => throw Unknown(spec.Type, typeName),
        };
        if (spec.Type == 'n' && spec.Grouping != '\0')
            throw PythonError.Value($"Cannot specify '{spec.Grouping}' with 'n'.");
        var text = FloatFormat.Format(percent ? value * 100 : value, form, spec.Precision < 0 ? 6 : spec.Precision, spec.Alternate, addPointZero: spec.Type == '\0');
        if (spec.Type is 'E' or 'F' or 'G')
            text = text.ToUpperInvariant();
        var negative = double.IsNegative(value) && !double.IsNaN(value);
        if (negative && spec.NoNegativeZero && text.AsSpan().IndexOfAnyInRange('1', '9') < 0 && double.IsFinite(value))
            negative = false;
        var end = 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return PadNumber(negative, string.Empty, text[..end], text[end..] + (percent ? "%" : string.Empty), spec, 3);
    }

    private static string FormatDecimal(decimal value, FormatSpec spec)
    {
        if (spec.Type is 'e' or 'E' or 'g' or 'G')
            return FormatFloat((double)value, spec, "decimal.Decimal");
        if (spec.Type is not ('\0' or 'f' or 'F' or '%' or 'n'))
            throw PythonError.Value("invalid format string");
        var scaled = Math.Abs(spec.Type == '%' ? value * 100 : value);
        if (spec.Precision >= 0)
            scaled = Math.Round(scaled, Math.Min(28, spec.Precision), MidpointRounding.ToEven);
        var text = spec.Precision >= 0 ? scaled.ToString("F" + spec.Precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : scaled.ToString(CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var (whole, rest) = point < 0 ? (text, string.Empty) : (text[..point], text[point..]);
        return PadNumber(value < 0, string.Empty, whole, rest + (spec.Type == '%' ? "%" : string.Empty), spec, 3);
    }

    /// <summary>An integer's digits without its sign, and what the alternate form puts before them.</summary>
    public static (string Prefix, string Digits) Digits(BigInteger number, char type)
    {
        number = BigInteger.Abs(number);
        return type switch
        {
            'x' => ("0x", Binary(number, "x")),
            'X' => ("0X", Binary(number, "X")),
            'b' => ("0b", Binary(number, "b")),
            'o' => ("0o", Octal(Binary(number, "b"))),
            _ => (string.Empty, Text.Integer(number)),
        };
    }

    private static string Binary(BigInteger number, string format) =>
        number.IsZero ? "0" : number.ToString(format, CultureInfo.InvariantCulture).TrimStart('0');

    private static string Octal(string bits)
    {
        bits = bits.PadLeft((bits.Length + 2) / 3 * 3, '0');
        var result = new StringBuilder(bits.Length / 3);
        for (var i = 0; i < bits.Length; i += 3)
            result.Append((char)('0' + ((bits[i] - '0') * 4) + ((bits[i + 1] - '0') * 2) + (bits[i + 2] - '0')));
        return result.ToString();
    }

    /// <summary>A number's parts with its sign, filled up to the width.</summary>
    public static string PadNumber(bool negative, string prefix, string digits, string rest, FormatSpec spec, int group)
    {
        var sign = negative ? "-" : spec.Sign is '+' or ' ' ? spec.Sign.ToString() : string.Empty;
        var fixedLength = sign.Length + prefix.Length + rest.Length;
        if (spec.Grouping != '\0' && digits.Length > 0)
            digits = Group(digits, spec, group, spec is { Fill: "0", Align: '=' } ? spec.Width - fixedLength : 0);
        var align = spec.Align == '\0' ? '>' : spec.Align;
        if (align != '=')
            return Pad(sign + prefix + digits + rest, spec, align);
        return sign + prefix + Padding.Repeat(spec.Fill, spec.Width - fixedLength - digits.Length) + digits + rest;
    }

    // Zeros that fill up the width are grouped as well, and no separator may come first.
    private static string Group(string digits, FormatSpec spec, int group, int width)
    {
        var count = digits.Length;
        while (count + ((count - 1) / group) < width)
            count++;
        digits = digits.PadLeft(count, '0');
        var result = new StringBuilder(digits.Length * 2);
        for (var i = 0; i < digits.Length; i++)
        {
            if (i > 0 && (digits.Length - i) % group == 0)
                result.Append(spec.Grouping);
            result.Append(digits[i]);
        }
        return result.ToString();
    }

    /// <summary>Text filled up to the width.</summary>
    public static string Pad(string text, FormatSpec spec, char align)
    {
        var missing = spec.Width - CodePoints.Count(text);
        if (missing <= 0)
            return text;
        var left = align switch { '<' => 0, '^' => missing / 2, _ => missing };
        return Padding.Repeat(spec.Fill, left) + text + Padding.Repeat(spec.Fill, missing - left);
    }

    private static PythonError Unknown(char type, string typeName) => PythonError.Value($"Unknown format code '{type}' for object of type '{typeName}'");
}

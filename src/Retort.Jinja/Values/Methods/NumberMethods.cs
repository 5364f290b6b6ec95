using System.Globalization;
using System.Numerics;

namespace Retort.Jinja.Values;

/// <summary>The methods and attributes of Python's <c>int</c> and <c>float</c>.</summary>
internal static class NumberMethods
{
    public static IReadOnlyDictionary<string, BuiltinMethod> Integers { get; } = new MethodTable("int")
        .Add("bit_length", static (_, in self, _) => Value.From(BigInteger.Abs(self.AsBigInteger).GetBitLength()))
        .Add("bit_count", static (_, in self, _) => Value.From(BigInteger.PopCount(BigInteger.Abs(self.AsBigInteger))))
        .Add("conjugate", static (_, in self, _) => Operators.Plus(self))
        .Add("as_integer_ratio", static (_, in self, _) => Value.From(new TupleValue([Operators.Plus(self), Value.From(1)])))
        .Add("to_bytes", ToBytes, null, [("length", Value.From(1)), ("byteorder", Value.From("big")), ("signed", Value.False)], 0)
        .Done();

    public static IReadOnlyDictionary<string, BuiltinMethod> Floats { get; } = new MethodTable("float")
        .Add("is_integer", static (_, in self, _) => Value.From(double.IsFinite(self.AsDouble) && Math.Floor(self.AsDouble) == self.AsDouble))
        .Add("conjugate", static (_, in self, _) => self)
        .Add("as_integer_ratio", static (_, in self, _) => Ratio(self.AsDouble))
        .Add("hex", static (_, in self, _) => Value.From(Hex(self.AsDouble)))
        .Done();

    public static bool TryGetProperty(in Value number, string name, out Value value)
    {
        value = name switch
        {
            "real" => Operators.Plus(number),
            "imag" => number.IsFloat ? Value.From(0.0) : Value.From(0),
            "numerator" when !number.IsFloat => Operators.Plus(number),
            "denominator" when !number.IsFloat => Value.From(1),
            _ => default,
        };
        return !value.IsNone;
    }

    private static Value ToBytes(EvalContext context, in Value self, ReadOnlySpan<Value> arguments)
    {
        var size = Argument.Integer(arguments[0]);
        var big = Argument.Text(arguments[1], "to_bytes", 2) switch
        {
            "big" => true,
            "little" => false,
            _ => throw PythonError.Value("byteorder must be either 'little' or 'big'"),
        };
        if (size < 0)
            throw PythonError.Value("length argument must be non-negative");
        var length = Argument.Width(context, arguments[0]);
        var signed = Operators.IsTrue(arguments[2]);
        var number = self.AsBigInteger;
        if (number.Sign < 0 && !signed)
            throw PythonError.Overflow("can't convert negative int to unsigned");
        if (number.GetByteCount(isUnsigned: !signed) > Math.Max(length, number.IsZero ? 1 : 0))
            throw PythonError.Overflow("int too big to convert");
        var bytes = new byte[length];
        bytes.AsSpan().Fill(number.Sign < 0 ? (byte)0xFF : (byte)0);
        if (length > 0)
            number.TryWriteBytes(bytes, out _, isUnsigned: !signed);
        if (big)
            Array.Reverse(bytes);
        return Value.From(bytes);
    }

    private static Value Ratio(double value)
    {
        if (double.IsNaN(value))
            throw PythonError.Value("cannot convert NaN to integer ratio");
        if (double.IsInfinity(value))
            throw PythonError.Overflow("cannot convert Infinity to integer ratio");
        // Doubling is exact.
        var denominator = BigInteger.One;
        for (; !double.IsInteger(value); value *= 2)
            denominator *= 2;
        return Value.From(new TupleValue([Value.From(new BigInteger(value)), Value.From(denominator)]));
    }

    private static string Hex(double value)
    {
        if (!double.IsFinite(value))
            return FloatText.Format(value);
        var bits = BitConverter.DoubleToInt64Bits(value);
        var sign = bits < 0 ? "-" : string.Empty;
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0 && mantissa == 0)
            return sign + "0x0.0p+0";
        var power = exponent == 0 ? -1022 : exponent - 1023;
        return string.Create(CultureInfo.InvariantCulture, $"{sign}0x{(exponent == 0 ? 0 : 1)}.{mantissa:x13}p{(power < 0 ? '-' : '+')}{Math.Abs(power)}");
    }
}

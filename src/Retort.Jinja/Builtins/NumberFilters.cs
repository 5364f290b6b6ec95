using System.Globalization;
using System.Numerics;
using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Filters over numbers.</summary>
internal static class NumberFilters
{
    public static void Add(BuiltinTable table) => table
        .Add("abs", static (_, a) => Abs(a[0]), ["x"])
        .Add("int", static (_, a) => ToInt(a[0], a[1], a[2]), ["value"], [("default", Value.From(0)), ("base", Value.From(10))])
        .Add("float", static (_, a) => ToFloat(a[0], a[1]), ["value"], [("default", Value.From(0.0))])
        .Add("round", Round, ["value"], [("precision", Value.From(0)), ("method", Value.From("common"))])
        .Add("filesizeformat", static (_, a) => Value.From(FileSize(IntegerText.ToFloat(a[0]), Operators.IsTrue(a[1]))), ["value"], [("binary", Value.False)]);

    private static Value Abs(in Value value) => value.Kind switch
    {
        ValueKind.Bool or ValueKind.Int or ValueKind.BigInt => Value.From(BigInteger.Abs(value.AsBigInteger)),
        ValueKind.Float => Value.From(Math.Abs(value.AsDouble)),
        ValueKind.Decimal => Value.From(Math.Abs((decimal)value.Reference)),
        ValueKind.Host when value.Reference is TimeSpan span => Value.FromObject(span.Duration()),
        _ => throw PythonError.Type($"bad operand type for abs(): '{Text.TypeName(value)}'"),
    };

    // "42.23" is no integer, but a float that can be made one.
    private static Value ToInt(in Value value, in Value missing, in Value numberBase)
    {
        try
        {
            return Value.From(value.AsText is { } text ? IntegerText.Parse(text, (int)BigInteger.Clamp(Argument.Index(numberBase), -1, 99)) : IntegerText.FromValue(value));
        }
        catch (PythonError error) when (error.Kind is PythonErrorKind.TypeError or PythonErrorKind.ValueError)
        {
            try
            {
                return Value.From(IntegerText.FromValue(Value.From(IntegerText.ToFloat(value))));
            }
            catch (PythonError second) when (second.Kind is PythonErrorKind.TypeError or PythonErrorKind.ValueError or PythonErrorKind.OverflowError)
            {
                return missing;
            }
        }
    }

    private static Value ToFloat(in Value value, in Value missing)
    {
        try
        {
            return Value.From(IntegerText.ToFloat(value));
        }
        catch (PythonError error) when (error.Kind is PythonErrorKind.TypeError or PythonErrorKind.ValueError)
        {
            return missing;
        }
    }

    private static Value Round(EvalContext context, ReadOnlySpan<Value> a)
    {
        var method = a[2].AsText;
        _ = Sets.TryHash(a[2]);
        if (method is not ("common" or "ceil" or "floor"))
            throw new FilterArgumentError("method must be common, ceil or floor");
        if (method == "common")
            return Rounding.Round(a[0], a[1]);
        var factor = Operators.Power(Value.From(10), a[1]);
        var product = Operators.Multiply(a[0], factor);
        if (!product.IsNumber)
            throw Argument.Wrong(product, $"must be real number, not {Text.TypeName(product)}");
        return Operators.Divide(Rounding.ToWhole(product, up: method == "ceil"), factor);
    }

    private static string FileSize(double bytes, bool binary)
    {
        if (bytes == 1)
            return "1 Byte";
        var unit = binary ? 1024 : 1000;
        if (bytes < unit)
            return string.Create(CultureInfo.InvariantCulture, $"{IntegerText.FromValue(Value.From(bytes))} Bytes");
        ReadOnlySpan<string> prefixes = binary ? ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"] : ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
        // Powers beyond what a double holds exactly decide the step, so they stay integers.
        var limit = (BigInteger)unit * unit;
        var i = 0;
        for (; i < prefixes.Length - 1 && !Comparison.Less(Value.From(bytes), Value.From(limit)); i++)
            limit *= unit;
        return FloatFormat.Format(unit * bytes / (double)limit, 'f', 1, alternate: false) + " " + prefixes[i];
    }
}

/// <summary>Python's <c>round</c>, <c>math.floor</c> and <c>math.ceil</c>.</summary>
internal static class Rounding
{
    public static Value Round(in Value value, in Value precision)
    {
        if (!value.IsNumber)
            throw PythonError.Type($"type {Text.TypeName(value)} doesn't define __round__ method");
        if (precision.IsNone)
            return ToWhole(Round(value, Value.From(0)), up: false);
        var digits = (long)BigInteger.Clamp(Argument.Index(precision), int.MinValue, int.MaxValue);
        if (value.IsIntegral)
            return digits >= 0 ? Operators.Plus(value) : Value.From(RoundInteger(value.AsBigInteger, digits));
        if (value.Kind == ValueKind.Decimal)
            return Value.From(digits >= 0 ? Math.Round((decimal)value.Reference, (int)Math.Min(28, digits)) : (decimal)RoundInteger(new BigInteger(Math.Round((decimal)value.Reference)), digits));
        return Value.From(RoundFloat(value.AsDouble, digits));
    }

    // Through the decimal text, so that a tie is one only if the exact binary value is.
    private static double RoundFloat(double value, long digits)
    {
        if (!double.IsFinite(value) || digits > 323)
            return value;
        if (digits < -308)
            return Math.CopySign(0.0, value);
        var whole = Math.Floor(Math.Abs(value));
        var text = digits >= 0
            ? FloatFormat.Format(value, 'f', (int)digits, alternate: false)
            : RoundToUnit(new BigInteger(whole), BigInteger.Pow(10, (int)-digits), whole < Math.Abs(value)).ToString(CultureInfo.InvariantCulture);
        var rounded = double.Parse(text, CultureInfo.InvariantCulture);
        return double.IsInfinity(rounded) ? throw PythonError.Overflow("rounded value too large to represent") : Math.CopySign(rounded, value);
    }

    private static BigInteger RoundInteger(BigInteger value, long digits) => -digits > 5000 ? BigInteger.Zero : RoundToUnit(value, BigInteger.Pow(10, (int)-digits), isMore: false);

    // To the even multiple from the middle, from which a number that is more than the given integer is away.
    private static BigInteger RoundToUnit(BigInteger value, BigInteger unit, bool isMore)
    {
        var quotient = Numbers.FloorDivide(value, unit, out var rest);
        var order = (rest * 2).CompareTo(unit);
        return (order > 0 || (order == 0 && (isMore || !quotient.IsEven)) ? quotient + 1 : quotient) * unit;
    }

    /// <summary>The whole number below or above, as an integer.</summary>
    public static Value ToWhole(in Value value, bool up)
    {
        if (value.IsIntegral)
            return value;
        if (value.Kind == ValueKind.Decimal)
            return Value.From(new BigInteger(up ? Math.Ceiling((decimal)value.Reference) : Math.Floor((decimal)value.Reference)));
        return Value.From(IntegerText.FromValue(Value.From(up ? Math.Ceiling(value.AsDouble) : Math.Floor(value.AsDouble))));
    }
}

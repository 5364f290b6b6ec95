using System.Globalization;
using System.Numerics;

namespace Retort.Jinja.Values;

/// <summary>Numbers of different types brought together as Python does.</summary>
internal static class Numbers
{
    private const double TwoTo63 = 9223372036854775808.0;

    // Larger results are refused: Python would compute until memory or patience ends.
    private const long MaxBits = 16_000_000;

    public static bool AreEqual(in Value left, in Value right) => Order(left, right) == 0;

    /// <summary>Exact order of two numbers; null when one is NaN.</summary>
    public static int? Order(in Value left, in Value right)
    {
        if (left.IsFloat && right.IsFloat)
            return Order(left.AsDouble, right.AsDouble);
        if (left.IsFloat)
            return -Order(right, left);
        if (right.IsFloat)
            return left.Kind == ValueKind.Decimal ? OrderDecimal((decimal)left.Reference, right.AsDouble) : OrderInteger(left.AsBigInteger, right.AsDouble);
        if (left.Kind == ValueKind.Decimal)
            return right.Kind == ValueKind.Decimal ? decimal.Compare((decimal)left.Reference, (decimal)right.Reference) : OrderDecimal((decimal)left.Reference, right.AsBigInteger);
        if (right.Kind == ValueKind.Decimal)
            return -OrderDecimal((decimal)right.Reference, left.AsBigInteger);
        return left.AsBigInteger.CompareTo(right.AsBigInteger);
    }

    private static int? Order(double left, double right) => double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right) is var order && left == right ? 0 : order;

    private static int? OrderInteger(BigInteger left, double right)
    {
        if (double.IsNaN(right))
            return null;
        if (double.IsInfinity(right))
            return right > 0 ? -1 : 1;
        var whole = Math.Floor(right);
        var order = left.CompareTo(new BigInteger(whole));
        return order != 0 ? order : whole < right ? -1 : 0;
    }

    private static int? OrderDecimal(decimal left, double right) => Order((double)left, right);

    private static int OrderDecimal(decimal left, BigInteger right)
    {
        var whole = decimal.Floor(left);
        var order = new BigInteger(whole).CompareTo(right);
        return order != 0 ? order : whole < left ? 1 : 0;
    }

    public static int Hash(double value)
    {
        if (Math.Floor(value) != value || !double.IsFinite(value))
            return value.GetHashCode();
        return value is >= -TwoTo63 and < TwoTo63 ? ((long)value).GetHashCode() : new BigInteger(value).GetHashCode();
    }

    public static int Hash(decimal value) => decimal.Floor(value) == value ? Equality.Hash(Value.From(new BigInteger(value))) : Hash((double)value);

    /// <summary>A number as a double. Throws Python's OverflowError if it is too large.</summary>
    public static double ToDouble(in Value number) => number.Kind switch
    {
        ValueKind.Float => number.AsDouble,
        ValueKind.BigInt => ToDouble(number.AsBigInteger),
        ValueKind.Decimal => (double)(decimal)number.Reference,
        _ => number.AsLong,
    };

    public static double ToDouble(BigInteger value)
    {
        if (value.GetBitLength() > 1025)
            throw PythonError.Overflow("int too large to convert to float");
        // Parsing rounds correctly where the conversion operator truncates.
        var result = double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return double.IsInfinity(result) ? throw PythonError.Overflow("int too large to convert to float") : result;
    }

    /// <summary>Whether both are integers or bools.</summary>
    public static bool AreIntegral(in Value left, in Value right) => left.IsIntegral && right.IsIntegral;

    public static Value Checked(BigInteger result)
    {
        var bits = result.GetBitLength();
        if (bits > MaxBits)
            throw TooLarge();
        Budget.Charge(bits / WordBits);
        return Value.From(result);
    }

    public static PythonError TooLarge() => PythonError.Memory("the integer is too large; the engine computes with at most 16,000,000 bits");

    public static BigInteger Multiply(BigInteger left, BigInteger right)
    {
        if (left.GetBitLength() + right.GetBitLength() > MaxBits)
            throw TooLarge();
        Charge(left, right);
        return left * right;
    }

    // Memory for two large integers grows as the sum of their lengths, and work on them as the product.
    private static void Charge(BigInteger left, BigInteger right)
    {
        var (first, second) = (left.GetBitLength() / WordBits, right.GetBitLength() / WordBits);
        Budget.Charge(first + second + (first * second / 16));
    }

    private const int WordBits = 64;

    public static Value Power(BigInteger value, BigInteger exponent)
    {
        if (exponent.Sign < 0)
            return Power(ToDouble(value), ToDouble(exponent));
        if (value.IsZero || value.IsOne)
            return Value.From(exponent.IsZero ? BigInteger.One : value);
        if (value == BigInteger.MinusOne)
            return Value.From(exponent.IsEven ? 1 : -1);
        if (exponent > MaxBits || value.GetBitLength() * (long)exponent > MaxBits)
            throw TooLarge();
        var bits = value.GetBitLength() * (long)exponent;
        Budget.Charge(bits / WordBits * (bits / WordBits) / 16);
        return Value.From(BigInteger.Pow(value, (int)exponent));
    }

    public static Value Power(double value, double exponent)
    {
        if (value == 0 && exponent < 0 && double.IsFinite(exponent))
            throw PythonError.ZeroDivision("0.0 cannot be raised to a negative power");
        if (value == 1 || exponent == 0)
            return Value.From(1.0);
        if (value < 0 && double.IsFinite(value) && double.IsFinite(exponent) && Math.Floor(exponent) != exponent)
            throw PythonError.Value("a negative number cannot be raised to a fractional power: complex numbers are not supported");
        var result = Math.Pow(value, exponent);
        return double.IsInfinity(result) && double.IsFinite(value) && double.IsFinite(exponent)
            ? throw PythonError.Overflow("(34, 'Numerical result out of range')")
            : Value.From(result);
    }

    /// <summary>Division of integers of any size, rounded once.</summary>
    public static double Divide(BigInteger left, BigInteger right)
    {
        if (right.IsZero)
            throw PythonError.ZeroDivision("division by zero");
        const long exact = 1L << 53;
        if (BigInteger.Abs(left) <= exact && BigInteger.Abs(right) <= exact)
            return (double)(long)left / (long)right;
        Charge(left, right);
        // Scale to a quotient of at least 66 bits, keep whether something was cut off, and round that once.
        var (top, bottom) = (BigInteger.Abs(left), BigInteger.Abs(right));
        var shift = 66 - (int)(top.GetBitLength() - bottom.GetBitLength());
        var quotient = BigInteger.DivRem(shift > 0 ? top << shift : top, shift < 0 ? bottom << -shift : bottom, out var rest);
        if (!rest.IsZero)
            quotient |= BigInteger.One;
        var result = Scale(quotient, -shift);
        if (double.IsInfinity(result))
            throw PythonError.Overflow("integer division result too large for a float");
        return left.Sign < 0 != right.Sign < 0 ? -result : result;
    }

    // Rounds to the 53 bits (fewer for subnormal results) that the result will have, so that scaling by a power of two is exact.
    private static double Scale(BigInteger mantissa, int exponent)
    {
        var bits = (int)mantissa.GetBitLength();
        var keep = Math.Min(53, bits + exponent + 1074);
        if (keep < 0)
            return 0;
        var cut = bits - keep;
        var half = BigInteger.One << (cut - 1);
        var rest = mantissa & ((BigInteger.One << cut) - 1);
        var kept = mantissa >> cut;
        if (rest > half || (rest == half && !kept.IsEven))
            kept += 1;
        return Math.ScaleB((double)(long)kept, cut + exponent);
    }

    public static (double Quotient, double Remainder) FloorDivide(double left, double right)
    {
        if (right == 0)
            throw PythonError.ZeroDivision("float floor division by zero");
        var remainder = left % right;
        var quotient = (left - remainder) / right;
        if (remainder != 0)
        {
            if (right < 0 != remainder < 0)
            {
                remainder += right;
                quotient -= 1;
            }
        }
        else
        {
            remainder = Math.CopySign(0.0, right);
        }
        if (quotient == 0)
            return (Math.CopySign(0.0, left / right), remainder);
        var floor = Math.Floor(quotient);
        return (quotient - floor > 0.5 ? floor + 1 : floor, remainder);
    }

    public static BigInteger FloorDivide(BigInteger left, BigInteger right, out BigInteger remainder)
    {
        Charge(left, right);
        if (right.IsZero)
            throw PythonError.ZeroDivision("integer division or modulo by zero");
        var quotient = BigInteger.DivRem(left, right, out remainder);
        if (!remainder.IsZero && remainder.Sign != right.Sign)
        {
            remainder += right;
            quotient -= 1;
        }
        return quotient;
    }
}

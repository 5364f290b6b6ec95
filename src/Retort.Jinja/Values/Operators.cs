using System.Numerics;

namespace Retort.Jinja.Values;

/// <summary>Python's arithmetic.</summary>
internal static partial class Operators
{
    /// <summary>The most characters or items a repetition makes where no sandbox sets another limit.</summary>
    public const long MaxRepeat = 100_000_000;

    public static Value Add(in Value left, in Value right)
    {
        if (left.IsInt && right.IsInt)
        {
            var sum = unchecked(left.AsLong + right.AsLong);
            // Overflow shows as a sum whose sign differs from both operands'.
            return ((left.AsLong ^ sum) & (right.AsLong ^ sum)) >= 0 ? Value.From(sum) : Value.From((BigInteger)left.AsLong + right.AsLong);
        }
        if (left.IsNumber && right.IsNumber)
            return Arithmetic(left, right, static (a, b) => Numbers.Checked(a + b), static (a, b) => a + b, static (a, b) => a + b);
        return Concatenation.Add(left, right);
    }

    public static Value Subtract(in Value left, in Value right)
    {
        if (left.IsInt && right.IsInt)
        {
            var difference = unchecked(left.AsLong - right.AsLong);
            return ((left.AsLong ^ right.AsLong) & (left.AsLong ^ difference)) >= 0 ? Value.From(difference) : Value.From((BigInteger)left.AsLong - right.AsLong);
        }
        if (left.IsNumber && right.IsNumber)
            return Arithmetic(left, right, static (a, b) => Numbers.Checked(a - b), static (a, b) => a - b, static (a, b) => a - b);
        // A view that is a set takes whatever can be iterated, and an undefined can.
        if (left.Reference is not DictView { IsSet: true })
            ThrowIfUndefined(left, right);
        if (left.Kind == ValueKind.Set && right.Kind == ValueKind.Set)
            return Value.From(new SetValue(Sets.Of(left).Except(Sets.Of(right))));
        return DictView.TrySubtract(left, right, out var result) || DateMath.TryCompute('-', left, right, out result) ? result : throw Unsupported("-", left, right);
    }

    public static Value Multiply(in Value left, in Value right, long maxRepeat = MaxRepeat)
    {
        if (left.IsInt && right.IsInt)
        {
            var high = Math.BigMul(left.AsLong, right.AsLong, out var low);
            return high == low >> 63 ? Value.From(low) : Value.From((BigInteger)left.AsLong * right.AsLong);
        }
        if (left.IsNumber && right.IsNumber)
            return Arithmetic(left, right, static (a, b) => Value.From(Numbers.Multiply(a, b)), static (a, b) => a * b, static (a, b) => a * b);
        // A Markup is asked before an undefined, and also on the right; it wants an integer.
        if (left.Kind == ValueKind.Markup)
            return Concatenation.Repeat(left, right, maxRepeat);
        ThrowIfUndefined(left, right);
        if (Concatenation.IsRepeatable(left) && right.Kind != ValueKind.Markup)
            return Concatenation.Repeat(left, right, maxRepeat);
        if (Concatenation.IsRepeatable(right))
            return Concatenation.Repeat(right, left, maxRepeat);
        return DateMath.TryCompute('*', left, right, out var result) ? result : throw Unsupported("*", left, right);
    }

    public static Value Divide(in Value left, in Value right)
    {
        if (!left.IsNumber || !right.IsNumber)
        {
            ThrowIfUndefined(left, right);
            return DateMath.TryCompute('/', left, right, out var result) ? result : throw Unsupported("/", left, right);
        }
        if (Numbers.AreIntegral(left, right))
            return Value.From(Numbers.Divide(left.AsBigInteger, right.AsBigInteger));
        return Arithmetic(left, right, static (_, _) => default, static (a, b) => b == 0 ? throw PythonError.ZeroDivision("float division by zero") : a / b, DivideDecimal);
    }

    public static Value FloorDivide(in Value left, in Value right)
    {
        if (left.IsInt && right.IsInt && right.AsLong > 0)
        {
            var (quotient, remainder) = Math.DivRem(left.AsLong, right.AsLong);
            return Value.From(remainder < 0 ? quotient - 1 : quotient);
        }
        if (left.IsNumber && right.IsNumber)
        {
            return Arithmetic(left, right, static (a, b) => Value.From(Numbers.FloorDivide(a, b, out _)), static (a, b) => Numbers.FloorDivide(a, b).Quotient,
                static (a, b) => decimal.Truncate(DivideDecimal(a, b)));
        }
        ThrowIfUndefined(left, right);
        throw Unsupported("//", left, right);
    }

    /// <summary>Python's <c>%</c>: the rest with the divisor's sign, or formatting if the left side is text.</summary>
    public static Value Modulo(EvalContext? context, in Value left, in Value right)
    {
        // Dividing 32 bits takes a fraction of the time.
        if (left.IsInt && right.IsInt && (ulong)left.AsLong <= uint.MaxValue && right.AsLong is > 0 and <= uint.MaxValue)
            return Value.From((long)((uint)left.AsLong % (uint)right.AsLong));
        if (left.IsInt && right.IsInt && right.AsLong > 0)
        {
            var remainder = left.AsLong % right.AsLong;
            return Value.From(remainder < 0 ? remainder + right.AsLong : remainder);
        }
        if (left.IsNumber && right.IsNumber)
            return Arithmetic(left, right, Rest, FloatRest, static (a, b) => b == 0 ? throw PythonError.ZeroDivision("modulo by zero") : a % b);
        if (left.IsText || left.Kind == ValueKind.Bytes)
            return PercentFormat.Format(context, left, right);
        ThrowIfUndefined(left, right);
        throw Unsupported("%", left, right);
    }

    public static Value Power(in Value left, in Value right)
    {
        if (left.IsNumber && right.IsNumber)
            return Numbers.AreIntegral(left, right) ? Numbers.Power(left.AsBigInteger, right.AsBigInteger) : Numbers.Power(Numbers.ToDouble(left), Numbers.ToDouble(right));
        ThrowIfUndefined(left, right);
        throw Unsupported("** or pow()", left, right);
    }

    public static Value Negate(in Value operand)
    {
        switch (operand.Kind)
        {
            case ValueKind.Int when operand.AsLong != long.MinValue: return Value.From(-operand.AsLong);
            case ValueKind.Bool or ValueKind.Int or ValueKind.BigInt: return Value.From(-operand.AsBigInteger);
            case ValueKind.Float: return Value.From(-operand.AsDouble);
            case ValueKind.Decimal: return Value.From(-(decimal)operand.Reference);
            case ValueKind.Host when operand.Reference is TimeSpan span: return Value.FromObject(-span);
            default:
                ThrowIfUndefined(operand, operand);
                throw PythonError.Type($"bad operand type for unary -: '{Text.TypeName(operand)}'");
        }
    }

    public static Value Plus(in Value operand)
    {
        if (operand.IsBool)
            return Value.From(operand.AsLong);
        if (operand.IsNumber || operand is { Kind: ValueKind.Host, Reference: TimeSpan })
            return operand;
        ThrowIfUndefined(operand, operand);
        throw PythonError.Type($"bad operand type for unary +: '{Text.TypeName(operand)}'");
    }

    /// <summary>Jinja's <c>~</c> in a template that is written to escape: text of all, safe and with the others escaped if one of them is safe.</summary>
    public static Value ConcatMarkup(ReadOnlySpan<Value> operands)
    {
        var safe = false;
        foreach (var operand in operands)
            safe |= operand.Kind == ValueKind.Markup;
        if (operands.Length == 2)
            return Text.Of(string.Concat(Part(operands[0], safe), Part(operands[1], safe)), safe);
        var parts = new string[operands.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = Part(operands[i], safe);
        return Text.Of(string.Concat(parts), safe);

        // Only text counts as safe here: an object's __html__ is not asked.
        static string Part(in Value operand, bool safe) => safe && operand.Kind != ValueKind.Markup ? HtmlEscape.Escape(Text.Str(operand)) : Text.Str(operand);
    }

    public static PythonError Unsupported(string symbol, in Value left, in Value right) =>
        PythonError.Type($"unsupported operand type(s) for {symbol}: '{Text.TypeName(left)}' and '{Text.TypeName(right)}'");

    /// <summary>An undefined operand explains itself rather than its type.</summary>
    public static void ThrowIfUndefined(in Value left, in Value right)
    {
        if (left.IsUndefined)
            throw ((Undefined)left.Reference).Error();
        if (right.IsUndefined)
            throw ((Undefined)right.Reference).Error();
    }

    private static Value Arithmetic(
        in Value left, in Value right, Func<BigInteger, BigInteger, Value> integers, Func<double, double, double> floats, Func<decimal, decimal, decimal> decimals)
    {
        if (Numbers.AreIntegral(left, right))
            return integers(left.AsBigInteger, right.AsBigInteger);
        if (left.IsFloat || right.IsFloat)
            return Value.From(floats(Numbers.ToDouble(left), Numbers.ToDouble(right)));
        try
        {
            return Value.From(decimals(ToDecimal(left), ToDecimal(right)));
        }
        catch (OverflowException)
        {
            throw PythonError.Overflow("the decimal is too large");
        }
    }

    private static decimal ToDecimal(in Value number) => number.Kind == ValueKind.Decimal ? (decimal)number.Reference : (decimal)number.AsBigInteger;

    private static decimal DivideDecimal(decimal left, decimal right) => right == 0 ? throw PythonError.ZeroDivision("division by zero") : left / right;

    private static Value Rest(BigInteger left, BigInteger right)
    {
        if (right.IsZero)
            throw PythonError.ZeroDivision("integer modulo by zero");
        Numbers.FloorDivide(left, right, out var remainder);
        return Value.From(remainder);
    }

    private static double FloatRest(double left, double right) =>
        right == 0 ? throw PythonError.ZeroDivision("float modulo") : Numbers.FloorDivide(left, right).Remainder;
}

using Retort.Jinja.Runtime;
using Retort.Jinja.Syntax;
using Retort.Jinja.Values;
using Output = Retort.Jinja.Runtime.Output;

namespace Retort.Jinja.Compilation;

/// <summary>A chain of <c>+</c>.</summary>
internal sealed class Adding(Evaluable[] operands) : Evaluable
{
    private readonly TextChain _chain = new(operands);

    public Evaluable[] Operands => operands;

    public override Value Evaluate(Frame frame)
    {
        var buffer = default(TextPartBuffer);
        return _chain.TryCollect(frame, buffer, out var count) ? Value.From(_chain.Concat(frame, buffer)) : Sum(frame, ((ReadOnlySpan<TextPart>)buffer)[..count]);
    }

    public override void Print(Frame frame, Output output, bool escape)
    {
        var buffer = default(TextPartBuffer);
        if (_chain.TryCollect(frame, buffer, out var count))
            _chain.Print(buffer, output, escape);
        else
            output.Write(Sum(frame, ((ReadOnlySpan<TextPart>)buffer)[..count]), escape);
    }

    private Value Sum(Frame frame, ReadOnlySpan<TextPart> collected)
    {
        var sum = _chain.At(frame, 0, ref collected);
        for (var i = 1; i < operands.Length; i++)
            sum = Arithmetic.Apply(frame.Context, BinaryOperator.Add, sum, _chain.At(frame, i, ref collected));
        return sum;
    }

    public override async ValueTask<Value> EvaluateAsync(Frame frame)
    {
        var sum = await operands[0].EvaluateAsync(frame).ConfigureAwait(false);
        for (var i = 1; i < operands.Length; i++)
            sum = Arithmetic.Apply(frame.Context, BinaryOperator.Add, sum, await operands[i].EvaluateAsync(frame).ConfigureAwait(false));
        return sum;
    }
}

/// <summary>An operator that computes with both of its operands.</summary>
internal sealed class Arithmetic(BinaryOperator op, Evaluable left, Evaluable right) : Operation(left, right)
{
    /// <summary>The operators as templates write them, in the order of <see cref="BinaryOperator"/>.</summary>
    public static readonly string[] Symbols = ["+", "-", "*", "/", "//", "%", "**"];

    public override Value Evaluate(Frame frame) => Apply(frame.Context, op, left.Evaluate(frame), right.Evaluate(frame));

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Apply(frame.Context, op, values[0], values[1]);

    public static Value Apply(EvalContext context, BinaryOperator op, in Value first, in Value second) => op switch
    {
        BinaryOperator.Add => Concatenation.Checked(context, Operators.Add(first, second)),
        BinaryOperator.Subtract => Operators.Subtract(first, second),
        BinaryOperator.Multiply => Operators.Multiply(first, second, context.Access.MaxRepeat),
        BinaryOperator.Divide => Operators.Divide(first, second),
        BinaryOperator.FloorDivide => Operators.FloorDivide(first, second),
        BinaryOperator.Modulo => Operators.Modulo(context, first, second),
        _ => Operators.Power(first, second),
    };
}

/// <summary>An operator whose right operand is a small positive number written in the template.</summary>
internal sealed class ArithmeticWithNumber(BinaryOperator op, Evaluable left, int right) : Operation(left)
{
    public override Value Evaluate(Frame frame) => Apply(frame, left.Evaluate(frame));

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Apply(frame, values[0]);

    // Small numbers need no thought of overflow, and dividing 32 bits takes a fraction of the time.
    private Value Apply(Frame frame, in Value first) => first.IsInt && (ulong)first.AsLong <= int.MaxValue
        ? op switch
        {
            BinaryOperator.Add => Value.From(first.AsLong + right),
            BinaryOperator.Subtract => Value.From(first.AsLong - right),
            BinaryOperator.Multiply => Value.From(first.AsLong * right),
            BinaryOperator.Modulo => Value.From((long)((uint)first.AsLong % (uint)right)),
            BinaryOperator.FloorDivide => Value.From((long)((uint)first.AsLong / (uint)right)),
            _ => Arithmetic.Apply(frame.Context, op, first, Value.From(right)),
        }
        : Arithmetic.Apply(frame.Context, op, first, Value.From(right));
}

/// <summary><c>and</c>: the first operand that is false, else the last; <c>or</c>: the first that is true, else the last.</summary>
internal sealed class AndOr(bool isOr, Evaluable left, Evaluable right) : Evaluable
{
    public override bool IsConstant => left.IsConstant && right.IsConstant;

    public override Value Evaluate(Frame frame)
    {
        var first = left.Evaluate(frame);
        return Operators.IsTrue(first) == isOr ? first : right.Evaluate(frame);
    }

    public override bool IsTrue(Frame frame) => left.IsTrue(frame) == isOr ? isOr : right.IsTrue(frame);

    public override async ValueTask<Value> EvaluateAsync(Frame frame)
    {
        var first = await left.EvaluateAsync(frame).ConfigureAwait(false);
        return Operators.IsTrue(first) == isOr ? first : await right.EvaluateAsync(frame).ConfigureAwait(false);
    }
}

/// <summary><c>not</c>.</summary>
internal sealed class Not(Evaluable operand) : Condition(operand)
{
    public override bool IsTrue(Frame frame) => !operand.IsTrue(frame);

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Value.From(!Operators.IsTrue(values[0]));
}

/// <summary>A sign.</summary>
internal sealed class Sign(bool negative, Evaluable operand) : Operation(operand)
{
    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => negative ? Operators.Negate(values[0]) : Operators.Plus(values[0]);
}

/// <summary>One comparison.</summary>
internal sealed class Comparing(CompareOperator op, Evaluable left, Evaluable right) : Condition(left, right)
{
    public override bool IsTrue(Frame frame) => Holds(op, left.Evaluate(frame), right.Evaluate(frame));

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Value.From(Holds(op, values[0], values[1]));

    public static bool Holds(CompareOperator op, in Value first, in Value second) => op switch
    {
        CompareOperator.Equal => Equality.AreEqual(first, second),
        CompareOperator.NotEqual => !Equality.AreEqual(first, second),
        CompareOperator.Less => Comparison.Less(first, second),
        CompareOperator.LessOrEqual => Comparison.LessOrEqual(first, second),
        CompareOperator.Greater => Comparison.Greater(first, second),
        CompareOperator.GreaterOrEqual => Comparison.GreaterOrEqual(first, second),
        CompareOperator.In => Operators.Contains(second, first),
        _ => !Operators.Contains(second, first),
    };
}

/// <summary>A chain of comparisons, up to the first that fails.</summary>
internal sealed class ComparingChain(Evaluable first, CompareOperator[] operators, Evaluable[] rest) : Evaluable
{
    public override bool IsConstant { get; } = first.IsConstant && Array.TrueForAll(rest, operand => operand.IsConstant);

    public override Value Evaluate(Frame frame) => Value.From(IsTrue(frame));

    public override bool IsTrue(Frame frame)
    {
        var left = first.Evaluate(frame);
        for (var i = 0; i < rest.Length; i++)
        {
            var right = rest[i].Evaluate(frame);
            if (!Comparing.Holds(operators[i], left, right))
                return false;
            left = right;
        }
        return true;
    }

    public override async ValueTask<Value> EvaluateAsync(Frame frame)
    {
        var left = await first.EvaluateAsync(frame).ConfigureAwait(false);
        for (var i = 0; i < rest.Length; i++)
        {
            var right = await rest[i].EvaluateAsync(frame).ConfigureAwait(false);
            if (!Comparing.Holds(operators[i], left, right))
                return Value.False;
            left = right;
        }
        return Value.True;
    }
}

/// <summary><c>value if test else other</c>; without else and test an undefined of the default type.</summary>
internal sealed class Choice(Evaluable test, Evaluable value, Evaluable? other, string missing) : Evaluable
{
    public override bool IsConstant => test.IsConstant && value.IsConstant && other is { IsConstant: true };

    public override Value Evaluate(Frame frame) => test.IsTrue(frame) ? value.Evaluate(frame) : other is null ? Nothing() : other.Evaluate(frame);

    public override void Print(Frame frame, Output output, bool escape)
    {
        if (test.IsTrue(frame))
            value.Print(frame, output, escape);
        else if (other is not null)
            other.Print(frame, output, escape);
        else
            output.Write(Nothing(), escape);
    }

    public override async ValueTask<Value> EvaluateAsync(Frame frame)
    {
        if (Operators.IsTrue(await test.EvaluateAsync(frame).ConfigureAwait(false)))
            return await value.EvaluateAsync(frame).ConfigureAwait(false);
        return other is null ? Nothing() : await other.EvaluateAsync(frame).ConfigureAwait(false);
    }

    private Value Nothing() => Value.From(new Undefined(UndefinedOrigin.Because(missing)));
}

/// <summary><c>~</c>. Where escaping is only known at run time it joins plain text, as Jinja does.</summary>
internal sealed class Joining(Evaluable[] operands, bool markup) : Operation(operands)
{
    private readonly TextChain _chain = new(operands);

    public override Value Evaluate(Frame frame)
    {
        var buffer = default(TextPartBuffer);
        return _chain.TryCollect(frame, buffer, out var count) ? Value.From(_chain.Concat(frame, buffer)) : JoinAny(frame, ((ReadOnlySpan<TextPart>)buffer)[..count]);
    }

    private Value JoinAny(Frame frame, ReadOnlySpan<TextPart> collected)
    {
        var values = new Value[Operands.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = _chain.At(frame, i, ref collected);
        return Apply(frame, values);
    }

    public override void Print(Frame frame, Output output, bool escape)
    {
        if (markup != escape)
        {
            output.Write(Evaluate(frame), escape);
            return;
        }
        // Escaped or not, the whole is its parts one after the other; but none is made text before all are known, as one may change another.
        var buffer = default(TextPartBuffer);
        var parts = Operands.Length <= TextPartBuffer.Capacity ? ((Span<TextPart>)buffer)[..Operands.Length] : new TextPart[Operands.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = Operands[i].EvaluatePart(frame);
        foreach (ref readonly var part in parts)
        {
            // An object is joined as text, so that its own HTML does not count.
            output.Write(escape && !part.IsPlainText && part.ToValue() is { Kind: ValueKind.Host or ValueKind.Template or ValueKind.Undefined } value ? new TextPart(Text.Soft(value)) : part, escape);
        }
    }

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Concatenation.Checked(frame.Context, markup ? Operators.ConcatMarkup(values) : Plain(values));

    private static Value Plain(ReadOnlySpan<Value> values)
    {
        var texts = new string[values.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = Text.Str(values[i]);
        return Value.From(string.Concat(texts));
    }
}

/// <summary>The operand as safe text where the template escapes.</summary>
internal sealed class MakeSafe(Evaluable operand) : Operation(operand)
{
    public override bool IsConstant => false;

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => frame.Context.Autoescape ? Renderable.MarkSafe(values[0]) : values[0];
}

/// <summary>An operator that a sandbox wants to see before it is applied.</summary>
internal sealed class Intercepted(string symbol, params Evaluable[] operands) : Operation(operands)
{
    public override bool IsConstant => false;

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => frame.Context.Access.Apply(frame.Context, symbol, values);
}

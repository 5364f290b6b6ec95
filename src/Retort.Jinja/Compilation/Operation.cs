using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>
/// An expression that needs the values of all its operands and computes with them. The hot ones override <see cref="Evaluate"/>, too; a render that awaits has only
/// the values to wait for.
/// </summary>
internal abstract class Operation(params Evaluable[] operands) : Evaluable
{
    protected Evaluable[] Operands => operands;

    /// <summary>Whether every operand is constant; then so is the result, where it depends on nothing else.</summary>
    public override bool IsConstant { get; } = Array.TrueForAll(operands, operand => operand.IsConstant);

    public override Value Evaluate(Frame frame)
    {
        var buffer = default(ArgumentBuffer);
        var values = Room(ref buffer);
        for (var i = 0; i < values.Length; i++)
            values[i] = operands[i].Evaluate(frame);
        return Apply(frame, values);
    }

    private Span<Value> Room(ref ArgumentBuffer buffer) => operands.Length <= ArgumentBuffer.Capacity ? ((Span<Value>)buffer)[..operands.Length] : new Value[operands.Length];

    public sealed override ValueTask<Value> EvaluateAsync(Frame frame)
    {
        var buffer = default(ArgumentBuffer);
        var values = Room(ref buffer);
        for (var i = 0; i < values.Length; i++)
        {
            var value = operands[i].EvaluateAsync(frame);
            // Few have anything to wait for.
            if (!value.IsCompletedSuccessfully)
                return AwaitRest(frame, values.ToArray(), i, value);
            values[i] = value.Result;
        }
        return Awaited.Of(frame, Apply(frame, values));
    }

    private async ValueTask<Value> AwaitRest(Frame frame, Value[] values, int at, ValueTask<Value> first)
    {
        values[at] = await first.ConfigureAwait(false);
        for (var i = at + 1; i < values.Length; i++)
            values[i] = await operands[i].EvaluateAsync(frame).ConfigureAwait(false);
        return await Awaited.Of(frame, Apply(frame, values)).ConfigureAwait(false);
    }

    /// <summary>Its value for those of its operands.</summary>
    protected abstract Value Apply(Frame frame, ReadOnlySpan<Value> values);
}

/// <summary>One that is always <c>True</c> or <c>False</c>.</summary>
internal abstract class Condition(params Evaluable[] operands) : Operation(operands)
{
    public sealed override bool IsBoolean => true;

    public sealed override Value Evaluate(Frame frame) => Value.From(IsTrue(frame));

    public abstract override bool IsTrue(Frame frame);
}

using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary><c>==</c> or <c>!=</c> with constant text.</summary>
internal sealed class ComparingText(bool negated, Evaluable operand, string text) : Evaluable
{
    private readonly Value _text = Value.From(text);

    public override bool IsBoolean => true;

    public override Value Evaluate(Frame frame) => Value.From(IsTrue(frame));

    public override bool IsTrue(Frame frame) => Holds(operand.EvaluatePart(frame));

    public override async ValueTask<Value> EvaluateAsync(Frame frame) => Value.From(Holds(new(await operand.EvaluateAsync(frame).ConfigureAwait(false))));

    private bool Holds(in TextPart part) => (part.IsPlainText ? part.Span.SequenceEqual(text) : Equality.AreEqual(part.ToValue(), _text)) != negated;
}

/// <summary><c>==</c> or <c>!=</c> of two conditions.</summary>
internal sealed class ComparingTruths(bool negated, Evaluable left, Evaluable right) : Evaluable
{
    public override bool IsBoolean => true;

    public override Value Evaluate(Frame frame) => Value.From(IsTrue(frame));

    public override bool IsTrue(Frame frame) => (left.IsTrue(frame) == right.IsTrue(frame)) != negated;

    public override async ValueTask<Value> EvaluateAsync(Frame frame)
    {
        var first = Operators.IsTrue(await left.EvaluateAsync(frame).ConfigureAwait(false));
        return Value.From((first == Operators.IsTrue(await right.EvaluateAsync(frame).ConfigureAwait(false))) != negated);
    }
}

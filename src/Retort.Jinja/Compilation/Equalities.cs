using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary><c>==</c> or <c>!=</c> with constant text.</summary>
internal sealed class ComparingText(bool negated, Evaluable operand, string text) : Condition(operand)
{
    private readonly Value _text = Value.From(text);

    /// <summary>The key whose text the first tests of a row ask for, at least two of them, and what they compare it with; none if they ask other things.</summary>
    public static (ReadKey? Asked, string[] Answers) Choices(Evaluable[] tests)
    {
        if (tests.Length < 2 || tests[0] is not ComparingText { Operand: ReadKey key })
            return (null, []);
        string[] answers = [.. tests.TakeWhile(test => test is ComparingText { IsNegated: false } same && key.IsSameAs(same.Operand)).Select(test => ((ComparingText)test).Text)];
        return answers.Length < 2 ? (null, []) : (key, answers);
    }

    private Evaluable Operand => operand;

    private string Text => text;

    private bool IsNegated => negated;

    public override bool IsTrue(Frame frame) => operand.PeekText(frame) is { } peeked ? (peeked == text) != negated : Holds(operand.EvaluatePart(frame));

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Value.From(Holds(new(values[0])));

    private bool Holds(in TextPart part) => (part.IsPlainText ? part.Span.SequenceEqual(text) : Equality.AreEqual(part.ToValue(), _text)) != negated;
}

/// <summary><c>==</c> or <c>!=</c> with an integer written in the template.</summary>
internal sealed class ComparingNumber(bool negated, Evaluable operand, in Value number) : Condition(operand)
{
    private readonly Value _number = number;

    public override bool IsTrue(Frame frame) => Holds(operand.Evaluate(frame));

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Value.From(Holds(values[0]));

    private bool Holds(in Value value) => (value.IsInt ? value.AsLong == _number.AsLong : Equality.AreEqual(value, _number)) != negated;
}

/// <summary><c>==</c> or <c>!=</c> of two conditions.</summary>
internal sealed class ComparingTruths(bool negated, Evaluable left, Evaluable right) : Condition(left, right)
{
    public override bool IsTrue(Frame frame) => (left.IsTrue(frame) == right.IsTrue(frame)) != negated;

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Value.From((Operators.IsTrue(values[0]) == Operators.IsTrue(values[1])) != negated);
}

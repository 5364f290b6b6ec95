using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary><c>operand.name</c>.</summary>
internal sealed class ReadMember(Evaluable operand, string name) : Operation(operand)
{
    private readonly MemberSite _site = new(name);

    public Evaluable Operand => operand;

    public MemberSite Site => _site;

    public override Value Evaluate(Frame frame) => _site.Get(frame.Context, operand.Evaluate(frame));

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => _site.Get(frame.Context, values[0]);
}

/// <summary>What a loop's body asks of its loop most often: <c>loop.index</c> and the like.</summary>
internal sealed class ReadLoop(int slot, string name) : Evaluable
{
    private readonly MemberSite _site = new(name);
    private readonly char _what = name switch { "index" => 'i', "index0" => '0', "first" => 'f', _ => 'l' };

    public static bool Knows(string name) => name is "index" or "index0" or "first" or "last";

    public override Value Evaluate(Frame frame)
    {
        ref readonly var value = ref frame.Slots[slot];
        if (value.Reference is not LoopValue loop)
            return _site.Get(frame.Context, value);
        return _what switch
        {
            'i' => Value.From(loop.Index0 + 1),
            '0' => Value.From(loop.Index0),
            'f' => Value.From(loop.Index0 == 0),
            _ => Value.From(loop.IsLast),
        };
    }

    // Whether it is the last may have to be waited for.
    public override ValueTask<Value> EvaluateAsync(Frame frame) => _what == 'l' ? Awaited.Of(frame, _site.Get(frame.Context, frame.Slots[slot])) : new(Evaluate(frame));
}

/// <summary><c>operand['key']</c>.</summary>
internal sealed class ReadKey(Evaluable operand, string key) : Operation(operand)
{
    private readonly Value _key = Value.From(key);
    private readonly int _slot = operand is ReadLocal local ? local.Slot : -1;

    /// <summary>Whether it reads the same key of the same variable.</summary>
    public bool IsSameAs(Evaluable other) => _slot >= 0 && other is ReadKey same && same._slot == _slot && same.Key == key;

    private string Key => key;

    public override Value Evaluate(Frame frame) => _slot >= 0 ? Read(frame, frame.Slots[_slot]) : Read(frame, operand.Evaluate(frame));

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Read(frame, values[0]);

    public override TextPart EvaluatePart(Frame frame) => PeekText(frame) is { } text ? new(text) : new(Evaluate(frame));

    public override string? PeekText(Frame frame) => _slot >= 0 ? Mappings.PeekText(frame.Slots[_slot], key) : null;

    private Value Read(Frame frame, in Value target) =>
        target.Kind == ValueKind.Dict && Mappings.TryGet(target, key, out var item) ? item : Members.GetItem(frame.Context, target, _key);
}

/// <summary><c>operand[key]</c>.</summary>
internal sealed class ReadItem(Evaluable operand, Evaluable key) : Operation(operand, key)
{
    public override Value Evaluate(Frame frame) => Members.GetItem(frame.Context, operand.Evaluate(frame), key.Evaluate(frame));

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Members.GetItem(frame.Context, values[0], values[1]);
}

/// <summary><c>operand[start:stop:step]</c>.</summary>
internal sealed class ReadSlice(Evaluable operand, Evaluable start, Evaluable stop, Evaluable step) : Operation(operand, start, stop, step)
{
    public override Value Evaluate(Frame frame) => EvaluatePart(frame).ToValue();

    public override TextPart EvaluatePart(Frame frame)
    {
        var part = operand.EvaluatePart(frame);
        var (first, last, by) = (start.Evaluate(frame), stop.Evaluate(frame), step.Evaluate(frame));
        return Members.TrySlice(part, first, last, by, out var slice) ? slice : new(Members.Slice(frame.Context, part.ToValue(), first, last, by));
    }

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Members.Slice(frame.Context, values[0], values[1], values[2], values[3]);
}

/// <summary>A slice of a constant. While Jinja folds constants, one that cannot be taken is an undefined, as a missing item is; when the template runs it is an error.</summary>
internal sealed class ReadConstantSlice(ReadSlice slice, Frame folding) : Operation(slice)
{
    public override Value Evaluate(Frame frame)
    {
        try
        {
            return slice.Evaluate(frame);
        }
        catch (PythonError error) when (error.Kind == PythonErrorKind.TypeError && ReferenceEquals(frame, folding))
        {
            return frame.Context.MakeUndefined(UndefinedOrigin.Because(error.Message));
        }
    }

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => values[0];
}

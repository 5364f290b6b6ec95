using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>A value that never changes.</summary>
internal sealed class Constant(in Value value) : Evaluable
{
    private readonly Value _value = value;

    public Value Value => _value;

    public override bool IsConstant => true;

    public override Value Evaluate(Frame frame) => _value;
}

/// <summary>A tuple, made anew each time unless all of it is constant.</summary>
internal sealed class MakeTuple(Evaluable[] items) : Evaluable
{
    public override bool IsConstant { get; } = items.All(item => item.IsConstant);

    public override Value Evaluate(Frame frame)
    {
        var values = new Value[items.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = items[i].Evaluate(frame);
        return Value.From(new TupleValue(values));
    }

    public override async ValueTask<Value> EvaluateAsync(Frame frame) => Value.From(new TupleValue(await Awaited.All(items, frame).ConfigureAwait(false)));
}

/// <summary>A list, made anew each time, because a template may change it.</summary>
internal sealed class MakeList(Evaluable[] items) : Evaluable
{
    public override bool IsConstant { get; } = items.All(item => item.IsConstant);

    public override Value Evaluate(Frame frame)
    {
        var values = new List<Value>(items.Length);
        foreach (var item in items)
            values.Add(item.Evaluate(frame));
        return Value.From(new ListValue(values));
    }

    public override async ValueTask<Value> EvaluateAsync(Frame frame) => Value.From(new ListValue([.. await Awaited.All(items, frame).ConfigureAwait(false)]));
}

/// <summary>A dictionary, made anew each time.</summary>
internal sealed class MakeDict(Evaluable[] keys, Evaluable[] items) : Evaluable
{
    public override bool IsConstant { get; } = keys.All(key => key.IsConstant) && items.All(item => item.IsConstant);

    public override Value Evaluate(Frame frame)
    {
        var dict = new DictValue();
        for (var i = 0; i < keys.Length; i++)
            dict.Set(keys[i].Evaluate(frame), items[i].Evaluate(frame));
        return Value.From(dict);
    }

    public override async ValueTask<Value> EvaluateAsync(Frame frame)
    {
        var dict = new DictValue();
        for (var i = 0; i < keys.Length; i++)
            dict.Set(await keys[i].EvaluateAsync(frame).ConfigureAwait(false), await items[i].EvaluateAsync(frame).ConfigureAwait(false));
        return Value.From(dict);
    }
}

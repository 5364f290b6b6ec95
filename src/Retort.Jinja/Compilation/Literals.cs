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
internal sealed class MakeTuple(Evaluable[] items) : Operation(items)
{
    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Value.From(new TupleValue(values.ToArray()));
}

/// <summary>A list, made anew each time, because a template may change it.</summary>
internal sealed class MakeList(Evaluable[] items) : Operation(items)
{
    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => Value.From(new ListValue([.. values]));
}

/// <summary>A dictionary, made anew each time, of keys and values in turn.</summary>
internal sealed class MakeDict(Evaluable[] items) : Operation(items)
{
    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values)
    {
        var dict = new DictValue();
        for (var i = 0; i < values.Length; i += 2)
            dict.Set(values[i], values[i + 1]);
        return Value.From(dict);
    }
}

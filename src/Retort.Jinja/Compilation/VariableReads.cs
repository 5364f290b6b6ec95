using Retort.Jinja.Analysis;
using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>A variable of the running frame that is always set: a loop's item, a parameter.</summary>
internal sealed class ReadLocal(int slot) : Evaluable
{
    public int Slot => slot;

    public override Value Evaluate(Frame frame) => frame.Slots[slot];

    public override ValueTask<Value> EvaluateAsync(Frame frame) => Awaited.Variable(frame, slot, frame.Slots[slot]);
}

/// <summary>A variable that may not be set yet; then it comes from where its scope says.</summary>
internal sealed class ReadVariable(VariablePlace place) : Evaluable
{
    private readonly int _slot = place.Slot;

    public override Value Evaluate(Frame frame)
    {
        ref readonly var value = ref frame.Slots[_slot];
        return Missing.Is(value) ? Load(frame) : value;
    }

    public override ValueTask<Value> EvaluateAsync(Frame frame) => Awaited.Variable(frame, _slot, Evaluate(frame));

    public override TextPart EvaluatePart(Frame frame) => PeekText(frame) is { } text ? new(text) : new(Evaluate(frame));

    public override string? PeekText(Frame frame) => frame.Slots[_slot].Reference as string;

    private Value Load(Frame frame) => place.TryRead(frame, frame, out var value) ? value : frame.Context.UndefinedVariable(place.Name);
}

/// <summary>A variable of a frame around this one, as it is now.</summary>
internal sealed class ReadOuter(VariablePlace place, int hops) : Evaluable
{
    public override Value Evaluate(Frame frame)
    {
        var owner = frame;
        for (var i = 0; i < hops; i++)
            owner = owner.Outer!;
        return place.TryRead(owner, frame, out var value) ? value : frame.Context.UndefinedVariable(place.Name);
    }

    public override ValueTask<Value> EvaluateAsync(Frame frame) => Awaited.Of(frame, Evaluate(frame));
}

/// <summary>Where a variable is kept and where it comes from while it is not set.</summary>
internal sealed class VariablePlace
{
    private readonly LoadKind _load;
    private readonly VariablePlace? _alias;
    private readonly int _aliasHops;

    public VariablePlace(Variable variable)
    {
        Name = variable.Name;
        Slot = variable.Slot;
        _load = variable.Load;
        if (variable.Alias is { } alias)
        {
            _alias = new VariablePlace(alias);
            _aliasHops = Hops(variable.Function, alias.Function);
        }
    }

    public string Name { get; }

    public int Slot { get; }

    /// <summary>How many frames lie between a body and the one around it that owns a variable.</summary>
    public static int Hops(FunctionScope from, FunctionScope to)
    {
        var hops = 0;
        for (var scope = from; scope != to; scope = scope!.Outer)
            hops++;
        return hops;
    }

    /// <summary>What it or the variable that it continues holds, without asking the context.</summary>
    public Value Peek(Frame owner)
    {
        var place = this;
        for (; Missing.Is(owner.Slots[place.Slot]) && place._alias is { } alias; place = alias)
        {
            for (var i = 0; i < place._aliasHops; i++)
                owner = owner.Outer!;
        }
        return owner.Slots[place.Slot];
    }

    public bool TryRead(Frame owner, Frame reader, out Value value)
    {
        value = owner.Slots[Slot];
        if (!Missing.Is(value))
            return true;
        switch (_load)
        {
            case LoadKind.Resolve:
                if (!owner.Context.TryResolve(Name, out value))
                    return false;
                // Kept for the next time, but only by the frame that is running: others may run at the same time.
                if (ReferenceEquals(owner, reader))
                    owner.Slots[Slot] = value;
                return true;
            case LoadKind.Alias:
                for (var i = 0; i < _aliasHops; i++)
                    owner = owner.Outer!;
                return _alias!.TryRead(owner, reader, out value);
            default:
                return false;
        }
    }
}

using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>A loop that <c>loop(items)</c> runs again for inner items, each time with variables of its own.</summary>
/// <param name="unit">What it does.</param>
/// <param name="escaping">When what it prints counts as safe text.</param>
/// <param name="slot">Where it finds the items; at the next place, how many of its runs it stands in.</param>
internal sealed class RecursiveLoop(Unit unit, Escaping escaping, int slot)
{
    public Unit Unit => unit;

    public bool IsSafe(RenderContext context) => escaping.IsOn(context);

    public int Depth(Frame frame) => (int)frame.Slots[slot + 1].AsLong;

    public Frame NewFrame(Frame outer, in Value items, int depth)
    {
        var frame = unit.NewFrame(outer.Context, outer, null);
        (frame.Slots[slot], frame.Slots[slot + 1]) = (items, Value.From(depth));
        return frame;
    }
}

/// <summary>What <c>loop</c> is: the place in an iteration, looking one item back and one ahead.</summary>
internal sealed class LoopValue(in Value source, ValueIterator iterator, bool isFiltered, RenderContext context, int depth) : Renderable
{
    private readonly Value _source = source;
    private ValueIterator _iterator = iterator;
    private int _length = -1;
    private Value _after = Missing.Value;
    private Value _current = Missing.Value;
    private Value _before = Missing.Value;
    private Value[]? _changed;

    public override string TypeName => "jinja2.runtime.LoopContext";

    public override bool IsCallable => true;

    // One that waits for its items has had one.
    public override bool IsTrue => _iterator is AwaitedIterator || Count != 0;

    public override int Length => Count;

    public override bool IsIterable => true;

    public long Index0 { get; private set; } = -1;

    /// <summary>What a call of it runs, and in which frame; null unless the loop is recursive.</summary>
    public RecursiveLoop? Recursion { get; init; }

    /// <summary>Whether the item and the one before it are to be remembered.</summary>
    public required bool LooksAround { get; init; }

    public Frame? RecursionFrame { get; init; }

    public int Count
    {
        get
        {
            if (_length >= 0)
                return _length;
            _length = isFiltered ? -1 : Iteration.LengthHint(_source);
            if (_length < 0)
                Drain();
            return _length;
        }
    }

    // Takes out everything that is left, to count it.
    private void Drain()
    {
        var rest = new List<Value>();
        while (_iterator.MoveNext(out var item))
            rest.Add(item);
        GoOnWith(rest);
    }

    private void GoOnWith(List<Value> rest)
    {
        _iterator = new ListValueIterator(new ListValue(rest));
        _length = rest.Count + (int)Index0 + 1 + (Missing.Is(_after) ? 0 : 1);
    }

    public bool IsLast => !Peek();

    private bool Peek()
    {
        if (!Missing.Is(_after))
            return true;
        if (!_iterator.MoveNext(out var next))
            return false;
        _after = next;
        return true;
    }

    /// <summary>Waits for the next item, which then can be taken or looked at without waiting; false if there is none.</summary>
    public async ValueTask<bool> FetchAsync()
    {
        if (Missing.Is(_after) && _iterator is AwaitedIterator awaited && await awaited.MoveNextAsync().ConfigureAwait(false))
            _after = awaited.Current;
        return Peek();
    }

    public bool MoveNext(out Value item)
    {
        if (!Missing.Is(_after))
        {
            item = _after;
            _after = Missing.Value;
        }
        else if (!_iterator.MoveNext(out item))
        {
            return false;
        }
        Index0++;
        if (LooksAround)
        {
            _before = _current;
            _current = item;
        }
        return true;
    }

    public override bool TryGetMember(EvalContext asking, string name, out Value value)
    {
        if (_iterator is not AwaitedIterator awaited || name is not ("last" or "nextitem" or "length" or "revindex" or "revindex0"))
            return TryGetNow(name, out value);
        // What takes a look ahead is waited for, as Jinja's asynchronous loops give something to await.
        var asked = AskAsync(awaited, name);
        value = asked.IsCompleted ? asked.GetAwaiter().GetResult() : Value.FromHost(asked.AsTask(), ValueKind.Host);
        return true;
    }

    private async ValueTask<Value> AskAsync(AwaitedIterator awaited, string name)
    {
        if (name is "last" or "nextitem")
        {
            await FetchAsync().ConfigureAwait(false);
        }
        else
        {
            var rest = new List<Value>();
            while (await awaited.MoveNextAsync().ConfigureAwait(false))
                rest.Add(awaited.Current);
            GoOnWith(rest);
        }
        TryGetNow(name, out var value);
        return value;
    }

    private bool TryGetNow(string name, out Value value)
    {
        switch (name)
        {
            case "index": value = Value.From(Index0 + 1); return true;
            case "index0": value = Value.From(Index0); return true;
            case "revindex": value = Value.From(Count - Index0); return true;
            case "revindex0": value = Value.From(Count - Index0 - 1); return true;
            case "first": value = Value.From(Index0 == 0); return true;
            case "last": value = Value.From(IsLast); return true;
            case "length": value = Value.From(Count); return true;
            case "depth": value = Value.From(depth + 1); return true;
            case "depth0": value = Value.From(depth); return true;
            case "previtem": value = Index0 == 0 ? None("there is no previous item") : _before; return true;
            case "nextitem": value = Peek() ? _after : None("there is no next item"); return true;
            case "cycle": value = Value.From(new FunctionValue(Cycle, "cycle", "method", Value.From(this))); return true;
            case "changed": value = Value.From(new FunctionValue(Changed, "changed", "method", Value.From(this))); return true;
            default: value = default; return false;
        }
    }

    public Value Cycle(EvalContext asking, Arguments arguments) => arguments.Positional.Length == 0
        ? throw PythonError.Type("no items for cycling given")
        : arguments.Positional[(int)(Index0 % arguments.Positional.Length)];

    public Value Changed(EvalContext asking, Arguments arguments)
    {
        if (_changed is { } last && last.AsSpan().SequenceEqual(arguments.Positional))
            return Value.False;
        _changed = arguments.Positional.ToArray();
        return Value.True;
    }

    public override ValueIterator GetIterator() => new SequenceIterator(Pairs().GetEnumerator(), "LoopContext");

    private IEnumerable<Value> Pairs()
    {
        while (MoveNext(out var item))
            yield return Value.From(new TupleValue([item, Value.From(this)]));
    }

    public override bool IsSafeFor(EvalContext caller) => Recursion is not null && Recursion.IsSafe(context);

    protected override (Unit Unit, Frame Frame) Bind(Arguments arguments)
    {
        if (arguments.Positional.Length + arguments.Names.Length != 1 || (arguments.Names.Length == 1 && arguments.Names[0] != "iterable"))
            throw PythonError.Type("LoopContext.__call__() takes one argument, 'iterable'");
        if (Recursion is null)
            throw PythonError.Type("The loop must have the 'recursive' marker to be called recursively.");
        var items = arguments.Positional.Length == 1 ? arguments.Positional[0] : arguments.Named[0];
        return (Recursion.Unit, Recursion.NewFrame(RecursionFrame!, items, depth + 1));
    }

    private Value None(string hint) => context.MakeUndefined(UndefinedOrigin.Because(hint));

    public override string Repr() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"<LoopContext {Index0 + 1}/{Count}>");
}

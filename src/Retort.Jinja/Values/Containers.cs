namespace Retort.Jinja.Values;

// Python's containers made in templates. Those of the host stay what they are; see HostType.

/// <summary>What they have in common: how they print, compare and are hashed is known to those who know all containers.</summary>
internal abstract class Container : TemplateObject
{
    public override bool IsIterable => true;

    public override string Repr() => Text.Repr(Value.From(this));

    public override bool ValueEquals(in Value other) => Equality.AreEqual(Value.From(this), other);

    public override int ValueHash() => Equality.Hash(Value.From(this));
}

/// <summary>A list made in a template.</summary>
internal sealed class ListValue(List<Value> items) : Container
{
    internal override ValueKind Kind => ValueKind.List;
    public List<Value> Items { get; } = items;
    public override string TypeName => "list";
    public override int Length => Items.Count;
    public override ValueIterator GetIterator() => new ListValueIterator(this);
}

/// <summary>A tuple; a named one has a name for each item.</summary>
internal sealed class TupleValue(Value[] items, string[]? names = null, string? typeName = null) : Container
{
    public static TupleValue Empty { get; } = new([]);
    internal override ValueKind Kind => ValueKind.Tuple;
    public Value[] Items { get; } = items;
    public string[]? Names { get; } = names;

    /// <summary>Name of a named tuple's type, which its repr shows; null prints a plain tuple.</summary>
    public string? NamedType { get; } = typeName;
    public override string TypeName => NamedType ?? "tuple";
    public override int Length => Items.Length;
    public override ValueIterator GetIterator() => new ArrayIterator<Value>(Items);

    public override bool TryGetMember(EvalContext context, string name, out Value value)
    {
        var index = Names is null ? -1 : Array.IndexOf(Names, name);
        value = index >= 0 ? Items[index] : Names is null ? default : name switch
        {
            "_fields" => Value.From(new TupleValue(Array.ConvertAll(Names, field => Value.From(field)))),
            "_asdict" => Value.From(new FunctionValue((_, _) => AsDict(), name)),
            _ => default,
        };
        return index >= 0 || !value.IsNone;
    }

    private Value AsDict()
    {
        var dict = new DictValue();
        for (var i = 0; i < Items.Length; i++)
            dict.Set(Value.From(Names![i]), Items[i]);
        return Value.From(dict);
    }
}

/// <summary>A dictionary made in a template: keeps the order of insertion; <c>1</c>, <c>1.0</c> and <c>True</c> are one key.</summary>
internal sealed class DictValue : Container
{
    internal override ValueKind Kind => ValueKind.Dict;
    public OrderedDictionary<Value, Value> Items { get; } = [];
    public override string TypeName => "dict";
    public override int Length => Items.Count;
    public override ValueIterator GetIterator() => new DictIterator(this, DictViewKind.Keys);

    public override bool TryGetItem(in Value key, out Value value) => Items.TryGetValue(key, out value);

    /// <summary>Sets a key; a key that exists keeps its place and its first spelling.</summary>
    public void Set(in Value key, in Value value) => Items[key] = value;
}

/// <summary>A set made by a template or a host's set that was copied; keeps the order of insertion.</summary>
internal sealed class SetValue(IEnumerable<Value> items) : Container
{
    internal override ValueKind Kind => ValueKind.Set;
    public HashSet<Value> Items { get; } = [.. items];
    public override string TypeName => "set";
    public override int Length => Items.Count;
    public override ValueIterator GetIterator() => new SequenceIterator(Items.GetEnumerator(), "set_iterator");
}

/// <summary>A <c>range</c>: numbers computed when asked for.</summary>
internal sealed class RangeValue(long start, long stop, long step) : TemplateObject
{
    internal override ValueKind Kind => ValueKind.Range;
    public long Start { get; } = start;
    public long Stop { get; } = stop;
    public long Step { get; } = step;

    /// <summary>How many numbers it holds; may exceed what an int can count.</summary>
    public Int128 Count { get; } = new SliceBounds(start, stop, step).Count;

    public override string TypeName => "range";
    public override bool IsTrue => Count > 0;
    public override int Length => Count <= int.MaxValue ? (int)Count : throw PythonError.Overflow("Python int too large to convert to C ssize_t");
    public override bool IsIterable => true;
    public override ValueIterator GetIterator() => new RangeIterator(this);
    public override string Repr() => Step == 1
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"range({Start}, {Stop})")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"range({Start}, {Stop}, {Step})");

    /// <summary>The number at an index that is inside.</summary>
    public long At(Int128 index) => (long)(Start + (index * Step));

    public bool Contains(System.Numerics.BigInteger number)
    {
        if (Step > 0 ? number < Start || number >= Stop : number > Start || number <= Stop)
            return false;
        return (number - Start) % Step == 0;
    }

    public override bool ValueEquals(in Value other) =>
        other.Kind == ValueKind.Range && other.Reference is RangeValue range && range.Count == Count
        && (Count == 0 || (range.Start == Start && (Count == 1 || range.Step == Step)));

    public override int ValueHash() => Count == 0 ? 0 : Count == 1 ? HashCode.Combine(Start) : HashCode.Combine(Count, Start, Step);
}

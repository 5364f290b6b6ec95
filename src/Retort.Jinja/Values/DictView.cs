namespace Retort.Jinja.Values;

internal enum DictViewKind
{
    Keys,
    Values,
    Items,
}

/// <summary>A live view of a dictionary, what <c>keys()</c>, <c>values()</c> and <c>items()</c> give.</summary>
internal sealed class DictView(Value mapping, DictViewKind kind) : TemplateObject
{
    public override string TypeName => Name(kind);
    public override int Length => Mappings.Count(mapping);
    public override bool IsIterable => true;
    public override string Repr() => Text.Repr(Value.From(this));

    internal override bool IsHashable => kind == DictViewKind.Values;

    public override int ValueHash() => kind == DictViewKind.Values ? base.ValueHash() : throw Equality.Unhashable(TypeName);

    public override ValueIterator GetIterator() => mapping.Reference is DictValue own ? new DictIterator(own, kind) : new SequenceIterator(Mappings.Items(mapping).Select(item => Pick(kind, item)).GetEnumerator(), TypeName[..^1] + "iterator");

    public override bool ValueEquals(in Value other) =>
        ReferenceEquals(this, other.Reference) || (IsSet && IsSetLike(other) && Operators.Length(other) == Length && AreAllIn(Value.From(this), other));

    /// <summary>What Python calls the type of such a view.</summary>
    public static string Name(DictViewKind kind) => kind switch { DictViewKind.Keys => "dict_keys", DictViewKind.Values => "dict_values", _ => "dict_items" };

    /// <summary>What such a view shows of an item.</summary>
    public static Value Pick(DictViewKind kind, KeyValuePair<Value, Value> item) => kind switch
    {
        DictViewKind.Keys => item.Key,
        DictViewKind.Values => item.Value,
        _ => Value.From(new TupleValue([item.Key, item.Value])),
    };

    /// <summary>Whether it is a set in Python's eyes: keys and items are.</summary>
    public bool IsSet => kind != DictViewKind.Values;

    public override bool TryGetMember(EvalContext context, string name, out Value value)
    {
        switch (name)
        {
            case "mapping": value = mapping; return true;
            case "isdisjoint" when IsSet: value = Value.From(new FunctionValue(IsDisjoint, name, "builtin_function_or_method", Value.From(this))); return true;
            default: return base.TryGetMember(context, name, out value);
        }
    }

    private Value IsDisjoint(EvalContext context, Arguments arguments)
    {
        if (arguments.Positional.Length != 1 || !arguments.Names.IsEmpty)
            throw PythonError.Type(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{TypeName}.isdisjoint() takes exactly one argument ({arguments.Positional.Length} given)"));
        return Value.From(!Iteration.ToList(arguments.Positional[0]).Exists(item => Contains(item)));
    }

    /// <summary>Python's <c>in</c>; of keys and items without looking at all of them.</summary>
    public bool Contains(in Value item)
    {
        if (kind == DictViewKind.Keys)
            return Mappings.TryGet(mapping, item, out _);
        return item is { Kind: ValueKind.Tuple, Reference: TupleValue { Items: [var key, var value] } } && Mappings.TryGet(mapping, key, out var found) && Equality.AreSameOrEqual(found, value);
    }

    /// <summary><c>left - right</c> where one of them is such a set; the other may be anything that can be iterated.</summary>
    public static bool TrySubtract(in Value left, in Value right, out Value difference)
    {
        difference = default;
        if (left.Reference is not DictView { IsSet: true } && right.Reference is not DictView { IsSet: true })
            return false;
        var items = new SetValue(Iteration.ToList(left));
        foreach (var item in Iteration.ToList(right))
        {
            // An empty set asks for no hash; Python's does.
            Equality.Hash(item);
            items.Items.Remove(item);
        }
        difference = Value.From(items);
        return true;
    }

    /// <summary>Whether it is a set, or a view that is one.</summary>
    public static bool IsSetLike(in Value value) => value.Kind == ValueKind.Set || value.Reference is DictView { IsSet: true };

    /// <summary>Whether each item of a set-like value is in another.</summary>
    public static bool AreAllIn(in Value items, in Value container)
    {
        for (var iterator = Iteration.Start(items); iterator.MoveNext(out var item);)
        {
            if (!Operators.Contains(container, item))
                return false;
        }
        return true;
    }
}

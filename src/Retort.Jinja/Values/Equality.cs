namespace Retort.Jinja.Values;

/// <summary>Python's <c>==</c> and <c>hash()</c>.</summary>
internal static class Equality
{
    public static bool AreEqual(in Value left, in Value right)
    {
        if ((left.IsInt && right.IsInt) || (left.IsBool && right.IsBool))
            return left.AsLong == right.AsLong;
        if (left.IsPlainString && right.IsPlainString)
            return AreEqual((string)left.Reference, (string)right.Reference);
        if (left.IsUndefined)
            return ((Undefined)left.Reference).ValueEquals(right);
        if (right.IsUndefined)
            return ((Undefined)right.Reference).ValueEquals(left);
        if (left.IsNumber)
            return right.IsNumber && Numbers.AreEqual(left, right);
        if (left.IsText)
            return right.IsText && AreEqual(left.AsText!, right.AsText!);
        return AreObjectsEqual(left, right);
    }

    private static bool AreEqual(string left, string right)
    {
        if (left.Length != right.Length)
            return false;
        Budget.Charge(left.Length);
        return left == right;
    }

    private static bool AreObjectsEqual(in Value left, in Value right)
    {
        switch (left.Kind)
        {
            case ValueKind.None:
                return right.IsNone;
            case ValueKind.Bytes:
                return right.Kind == ValueKind.Bytes && ((byte[])left.Reference).AsSpan().SequenceEqual((byte[])right.Reference);
            case ValueKind.List or ValueKind.Tuple:
                return right.Kind == left.Kind && AreSequencesEqual(left, right);
            case ValueKind.Dict:
                return right.Kind == ValueKind.Dict && AreDictsEqual(left, right);
            case ValueKind.Set:
                return right.Kind == ValueKind.Set ? Sets.Of(left).SetEquals(Sets.Of(right)) : right.Reference is DictView view && view.ValueEquals(left);
            case ValueKind.Host:
                return right.Kind == ValueKind.Host && left.Reference.Equals(right.Reference);
            default:
                // A view knows what any other set-like is to it, and the other is not asked.
                if (left.Reference is DictView own && DictView.IsSetLike(right))
                    return own.ValueEquals(right);
                return ((TemplateObject)left.Reference).ValueEquals(right) || (right.Kind == ValueKind.Template && ((TemplateObject)right.Reference).ValueEquals(left));
        }
    }

    /// <summary>Equal, or the same object: how containers compare their items.</summary>
    public static bool AreSameOrEqual(in Value left, in Value right) => left.IsSameAs(right) || AreEqual(left, right);

    private static bool AreSequencesEqual(in Value left, in Value right)
    {
        if (ReferenceEquals(left.Reference, right.Reference))
            return true;
        var count = Sequences.Count(left);
        if (count != Sequences.Count(right))
            return false;
        Enter();
        for (var i = 0; i < count; i++)
        {
            if (!AreSameOrEqual(Sequences.At(left, i), Sequences.At(right, i)))
                return false;
        }
        return true;
    }

    private static bool AreDictsEqual(in Value left, in Value right)
    {
        if (ReferenceEquals(left.Reference, right.Reference))
            return true;
        if (Mappings.Count(left) != Mappings.Count(right))
            return false;
        Enter();
        foreach (var (key, item) in Mappings.Items(left))
        {
            if (!Mappings.TryGet(right, key, out var other) || !AreSameOrEqual(item, other))
                return false;
        }
        return true;
    }

    public static int Hash(in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.None: return 0;
            case ValueKind.Bool or ValueKind.Int: return value.AsLong.GetHashCode();
            case ValueKind.BigInt: return value.AsBigInteger.GetHashCode();
            case ValueKind.Float: return Numbers.Hash(value.AsDouble);
            case ValueKind.Decimal: return Numbers.Hash((decimal)value.Reference);
            case ValueKind.String or ValueKind.Markup:
                Budget.Charge(value);
                return value.AsText!.GetHashCode(StringComparison.Ordinal);
            case ValueKind.Bytes:
                var bytes = new HashCode();
                bytes.AddBytes((byte[])value.Reference);
                return bytes.ToHashCode();
            case ValueKind.Tuple:
                Enter();
                var hash = new HashCode();
                foreach (var item in ((TupleValue)value.Reference).Items)
                    hash.Add(Hash(item));
                return hash.ToHashCode();
            case ValueKind.List or ValueKind.Dict or ValueKind.Set: throw Unhashable(Text.TypeName(value));
            case ValueKind.Host: return value.Reference.GetHashCode();
            default: return ((TemplateObject)value.Reference).ValueHash();
        }
    }

    /// <summary>Whether <see cref="Hash"/> would succeed.</summary>
    public static bool IsHashable(in Value value) => value.Kind switch
    {
        ValueKind.List or ValueKind.Dict or ValueKind.Set => false,
        ValueKind.Tuple => AreHashable((TupleValue)value.Reference),
        ValueKind.Template => ((TemplateObject)value.Reference).IsHashable,
        _ => true,
    };

    private static bool AreHashable(TupleValue tuple)
    {
        Enter();
        return Array.TrueForAll(tuple.Items, item => IsHashable(item));
    }

    /// <summary>Goes into a container: its items may be containers, to any depth, and each is work.</summary>
    public static void Enter()
    {
        Depth.EnsureStack("in comparison");
        Budget.Walk();
    }

    public static PythonError Unhashable(string typeName) => PythonError.Type($"unhashable type: '{typeName}'");
}

/// <summary>Sets of both worlds as one.</summary>
internal static class Sets
{
    /// <summary>The items as a set; that of a template's set is the set itself.</summary>
    public static HashSet<Value> Of(in Value set) => set.Reference is SetValue own ? own.Items : [.. Iteration.ToList(set)];

    /// <summary>Whether an item can be in a set. Python looks a set up as if it were frozen, so one is merely not there; what else has no hash is an error.</summary>
    public static bool TryHash(in Value item) =>
        item.Kind != ValueKind.Set && Equality.Hash(item) is var _;
}

using System.Collections;

namespace Retort.Jinja.Values;

/// <summary>Python's <c>iter()</c>.</summary>
internal static class Iteration
{
    /// <summary>Begins an iteration; uses <paramref name="reuse"/> again if it fits, and stores there what may be used again.</summary>
    public static ValueIterator Start(in Value source, ref ValueIterator? reuse)
    {
        if (source.Kind is not (ValueKind.List or ValueKind.Tuple or ValueKind.Dict or ValueKind.Range or ValueKind.String))
            return Start(source);
        if (reuse is not null && reuse.TryReset(source.Reference))
            return reuse;
        return reuse = Start(source);
    }

    /// <summary>Begins an iteration.</summary>
    public static ValueIterator Start(in Value source)
    {
        Budget.Charge(source);
        switch (source.Kind)
        {
            case ValueKind.String or ValueKind.Markup:
                return new StringIterator(source.AsText!);
            case ValueKind.Bytes:
                return new ArrayIterator<byte>((byte[])source.Reference);
            case ValueKind.List when source.Reference is not TemplateObject:
                return HostShapes.SequenceOf(source.Reference).Iterate(source.Reference);
            case ValueKind.Dict when source.Reference is not TemplateObject:
                return new SequenceIterator(Mappings.Items(source).Select(item => item.Key).GetEnumerator(), "dict_keyiterator");
            case ValueKind.Set when source.Reference is not TemplateObject:
                return new ClosingIterator((IEnumerable)source.Reference);
            case ValueKind.List or ValueKind.Tuple or ValueKind.Dict or ValueKind.Set or ValueKind.Range or ValueKind.Iterator or ValueKind.Undefined:
                return ((TemplateObject)source.Reference).GetIterator();
            case ValueKind.Template when ((TemplateObject)source.Reference).IsIterable:
                return ((TemplateObject)source.Reference).GetIterator();
            case ValueKind.Host when HostType.IsEnumerable(source.Reference):
                // What LINQ and yield make is both, and as an enumerator has not begun.
                return source.Reference is IEnumerable items ? new ClosingIterator(items) : new EnumeratingIterator((IEnumerator)source.Reference);
            case ValueKind.Host when HostPairs.TrySplit(source.Reference, out var pair):
                return new ArrayIterator<Value>([pair.Key, pair.Value]);
            default:
                if (source.Kind == ValueKind.Host)
                    Awaiting.Refuse(source.Reference);
                throw PythonError.Type($"'{Text.TypeName(source)}' object is not iterable");
        }
    }

    /// <summary>Number of items if it is known without iterating, else -1.</summary>
    public static int LengthHint(in Value source) => source.Kind switch
    {
        ValueKind.String or ValueKind.Markup or ValueKind.Bytes or ValueKind.List or ValueKind.Tuple or ValueKind.Dict or ValueKind.Set or ValueKind.Undefined => (int)Operators.Length(source),
        ValueKind.Range or ValueKind.Template => ((TemplateObject)source.Reference).Length,
        ValueKind.Host => Count(source.Reference),
        _ => -1,
    };

    /// <summary>Number of items of a host collection, else -1.</summary>
    public static int Count(object host) => host switch
    {
        ICollection collection => collection.Count,
        IEnumerable when HostType.Of(host) is { IsForbidden: false, Count: { } count } => count(host),
        _ => -1,
    };

    private const int Checked = 1000;

    /// <summary>All items.</summary>
    public static List<Value> ToList(in Value source)
    {
        if (source.Reference is ListValue list)
            return [.. list.Items];
        if (source.Reference is TupleValue tuple)
            return [.. tuple.Items];
        var items = new List<Value>();
        for (var iterator = Start(source); iterator.MoveNext(out var item);)
        {
            items.Add(item);
            // A generator may go on for ever.
            if (items.Count % Checked == 0)
            {
                Concatenation.Limit(items.Count, null);
                Budget.Charge(Checked);
            }
        }
        return items;
    }

    /// <summary>Whether it is iterable, Python's <c>iter()</c> without an error.</summary>
    public static bool IsIterable(in Value source) => source.Kind switch
    {
        ValueKind.Template => ((TemplateObject)source.Reference).IsIterable,
        ValueKind.Host => HostType.IsEnumerable(source.Reference) || HostPairs.IsPair(source.Reference),
        ValueKind.None or ValueKind.Bool or ValueKind.Int or ValueKind.BigInt or ValueKind.Float or ValueKind.Decimal => false,
        _ => true,
    };

    /// <summary>Whether it must be iterated asynchronously, and its items if so.</summary>
    public static bool TryGetAsync(in Value source, out IAsyncEnumerable<Value>? items)
    {
        items = source.Kind is ValueKind.Host or ValueKind.Template or ValueKind.Iterator ? AsyncSources.Find(source.Reference) : null;
        return items is not null;
    }

    /// <summary>Splits a value over the targets of an assignment. Throws Python's ValueError when the count differs.</summary>
    public static void Unpack(in Value source, Span<Value> targets)
    {
        if (source.Reference is TupleValue tuple && tuple.Items.Length == targets.Length)
        {
            tuple.Items.CopyTo(targets);
            return;
        }
        if (!IsIterable(source))
            throw PythonError.Type($"cannot unpack non-iterable {Text.TypeName(source)} object");
        var iterator = Start(source);
        for (var i = 0; i < targets.Length; i++)
        {
            if (!iterator.MoveNext(out targets[i]))
                throw PythonError.Value(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"not enough values to unpack (expected {targets.Length}, got {i})"));
        }
        if (iterator.MoveNext(out _))
            throw PythonError.Value(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"too many values to unpack (expected {targets.Length})"));
    }
}

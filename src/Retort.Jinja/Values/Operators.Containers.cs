using System.Collections;
using System.Numerics;

namespace Retort.Jinja.Values;

// What Python asks of any value by a builtin: bool(), len(), in.
internal static partial class Operators
{
    /// <summary>Python's <c>bool()</c>.</summary>
    public static bool IsTrue(in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Bool or ValueKind.Int: return value.AsLong != 0;
            case ValueKind.None: return false;
            case ValueKind.String: return ((string)value.Reference).Length > 0;
            case ValueKind.Float: return value.AsDouble != 0;
            case ValueKind.BigInt or ValueKind.Iterator: return true;
            case ValueKind.Decimal: return (decimal)value.Reference != 0;
            case ValueKind.Range or ValueKind.Template or ValueKind.Undefined: return ((TemplateObject)value.Reference).IsTrue;
            case ValueKind.Host: return IsTrue(value.Reference);
            default: return Length(value) != 0;
        }
    }

    private static bool IsTrue(object host)
    {
        if (host is IEnumerable)
            return Iteration.Count(host) != 0;
        if (HostType.Of(host).IsForbidden)
            Awaiting.Refuse(host);
        return host is not TimeSpan { Ticks: 0 };
    }

    /// <summary>Python's <c>len()</c>.</summary>
    public static long Length(in Value value)
    {
        var length = value.Kind switch
        {
            ValueKind.String or ValueKind.Markup => CodePoints.Count(value.AsText!),
            ValueKind.Bytes => ((byte[])value.Reference).Length,
            ValueKind.List or ValueKind.Tuple => Sequences.Count(value),
            ValueKind.Dict => Mappings.Count(value),
            ValueKind.Set => value.Reference is SetValue own ? own.Items.Count : Iteration.Count(value.Reference),
            ValueKind.Range or ValueKind.Template or ValueKind.Undefined => ((TemplateObject)value.Reference).Length,
            ValueKind.Host => HostType.Of(value.Reference).IsForbidden ? -1 : Iteration.Count(value.Reference),
            _ => -1,
        };
        if (length < 0 && value.Kind == ValueKind.Host)
            Awaiting.Refuse(value.Reference);
        return length >= 0 ? length : throw PythonError.Type($"object of type '{Text.TypeName(value)}' has no len()");
    }

    /// <summary>Python's <c>item in container</c>.</summary>
    public static bool Contains(in Value container, in Value item)
    {
        switch (container.Kind)
        {
            case ValueKind.String or ValueKind.Markup:
                Budget.Charge(container);
                return item.IsText
                    ? container.AsText!.Contains(item.AsText!, StringComparison.Ordinal)
                    : throw PythonError.Type($"'in <string>' requires string as left operand, not {Text.TypeName(item)}");
            case ValueKind.Dict:
                return Mappings.TryGet(container, item, out _);
            case ValueKind.Set:
                return Sets.TryHash(item) && Sets.Of(container).Contains(item);
            case ValueKind.Range:
                return RangeContains((RangeValue)container.Reference, item);
            case ValueKind.Bytes:
                return BytesContain((byte[])container.Reference, item);
            case ValueKind.Undefined:
                return ((Undefined)container.Reference).Contains(item);
            case ValueKind.List or ValueKind.Tuple:
                return SequenceContains(container, item);
            case ValueKind.Template when container.Reference is DictView { IsSet: true } view:
                return view.Contains(item);
        }
        if (!Iteration.IsIterable(container))
            throw PythonError.Type($"argument of type '{Text.TypeName(container)}' is not iterable");
        for (var items = Iteration.Start(container); items.MoveNext(out var candidate);)
        {
            if (Equality.AreSameOrEqual(candidate, item))
                return true;
        }
        return false;
    }

    private static bool SequenceContains(in Value sequence, in Value item)
    {
        var count = Sequences.Count(sequence);
        Budget.Charge(count);
        for (var i = 0; i < count; i++)
        {
            if (Equality.AreSameOrEqual(Sequences.At(sequence, i), item))
                return true;
        }
        return false;
    }

    private static bool RangeContains(RangeValue range, in Value item)
    {
        if (item.IsIntegral)
            return range.Contains(item.AsBigInteger);
        // What is no number is compared with each of them.
        if (item.IsUndefined && range.Count > 0)
            return Equality.AreEqual(item, Value.From(0));
        return item.IsFloat && Math.Floor(item.AsDouble) == item.AsDouble && double.IsFinite(item.AsDouble) && range.Contains(new BigInteger(item.AsDouble));
    }

    private static bool BytesContain(byte[] bytes, in Value item)
    {
        if (item.Kind == ValueKind.Bytes)
            return bytes.AsSpan().IndexOf((byte[])item.Reference) >= 0;
        if (!item.IsIntegral)
            throw PythonError.Type($"a bytes-like object is required, not '{Text.TypeName(item)}'");
        return item.AsBigInteger >= 0 && item.AsBigInteger <= 255
            ? bytes.AsSpan().Contains((byte)item.AsBigInteger)
            : throw PythonError.Value("byte must be in range(0, 256)");
    }
}

using System.Collections;
using System.Data;
using System.Text.Json;

namespace Retort.Jinja.Values;

/// <summary>How to read a kind of list of the host; one object for all lists of a type.</summary>
internal abstract class HostSequence
{
    public abstract int Count(object list);

    public abstract Value At(object list, int index);

    public virtual ValueIterator Iterate(object list) => new HostSequenceIterator(this, list);
}

/// <summary>Arrays.</summary>
internal sealed class HostArray<T> : HostSequence
{
    public override int Count(object list) => ((T[])list).Length;

    public override Value At(object list, int index) => HostValues.FromTyped(((T[])list)[index]);

    public override ValueIterator Iterate(object list) => new ArrayIterator<T>((T[])list);
}

/// <summary><see cref="List{T}"/>.</summary>
internal sealed class HostList<T> : HostSequence
{
    public override int Count(object list) => ((List<T>)list).Count;

    public override Value At(object list, int index) => HostValues.FromTyped(((List<T>)list)[index]);

    public override ValueIterator Iterate(object list) => new HostListIterator<T>((List<T>)list);
}

/// <summary>Any other <see cref="IList{T}"/>.</summary>
internal sealed class HostListInterface<T> : HostSequence
{
    public override int Count(object list) => ((IList<T>)list).Count;

    public override Value At(object list, int index) => HostValues.FromTyped(((IList<T>)list)[index]);
}

/// <summary>Lists that can only be read.</summary>
internal sealed class HostReadOnlyList<T> : HostSequence
{
    public override int Count(object list) => ((IReadOnlyList<T>)list).Count;

    public override Value At(object list, int index) => HostValues.FromTyped(((IReadOnlyList<T>)list)[index]);
}

/// <summary>Lists without a type of item.</summary>
internal sealed class HostUntypedList : HostSequence
{
    public override int Count(object list) => ((IList)list).Count;

    public override Value At(object list, int index) => HostValues.From(((IList)list)[index]);
}

/// <summary>Data tables and their views, by row.</summary>
internal sealed class HostDataTable : HostSequence
{
    public override int Count(object list) => list is DataTable table ? table.Rows.Count : ((DataView)list).Count;

    public override Value At(object list, int index) => Value.FromHost(list is DataTable table ? table.Rows[index] : ((DataView)list)[index].Row, ValueKind.Dict);
}

/// <summary>JSON arrays.</summary>
internal sealed class HostJsonArray : HostSequence
{
    public override int Count(object list) => ((JsonElement)list).GetArrayLength();

    public override Value At(object list, int index) => JsonValues.From(((JsonElement)list)[index]);

    public override ValueIterator Iterate(object list) => new SequenceIterator(((JsonElement)list).EnumerateArray().Select(JsonValues.From).GetEnumerator(), "list_iterator");
}

/// <summary>A <see cref="List{T}"/> of the host.</summary>
internal sealed class HostListIterator<T>(List<T> list) : ValueIterator
{
    private List<T>? _list = list;
    private HostType? _latest;
    private int _next;

    public override string TypeName => "list_iterator";

    public override bool MoveNext(out Value item)
    {
        var list = _list;
        if (list is not null && (uint)_next < (uint)list.Count)
        {
            item = HostValues.FromTyped(list[_next++], ref _latest);
            return true;
        }
        item = default;
        _list = null;
        return false;
    }

    internal override bool TryReset(object source)
    {
        if (source is not List<T> other)
            return false;
        _list = other;
        _next = 0;
        return true;
    }

    internal override void Release() => _list = null;
}

/// <summary>Any list of the host, by index.</summary>
internal sealed class HostSequenceIterator(HostSequence shape, object list) : ValueIterator
{
    private int _next;

    public override string TypeName => "list_iterator";

    public override bool MoveNext(out Value item)
    {
        if (_next < shape.Count(list))
        {
            item = shape.At(list, _next++);
            return true;
        }
        item = default;
        return false;
    }
}

/// <summary>Anything else of the host that can be enumerated.</summary>
internal sealed class HostEnumerator(IEnumerator items) : ValueIterator
{
    public override string TypeName => "iterator";

    public override bool MoveNext(out Value item)
    {
        if (items.MoveNext())
        {
            item = HostValues.From(items.Current);
            return true;
        }
        (items as IDisposable)?.Dispose();
        item = default;
        return false;
    }
}

using System.Collections;

namespace Retort.Jinja.Values;

// The iterators over collections, read as a table.

/// <summary>Nothing.</summary>
internal sealed class EmptyIterator : ValueIterator
{
    public static EmptyIterator Instance { get; } = new();

    public override bool MoveNext(out Value item)
    {
        item = default;
        return false;
    }
}

/// <summary>A list; sees items that are added meanwhile, as Python does.</summary>
internal class ListIterator<T>(List<T> list) : ValueIterator
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
        if (typeof(T) == typeof(Value) && source is ListValue own)
            source = own.Items;
        if (source is not List<T> other)
            return false;
        _list = other;
        _next = 0;
        return true;
    }

    internal override void Release() => _list = null;
}

/// <summary>A list made in a template.</summary>
internal sealed class ListValueIterator(ListValue list) : ListIterator<Value>(list.Items);

/// <summary>An array of the host, or the items of a tuple.</summary>
internal sealed class ArrayIterator<T>(T[] array) : ValueIterator
{
    private T[] _array = array;
    private HostType? _latest;
    private int _next;

    public override string TypeName => "list_iterator";

    public override bool MoveNext(out Value item)
    {
        var array = _array;
        if ((uint)_next < (uint)array.Length)
        {
            item = HostValues.FromTyped(array[_next++], ref _latest);
            return true;
        }
        item = default;
        return false;
    }

    internal override bool TryReset(object source)
    {
        if (source is TupleValue tuple && typeof(T) == typeof(Value))
            source = tuple.Items;
        if (source is not T[] other)
            return false;
        _array = other;
        _next = 0;
        return true;
    }

    internal override void Release() => _array = [];
}

/// <summary>A dictionary made in a template, or a view of it.</summary>
internal sealed class DictIterator(DictValue dict, DictViewKind kind) : ValueIterator
{
    private DictValue? _dict = dict;
    private int _count = dict.Items.Count;
    private int _next;

    public override string TypeName => DictView.Name(kind)[..^1] + "iterator";

    public override bool MoveNext(out Value item)
    {
        item = default;
        if (_dict is null)
            return false;
        if (_dict.Items.Count != _count)
            throw new PythonError(PythonErrorKind.RuntimeError, "dictionary changed size during iteration");
        if (_next >= _count)
            return false;
        item = DictView.Pick(kind, _dict.Items.GetAt(_next++));
        return true;
    }

    internal override bool TryReset(object source)
    {
        if (kind != DictViewKind.Keys || source is not DictValue other)
            return false;
        _dict = other;
        _count = other.Items.Count;
        _next = 0;
        return true;
    }

    internal override void Release() => _dict = null;
}

/// <summary>A range.</summary>
internal sealed class RangeIterator(RangeValue range) : ValueIterator
{
    // A range of 64 bits may have one item less than 64 bits can count.
    private ulong _left = (ulong)range.Count;
    private long _next = range.Start;
    private long _step = range.Step;

    public override string TypeName => "range_iterator";

    public override bool MoveNext(out Value item)
    {
        if (_left > 0)
        {
            item = Value.From(_next);
            _next = unchecked(_next + _step);
            _left--;
            return true;
        }
        item = default;
        return false;
    }

    internal override bool TryReset(object source)
    {
        if (source is not RangeValue other)
            return false;
        _left = (ulong)other.Count;
        _next = other.Start;
        _step = other.Step;
        return true;
    }
}

/// <summary>Any C# sequence of values, such as a generator written with <c>yield</c>.</summary>
internal class SequenceIterator(IEnumerator<Value> items, string typeName = "generator", string? name = null) : ValueIterator
{
    public override string TypeName => typeName;

    public override bool MoveNext(out Value item)
    {
        // A generator may read from another, as map does from select, and so on down.
        Depth.EnsureStack();
        Budget.Walk();
        var exists = items.MoveNext();
        item = exists ? items.Current : default;
        return exists;
    }

    public override string Repr() => name is null ? base.Repr() : $"<generator object {name} at 0x{Identity:x12}>";
}

/// <summary>An enumerator of the host.</summary>
internal class EnumeratingIterator(IEnumerator items) : ValueIterator
{
    private IEnumerator? _items = items;

    public override string TypeName => "iterator";

    public override bool MoveNext(out Value item)
    {
        Depth.EnsureStack();
        Budget.Walk();
        if (_items is not null && _items.MoveNext())
        {
            item = HostValues.From(_items.Current);
            return true;
        }
        item = default;
        Close();
        return false;
    }

    protected void Close()
    {
        (_items as IDisposable)?.Dispose();
        _items = null;
    }
}

/// <summary>The items of a collection of the host, begun for one reader. Who leaves before the end closes it, as <c>foreach</c> does: behind it may be a query.</summary>
internal sealed class ClosingIterator(IEnumerable items) : EnumeratingIterator(items.GetEnumerator()), IDisposable
{
    public void Dispose() => Close();
}

/// <summary>The code points of a text.</summary>
internal sealed class StringIterator(string text) : ValueIterator
{
    private string _text = text;
    private int _next;

    public override string TypeName => "str_iterator";

    public override bool MoveNext(out Value item)
    {
        if (_next >= _text.Length)
        {
            item = default;
            return false;
        }
        var width = CodePoints.Width(_text, _next);
        item = Value.From(width == 1 ? CodePoints.Single(_text[_next]) : _text.Substring(_next, width));
        _next += width;
        return true;
    }

    internal override bool TryReset(object source)
    {
        if (source is not string other)
            return false;
        _text = other;
        _next = 0;
        return true;
    }
}

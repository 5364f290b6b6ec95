namespace Retort.Toolbar;

/// <summary>A list for several threads that stops growing, and counts on.</summary>
internal sealed class BoundedList<T>(int limit)
{
    private readonly List<T> _items = [];

    /// <summary>How many there were.</summary>
    public int Count { get; private set; }

    public void Add(T item)
    {
        lock (_items)
        {
            Count++;
            if (_items.Count < limit)
                _items.Add(item);
        }
    }

    /// <summary>Those that were kept.</summary>
    public IReadOnlyList<T> Items
    {
        get
        {
            lock (_items)
                return [.. _items];
        }
    }
}

namespace Retort.Jinja.Values;

/// <summary>Python's stable sort, which asks only whether one value is less than another, the later one first.</summary>
internal static class Sorting
{
    /// <summary>Whether one key goes before another.</summary>
    public delegate bool Order(in Value left, in Value right);

    /// <summary>The items in the order of their keys; equal ones keep their order, also in reverse.</summary>
    public static List<Value> Sort(List<Value> items, Func<Value, Value>? key, bool reverse, Order? less = null)
    {
        // An item is compared with some ten others.
        Budget.Charge(10L * items.Count);
        var entries = new Entry[items.Count];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = new Entry(key is null ? items[i] : key(items[i]), items[i]);
        if (reverse)
            Array.Reverse(entries);
        if (entries.Length < ShortList)
            InsertionSort(entries, less ?? Comparison.Less);
        else
            MergeSort(entries, new Entry[entries.Length], 0, entries.Length, less ?? Comparison.Less);
        if (reverse)
            Array.Reverse(entries);
        var result = new List<Value>(entries.Length);
        foreach (var entry in entries)
            result.Add(entry.Item);
        return result;
    }

    /// <summary>Equal keys need not have an order: how lists of keys compare.</summary>
    public static bool UnequalAndLess(in Value left, in Value right) => !Equality.AreSameOrEqual(left, right) && Comparison.Less(left, right);

    // Python sorts so many in this way, and which two it compares first decides the text of the error where some do not compare.
    private const int ShortList = 64;

    private static void InsertionSort(Span<Entry> entries, Order less)
    {
        for (var next = CountRun(entries, less); next < entries.Length; next++)
        {
            var pivot = entries[next];
            var (from, to) = (0, next);
            while (from < to)
            {
                var middle = (from + to) / 2;
                if (less(pivot.Key, entries[middle].Key))
                    to = middle;
                else
                    from = middle + 1;
            }
            entries[from..next].CopyTo(entries[(from + 1)..]);
            entries[from] = pivot;
        }
    }

    // How many at the start are in order. If they are in the opposite one, each less than the one before, they are turned round.
    private static int CountRun(Span<Entry> entries, Order less)
    {
        if (entries.Length < 2)
            return entries.Length;
        var descends = less(entries[1].Key, entries[0].Key);
        var count = 2;
        while (count < entries.Length && less(entries[count].Key, entries[count - 1].Key) == descends)
            count++;
        if (descends)
            entries[..count].Reverse();
        return count;
    }

    private static void MergeSort(Entry[] entries, Entry[] buffer, int from, int to, Order less)
    {
        if (to - from < 2)
            return;
        var middle = (from + to) / 2;
        MergeSort(entries, buffer, from, middle, less);
        MergeSort(entries, buffer, middle, to, less);
        if (!less(entries[middle].Key, entries[middle - 1].Key))
            return;
        Array.Copy(entries, from, buffer, from, middle - from);
        var (left, right, next) = (from, middle, from);
        while (left < middle && right < to)
            entries[next++] = less(entries[right].Key, buffer[left].Key) ? entries[right++] : buffer[left++];
        Array.Copy(buffer, left, entries, next, middle - left);
    }

    private readonly record struct Entry(Value Key, Value Item);
}

namespace Retort.Jinja.Values;

/// <summary>Python's stable sort, which asks only whether one value is less than another, the later one first.</summary>
internal static class Sorting
{
    /// <summary>Whether one key goes before another.</summary>
    public delegate bool Order(in Value left, in Value right);

    /// <summary>The items in the order of their keys; equal ones keep their order, also in reverse.</summary>
    public static List<Value> Sort(List<Value> items, Func<Value, Value>? key, bool reverse, Order? less = null)
    {
        var entries = new Entry[items.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var item = items[reverse ? items.Count - 1 - i : i];
            entries[i] = new Entry(key is null ? item : key(item), item);
        }
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

using System.Collections;
using System.Runtime.CompilerServices;

namespace Retort.Signing;

/// <summary>
/// A Python tuple as read from tagged JSON. It matches tuple patterns (<c>value is (string category, string message)</c>), equals by its items
/// and is written back as a tuple, like any <see cref="ValueTuple"/>.
/// </summary>
[CollectionBuilder(typeof(JsonTuple), nameof(Create))]
public sealed class JsonTuple : IReadOnlyList<object?>, ITuple, IEquatable<JsonTuple>
{
    private readonly object?[] _items;

    /// <summary>Makes a tuple of the items.</summary>
    public JsonTuple(IEnumerable<object?> items) => _items = [.. items];

    /// <inheritdoc/>
    public int Count => _items.Length;

    int ITuple.Length => _items.Length;

    /// <inheritdoc cref="IReadOnlyList{T}.this"/>
    public object? this[int index] => _items[index];

    /// <summary>Makes a tuple of the items.</summary>
    public static JsonTuple Create(ReadOnlySpan<object?> items) => new(items.ToArray());

    /// <inheritdoc/>
    public bool Equals(JsonTuple? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JsonTuple);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in _items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => _items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The items in parentheses.</summary>
    public override string ToString() => $"({string.Join(", ", _items)})";
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Retort.Routing;

/// <summary>The converted variables of a matched URL, by name, in the rule's order. Two are equal when names and values are.</summary>
public sealed class RouteValues : IReadOnlyDictionary<string, object?>, IEquatable<RouteValues>
{
    private readonly List<KeyValuePair<string, object?>> _values = [];

    /// <summary>Holds nothing.</summary>
    public static RouteValues Empty { get; } = new();

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _values.Select(value => value.Key);

    /// <inheritdoc/>
    public IEnumerable<object?> Values => _values.Select(value => value.Value);

    /// <inheritdoc/>
    public object? this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"no variable '{key}' in the URL; its variables are {(Count == 0 ? "none" : string.Join(", ", Keys))}");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        foreach (var pair in _values)
        {
            if (pair.Key != key)
                continue;
            value = pair.Value;
            return true;
        }
        value = null;
        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(RouteValues? other) => other is not null && Count == other.Count && this.All(pair => other.TryGetValue(pair.Key, out var value) && Equals(pair.Value, value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RouteValues);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(Count, (hash, pair) => hash ^ HashCode.Combine(pair.Key, pair.Value));

    /// <summary>Sets a value while the collection is being made; afterwards it does not change.</summary>
    internal void Set(string key, object? value)
    {
        var index = _values.FindIndex(pair => pair.Key == key);
        if (index < 0)
            _values.Add(new(key, value));
        else
            _values[index] = new(key, value);
    }
}

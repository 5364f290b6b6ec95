using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Retort;

/// <summary>
/// A place for values during one application context: one request, or one command. Made empty for each and thrown away with it.
/// Source: flask.ctx._AppCtxGlobals, <c>flask.g</c>.
/// </summary>
public sealed class AppGlobals : IReadOnlyDictionary<string, object?>
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    /// <summary>A value by its name. Reading a name that was not set throws <see cref="KeyNotFoundException"/>; <see cref="Get{T}"/> gives a default.</summary>
    public object? this[string name]
    {
        get => _values.TryGetValue(name, out var value)
            ? value
            : throw new KeyNotFoundException($"G has no '{name}'. Set it with G[\"{name}\"] = ... before it is read, or read it with G.Get<T>(\"{name}\").");
        set => _values[name] = value;
    }

    /// <summary>The value, or <paramref name="fallback"/> when it was not set, is null or is of another type.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public T? Get<T>(string name, T? fallback = default) => _values.TryGetValue(name, out var value) && value is T typed ? typed : fallback;

    /// <summary>Takes the value out and returns it, or <paramref name="fallback"/> when it was not set.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public T? Pop<T>(string name, T? fallback = default) => _values.Remove(name, out var value) && value is T typed ? typed : fallback;

    /// <summary>The value; when it was not set, the given one is set first.</summary>
    public T SetDefault<T>(string name, T value) => SetDefault(name, () => value);

    /// <summary>The value; when it was not set, one is made and set first.</summary>
    public T SetDefault<T>(string name, Func<T> make)
    {
        if (_values.TryGetValue(name, out var present))
            return (T)present!;
        var made = make();
        _values[name] = made;
        return made;
    }

    /// <summary>Whether the name was set.</summary>
    public bool Contains(string name) => _values.ContainsKey(name);

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _values.Keys;

    /// <inheritdoc/>
    public IEnumerable<object?> Values => _values.Values;

    /// <inheritdoc/>
    public int Count => _values.Count;

    bool IReadOnlyDictionary<string, object?>.ContainsKey(string key) => Contains(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out object? value) => _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

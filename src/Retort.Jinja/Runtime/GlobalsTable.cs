using System.Collections;
using System.Collections.Concurrent;
using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>Variables that every template of an environment sees, by name. Values are turned into the engine's own once, when they are set.</summary>
public sealed class GlobalsTable : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly ConcurrentDictionary<string, Value> _values = new(StringComparer.Ordinal);

    internal GlobalsTable(IEnumerable<KeyValuePair<string, Value>> values)
    {
        foreach (var (name, value) in values)
            _values[name] = value;
    }

    internal GlobalsTable(IEnumerable<KeyValuePair<string, object?>> values) => Update(values);

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => _values.Keys;

    internal IEnumerable<KeyValuePair<string, Value>> Values => _values;

    internal bool IsEmpty => _values.IsEmpty;

    /// <summary>The variable of a name: any object or delegate. Throws a <see cref="KeyNotFoundException"/> when read and there is none.</summary>
    public object? this[string name]
    {
        get => _values.TryGetValue(name, out var value)
            ? value.ToObject()
            : throw new KeyNotFoundException($"No global named '{name}'. {NearestName.Advice(name, Names)}".TrimEnd());
        set => _values[name] = Value.FromObject(value);
    }

    /// <summary>Whether there is a variable of that name.</summary>
    public bool Contains(string name) => _values.ContainsKey(name);

    /// <summary>Takes a variable away.</summary>
    public bool Remove(string name) => _values.TryRemove(name, out _);

    /// <summary>Sets several variables.</summary>
    public void Update(IEnumerable<KeyValuePair<string, object?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (name, value) in values)
            this[name] = value;
    }

    internal bool TryGet(string name, out Value value) => _values.TryGetValue(name, out value);

    internal void SetValue(string name, in Value value) => _values[name] = value;

    internal bool IsSubsetOf(GlobalsTable? other) => _values.Keys.All(name => other is not null && other.Contains(name));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        _values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToObject())).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

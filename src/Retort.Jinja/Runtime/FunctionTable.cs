using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>Filters or tests by name. Any delegate may be put in; it is wrapped once. Reading needs no lock.</summary>
public sealed class FunctionTable : IEnumerable<KeyValuePair<string, JinjaFunction>>
{
    private readonly ConcurrentDictionary<string, JinjaFunction> _functions;

    internal FunctionTable(IEnumerable<KeyValuePair<string, JinjaFunction>> functions) => _functions = new(functions, StringComparer.Ordinal);

    /// <summary>Counts up whenever a function changes, so that a place in a template knows when to look again.</summary>
    internal int Version { get; private set; }

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => _functions.Keys;

    /// <summary>
    /// The function of a name. Set it to any delegate: its first parameter is the filtered or tested value, after an <see cref="EvalContext"/> if it asks for one.
    /// Throws a <see cref="KeyNotFoundException"/> when read and there is none.
    /// </summary>
    public Delegate this[string name]
    {
        get => _functions.TryGetValue(name, out var function)
            ? function
            : throw new KeyNotFoundException($"No function named '{name}'. {NearestName.Advice(name, Names)}".TrimEnd());
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _functions[name] = value as JinjaFunction ?? Calls.Wrap(value);
            Version++;
        }
    }

    /// <summary>Whether there is a function of that name.</summary>
    public bool Contains(string name) => _functions.ContainsKey(name);

    /// <summary>Takes a function away.</summary>
    public bool Remove(string name)
    {
        Version++;
        return _functions.TryRemove(name, out _);
    }

    internal bool TryGet(string name, [NotNullWhen(true)] out JinjaFunction? function) => _functions.TryGetValue(name, out function);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, JinjaFunction>> GetEnumerator() => _functions.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

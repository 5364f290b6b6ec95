using System.Collections;

namespace Retort.Http;

/// <summary>
/// A header that is a set of names in order, compared without case: <c>Vary</c>, <c>Allow</c>, <c>Content-Language</c>.
/// Source: werkzeug.datastructures.HeaderSet.
/// </summary>
public sealed class HeaderSet : IReadOnlyCollection<string>
{
    private readonly List<string> _names;
    private readonly Action<HeaderSet>? _changed;

    /// <summary>A set with given names.</summary>
    /// <param name="names">The names.</param>
    /// <param name="changed">Called after each change, to write the header back.</param>
    public HeaderSet(IEnumerable<string>? names = null, Action<HeaderSet>? changed = null) => (_names, _changed) = ([.. names ?? []], changed);

    /// <summary>The number of names.</summary>
    public int Count => _names.Count;

    /// <summary>Reads a header.</summary>
    public static HeaderSet Parse(string? header, Action<HeaderSet>? changed = null) => new(ListHeader.Parse(header), changed);

    /// <summary>Whether a name is there.</summary>
    public bool Contains(string name) => _names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a name at the end and tells whether it was missing.</summary>
    public bool Add(string name)
    {
        if (Contains(name)) return false;
        _names.Add(name);
        _changed?.Invoke(this);
        return true;
    }

    /// <summary>Removes a name and tells whether it was there.</summary>
    public bool Remove(string name)
    {
        if (_names.RemoveAll(present => present.Equals(name, StringComparison.OrdinalIgnoreCase)) == 0) return false;
        _changed?.Invoke(this);
        return true;
    }

    /// <summary>Removes all names.</summary>
    public void Clear()
    {
        _names.Clear();
        _changed?.Invoke(this);
    }

    /// <summary>The names in order.</summary>
    public IEnumerator<string> GetEnumerator() => _names.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The header value.</summary>
    public override string ToString() => ListHeader.Dump(_names);
}

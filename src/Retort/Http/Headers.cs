using System.Buffers;
using System.Collections;
using Retort.Http.Exceptions;

namespace Retort.Http;

/// <summary>
/// HTTP headers in order: names compare without case, a name may stand several times, and nothing that would break a header line gets in.
/// Source: werkzeug.datastructures.Headers.
/// </summary>
public sealed class Headers : IEnumerable<KeyValuePair<string, string>>
{
    private static readonly SearchValues<char> NotInValue = SearchValues.Create("\r\n\0");
    private static readonly SearchValues<char> NotInName = SearchValues.Create("\r\n\0: \t");

    private readonly List<KeyValuePair<string, string>> _fields = [];

    /// <summary>No headers.</summary>
    public Headers()
    {
    }

    /// <summary>A copy of the given headers. Throws <see cref="ArgumentException"/> where <see cref="Add(string, string)"/> does.</summary>
    public Headers(IEnumerable<KeyValuePair<string, string>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        foreach (var (name, value) in fields) Add(name, value);
    }

    /// <summary>The number of lines, not of names.</summary>
    public int Count => _fields.Count;

    /// <summary>
    /// The first value of a header; throws <see cref="BadRequestKeyError"/> when there is none.
    /// Setting replaces every value by one, where the first stood.
    /// </summary>
    public string this[string name]
    {
        get => Get(name) ?? throw new BadRequestKeyError(name);
        set => Set(name, value);
    }

    /// <summary>The first value of a header, or null.</summary>
    public string? Get(string name)
    {
        foreach (var field in _fields)
        {
            if (Same(field.Key, name)) return field.Value;
        }
        return null;
    }

    /// <summary>The first value of a header.</summary>
    public bool TryGet(string name, out string value)
    {
        var found = Get(name);
        value = found ?? "";
        return found is not null;
    }

    /// <summary>All values of a header in order.</summary>
    public IReadOnlyList<string> GetAll(string name) => [.. _fields.Where(field => Same(field.Key, name)).Select(field => field.Value)];

    /// <summary>Whether the header is there.</summary>
    public bool Contains(string name) => Get(name) is not null;

    /// <summary>Adds a line. Throws <see cref="ArgumentException"/> if name or value hold a line break or NUL (response splitting).</summary>
    public void Add(string name, string value)
    {
        Check(name, value);
        _fields.Add(new(name, value));
    }

    /// <summary>Adds a line whose value has parameters: <c>Add("Content-Disposition", "attachment", new() { ["filename"] = "a b.txt" })</c>.</summary>
    public void Add(string name, string value, IEnumerable<KeyValuePair<string, object?>> options) => Add(name, OptionsHeader.Dump(value, options));

    /// <summary>Replaces every value of a header by one, where the first stood; appends it if there was none.</summary>
    public void Set(string name, string value)
    {
        Check(name, value);
        var first = _fields.FindIndex(field => Same(field.Key, name));
        if (first < 0)
        {
            _fields.Add(new(name, value));
            return;
        }
        _fields[first] = new(name, value);
        for (var i = _fields.Count - 1; i > first; i--)
        {
            if (Same(_fields[i].Key, name)) _fields.RemoveAt(i);
        }
    }

    /// <summary>As <see cref="Set(string, string)"/>, with parameters after the value.</summary>
    public void Set(string name, string value, IEnumerable<KeyValuePair<string, object?>> options) => Set(name, OptionsHeader.Dump(value, options));

    /// <summary>Sets the header only if it is not there, and returns the value it then has.</summary>
    public string SetDefault(string name, string value)
    {
        if (Get(name) is { } present) return present;
        Add(name, value);
        return value;
    }

    /// <summary>Removes every line of a header and tells whether there was one.</summary>
    public bool Remove(string name) => _fields.RemoveAll(field => Same(field.Key, name)) > 0;

    /// <summary>Removes all lines.</summary>
    public void Clear() => _fields.Clear();

    /// <summary>Adds all lines of another collection.</summary>
    public void Extend(IEnumerable<KeyValuePair<string, string>> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        foreach (var (name, value) in fields) Add(name, value);
    }

    /// <summary>Fields that replace those of their names; one that is given twice stands twice.</summary>
    internal void Replace(IEnumerable<KeyValuePair<string, string>> fields)
    {
        List<KeyValuePair<string, string>> given = [.. fields];
        _fields.RemoveAll(field => given.Exists(other => Same(field.Key, other.Key)));
        Extend(given);
    }

    /// <summary>The lines in order.</summary>
    public List<KeyValuePair<string, string>>.Enumerator GetEnumerator() => _fields.GetEnumerator();

    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The lines as they stand in a message, with the empty line that ends them.</summary>
    public override string ToString() => string.Concat(_fields.Select(field => $"{field.Key}: {field.Value}\r\n")) + "\r\n";

    /// <summary>Takes a header of a message that was received: it came through a parser of lines, and is not sent on.</summary>
    internal void AddReceived(string name, string value) => _fields.Add(new(name, value));

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static void Check(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (name.AsSpan().IndexOfAny(NotInName) is var inName and >= 0)
        {
            throw new ArgumentException(
                $"A header cannot be named '{Show(name)}': it has {Describe(name[inName])} at index {inName}. Use letters, digits and hyphens.", nameof(name));
        }
        if (value.AsSpan().IndexOfAny(NotInValue) is var inValue and >= 0)
        {
            throw new ArgumentException(
                $"The header {name} cannot be set: its value has {Describe(value[inValue])} at index {inValue}. Remove or encode it first.", nameof(value));
        }
    }

    private static string Show(string name) => string.Concat(name.Select(c => c switch
    {
        '\r' => "\\r",
        '\n' => "\\n",
        '\0' => "\\0",
        _ => c.ToString(),
    }));

    private static string Describe(char c) => c switch
    {
        '\r' or '\n' => "a line break",
        '\0' => "a NUL character",
        ':' => "a colon",
        _ => "a space",
    };
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Retort.Http.Exceptions;

namespace Retort.Http;

/// <summary>
/// A dictionary whose keys may have several values: query, form, files. Keys stand in the order they first appeared; as a dictionary it shows the
/// first value of each. What belongs to a request is read-only; <see cref="Copy"/> gives one that can be changed.
/// Source: werkzeug.datastructures.MultiDict.
/// </summary>
public class MultiDict<TItem> : IReadOnlyDictionary<string, TItem>
{
    // Most forms and queries have few keys with one value each: those take one array, and a look-up is a walk over it.
    private const int KeysWithoutIndex = 8;

    private readonly List<Entry> _entries = [];
    private Dictionary<string, int>? _index;

    /// <summary>An empty dictionary.</summary>
    public MultiDict()
    {
    }

    /// <summary>A dictionary with the given pairs; a key that comes again gets a further value.</summary>
    public MultiDict(IEnumerable<KeyValuePair<string, TItem>> pairs) => Update(pairs);

    /// <summary>Whether changing it throws.</summary>
    public bool IsReadOnly { get; private set; }

    /// <summary>The number of keys.</summary>
    public int Count => _entries.Count;

    /// <summary>The keys in order of first appearance.</summary>
    public IEnumerable<string> Keys => _entries.Select(entry => entry.Key);

    /// <summary>The first value of each key.</summary>
    public IEnumerable<TItem> Values => _entries.Select(entry => entry.First);

    /// <summary>The first value of a key; throws <see cref="BadRequestKeyError"/>, a 400, when the key is missing. Setting replaces all its values.</summary>
    public TItem this[string key]
    {
        get => TryGet(key, out var value) ? value : throw Missing?.Invoke(key) ?? new BadRequestKeyError(key);
        set => SetList(key, [value]);
    }

    /// <summary>The first value of a key, or the type's default when it is missing.</summary>
    public TItem? Get(string key) => TryGet(key, out var value) ? value : default;

    /// <summary>All values of a key; empty when it is missing.</summary>
    public IReadOnlyList<TItem> GetList(string key) => Find(key) is var at and >= 0 ? _entries[at].List : [];

    /// <summary>The first value of a key.</summary>
    public bool TryGet(string key, [MaybeNullWhen(false)] out TItem value)
    {
        var at = Find(key);
        value = at < 0 ? default : _entries[at].First;
        return at >= 0;
    }

    /// <summary>Whether the key is there.</summary>
    public bool Contains(string key) => Find(key) >= 0;

    /// <summary>Every key with each of its values, a key's values together.</summary>
    public IEnumerable<KeyValuePair<string, TItem>> Items()
    {
        foreach (var entry in _entries)
        {
            foreach (var value in entry.List) yield return new(entry.Key, value);
        }
    }

    /// <summary>Every key with the list of its values.</summary>
    public IEnumerable<KeyValuePair<string, IReadOnlyList<TItem>>> Lists() => _entries.Select(entry => KeyValuePair.Create(entry.Key, entry.List));

    /// <summary>An ordinary dictionary with the first value of each key.</summary>
    public Dictionary<string, TItem> ToDict() => new(this, StringComparer.Ordinal);

    /// <summary>A copy that can be changed.</summary>
    public MultiDict<TItem> Copy() => new(Items());

    /// <summary>Adds a value to a key.</summary>
    public void Add(string key, TItem value)
    {
        CheckWritable();
        ArgumentNullException.ThrowIfNull(key);
        var at = Find(key);
        if (at >= 0) _entries[at] = _entries[at].With(value);
        else Append(new(key, value, null));
    }

    /// <summary>Replaces the values of a key; no values remove it.</summary>
    public void SetList(string key, IEnumerable<TItem> values)
    {
        CheckWritable();
        ArgumentNullException.ThrowIfNull(key);
        List<TItem> list = [.. values];
        if (list.Count == 0) Remove(key);
        else if (Find(key) is var at and >= 0) _entries[at] = new(key, list[0], list);
        else Append(new(key, list[0], list));
    }

    /// <summary>Adds pairs to what is there.</summary>
    public void Update(IEnumerable<KeyValuePair<string, TItem>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        foreach (var (key, value) in pairs) Add(key, value);
    }

    /// <summary>Removes a key with all its values and tells whether it was there.</summary>
    public bool Remove(string key)
    {
        CheckWritable();
        var at = Find(key);
        if (at < 0) return false;
        _entries.RemoveAt(at);
        _index = null;
        return true;
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        CheckWritable();
        _entries.Clear();
        _index = null;
    }

    /// <summary>The first value of each key, in order.</summary>
    public IEnumerator<KeyValuePair<string, TItem>> GetEnumerator()
    {
        foreach (var entry in _entries) yield return new(entry.Key, entry.First);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    bool IReadOnlyDictionary<string, TItem>.ContainsKey(string key) => Contains(key);

    bool IReadOnlyDictionary<string, TItem>.TryGetValue(string key, [MaybeNullWhen(false)] out TItem value) => TryGet(key, out value);

    /// <summary>Shows every pair.</summary>
    public override string ToString() => $"MultiDict([{string.Join(", ", Items().Select(item => $"('{item.Key}', '{item.Value}')"))}])";

    /// <summary>What to throw for a key that is not there, when something better than the usual error is known; null for that one.</summary>
    internal Func<string, Exception?>? Missing { get; init; }

    /// <summary>Makes it read-only from now on.</summary>
    internal void Freeze() => IsReadOnly = true;

    private int Find(string key)
    {
        if (_entries.Count > KeysWithoutIndex) return Index().GetValueOrDefault(key, -1);
        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Key.Equals(key, StringComparison.Ordinal)) return i;
        }
        return -1;
    }

    // Readers of one request may race here; each makes the same index.
    private Dictionary<string, int> Index() =>
        _index ??= _entries.Select((entry, at) => KeyValuePair.Create(entry.Key, at)).ToDictionary(StringComparer.Ordinal);

    private void Append(Entry entry)
    {
        _entries.Add(entry);
        _index?.Add(entry.Key, _entries.Count - 1);
    }

    private void CheckWritable()
    {
        if (IsReadOnly)
            throw new InvalidOperationException("This MultiDict belongs to the request and cannot be changed. Change a copy: request.Form.Copy().");
    }

    private readonly record struct Entry(string Key, TItem First, List<TItem>? All)
    {
        public IReadOnlyList<TItem> List => All is null ? [First] : All.AsReadOnly();

        public Entry With(TItem value)
        {
            if (All is null) return this with { All = [First, value] };
            All.Add(value);
            return this;
        }
    }
}

/// <summary>A <see cref="MultiDict{TItem}"/> of texts that can be read as other types: <c>request.Args.Get("page", 1)</c>.</summary>
public sealed class MultiDict : MultiDict<string>
{
    /// <summary>An empty dictionary.</summary>
    public MultiDict()
    {
    }

    /// <summary>A dictionary with the given pairs; a key that comes again gets a further value.</summary>
    public MultiDict(IEnumerable<KeyValuePair<string, string>> pairs) : base(pairs)
    {
    }

    /// <summary>The first value of a key, or the default when it is missing.</summary>
    public string Get(string key, string defaultValue) => Get(key) ?? defaultValue;

    /// <summary>The first value of a key as a number, date, identifier..., or the default when it is missing or is none.</summary>
    public T Get<T>(string key, T defaultValue) where T : IParsable<T> => TryGet(key, out var text) && TryParse<T>(text, out var value) ? value : defaultValue;

    /// <summary>
    /// The first value of a key through a conversion of your own. The default stands in for a missing key and for a
    /// <see cref="FormatException"/>, <see cref="OverflowException"/> or <see cref="ArgumentException"/> of the conversion.
    /// </summary>
    public T Get<T>(string key, T defaultValue, Func<string, T> convert)
    {
        ArgumentNullException.ThrowIfNull(convert);
        if (!TryGet(key, out var text)) return defaultValue;
        try
        {
            return convert(text);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            return defaultValue;
        }
    }

    /// <summary>The values of a key as numbers, dates..., without those that are none.</summary>
    public IReadOnlyList<T> GetList<T>(string key) where T : IParsable<T>
    {
        List<T> parsed = [];
        foreach (var text in GetList(key))
        {
            if (TryParse<T>(text, out var value)) parsed.Add(value);
        }
        return parsed;
    }

    // The invariant parsers of floating point and decimal numbers take thousands separators ("1,5" would be 15), which Python's do not.
    private static bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value) where T : IParsable<T>
    {
        value = default;
        return !(typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(decimal)) || !text.Contains(',', StringComparison.Ordinal)
            ? T.TryParse(text, CultureInfo.InvariantCulture, out value)
            : false;
    }
}

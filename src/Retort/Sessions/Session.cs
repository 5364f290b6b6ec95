using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Retort.Sessions;

/// <summary>
/// A browser's session: a dictionary kept in a signed cookie. Anyone can read the cookie, nobody can change it without the secret key.
/// What is read back are plain values: text, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, lists, dictionaries, and what Flask tags.
/// Source: flask.sessions.SecureCookieSession.
/// </summary>
public sealed class Session : IDictionary<string, object?>, IReadOnlyDictionary<string, object?>
{
    private const string PermanentKey = "_permanent";
    private readonly OrderedDictionary<string, object?> _values;
    private readonly string? _readOnlyReason;

    internal Session(OrderedDictionary<string, object?>? values = null, string? readOnlyReason = null)
    {
        _values = values ?? new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        _readOnlyReason = readOnlyReason;
        New = values is null;
    }

    /// <summary>Whether the request brought no valid session.</summary>
    public bool New { get; }

    /// <summary>Whether an entry was set or removed. Set it yourself after changing a list or dictionary inside the session.</summary>
    public bool Modified { get; set; }

    /// <summary>Whether the session was looked at in any way, which makes the response depend on the cookie.</summary>
    public bool Accessed { get; private set; }

    /// <summary>Whether the cookie outlives the browser, by PERMANENT_SESSION_LIFETIME. Default false.</summary>
    public bool Permanent
    {
        get => Read(PermanentKey) is true;
        set => this[PermanentKey] = value;
    }

    /// <summary>
    /// An entry. Reading one that is not there throws <see cref="KeyNotFoundException"/>; <see cref="Get{T}"/> gives a default.
    /// Setting throws <see cref="Configuration.ConfigError"/> when the app has no secret key.
    /// </summary>
    public object? this[string key]
    {
        get => TryGetValue(key, out var value)
            ? value
            : throw new KeyNotFoundException($"the session has no '{key}'. Read it with Session.Get<T>(\"{key}\") when it may be absent.");
        set
        {
            Change();
            _values[key] = value;
        }
    }

    /// <summary>
    /// The entry as <typeparamref name="T"/>, or <paramref name="fallback"/> when it is absent, null or of another kind. Whole numbers fit any integer type that can hold them.
    /// </summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public T? Get<T>(string key, T? fallback = default) => Typed(Read(key), fallback)!;

    /// <summary>Takes an entry out and returns it, or <paramref name="fallback"/> when it was not there.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public T? Pop<T>(string key, T? fallback = default)
    {
        Accessed = true;
        if (!_values.TryGetValue(key, out var value))
            return fallback;
        Remove(key);
        return Typed(value, fallback)!;
    }

    /// <summary>The entry; when there is none, the given value is set first. Counts as a change either way, as in Flask.</summary>
    public T SetDefault<T>(string key, T value)
    {
        Change();
        if (_values.TryGetValue(key, out var present))
            return Typed(present, value)!;
        _values[key] = value;
        return value;
    }

    /// <inheritdoc cref="IDictionary{TKey, TValue}.Keys"/>
    public ICollection<string> Keys => Look().Keys;

    /// <inheritdoc cref="IDictionary{TKey, TValue}.Values"/>
    public ICollection<object?> Values => Look().Values;

    /// <inheritdoc cref="ICollection{T}.Count"/>
    public int Count => Look().Count;

    /// <inheritdoc/>
    public bool IsReadOnly => _readOnlyReason is not null;

    IEnumerable<string> IReadOnlyDictionary<string, object?>.Keys => Keys;

    IEnumerable<object?> IReadOnlyDictionary<string, object?>.Values => Values;

    /// <summary>Adds an entry; throws <see cref="ArgumentException"/> when there is one.</summary>
    public void Add(string key, object? value)
    {
        Change();
        _values.Add(key, value);
    }

    /// <inheritdoc cref="IDictionary{TKey, TValue}.ContainsKey"/>
    public bool ContainsKey(string key) => Look().ContainsKey(key);

    /// <inheritdoc/>
    public bool Remove(string key)
    {
        Change();
        return _values.Remove(key);
    }

    /// <inheritdoc/>
    public void Clear()
    {
        Change();
        _values.Clear();
    }

    /// <inheritdoc cref="IDictionary{TKey, TValue}.TryGetValue"/>
    public bool TryGetValue(string key, out object? value) => Look().TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Look().GetEnumerator();

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) => Look().Contains(item);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)Look()).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) => Remove(item.Key);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The entries as they are, for the one who saves them: saving is not a look of the view.</summary>
    internal OrderedDictionary<string, object?> Entries => _values;

    private object? Read(string key) => Look().TryGetValue(key, out var value) ? value : null;

    private OrderedDictionary<string, object?> Look()
    {
        Accessed = true;
        return _values;
    }

    private void Change()
    {
        Accessed = true;
        if (_readOnlyReason is not null)
            throw new Configuration.ConfigError(_readOnlyReason);
        Modified = true;
    }

    private static T? Typed<T>(object? value, T? fallback)
    {
        if (value is T typed)
            return typed;
        var wanted = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        try
        {
            return value is IConvertible and not (string or bool) && wanted.IsPrimitive && wanted != typeof(bool)
                ? (T)Convert.ChangeType(value, wanted, CultureInfo.InvariantCulture)
                : fallback;
        }
        catch (OverflowException)
        {
            return fallback;
        }
    }
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Retort.Configuration;

/// <summary>
/// An app's settings: a dictionary of Flask's keys with loaders. Keys are upper case and compared exactly. It may be read and changed by several requests at a time: whoever goes through
/// it sees it as it was when they began. Source: Flask configuration page.
/// </summary>
public sealed class Config : IDictionary<string, object?>, IReadOnlyDictionary<string, object?>
{
    private readonly Lock _changing = new();
    private readonly string _rootPath;

    // Read by every request and seldom changed: never changed itself, but replaced.
    private volatile Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private volatile int _version;

    /// <summary>Makes a configuration that holds Flask's default keys. Relative file names are looked up in <paramref name="rootPath"/>.</summary>
    public Config(string rootPath)
    {
        _rootPath = rootPath;
        FromMapping(DefaultConfig.Values);
    }

    /// <summary>Grows with every change, so that what was computed from the settings can be kept until then.</summary>
    internal int Version => _version;

    /// <summary>
    /// A setting by its key. Reading a key that is not set throws <see cref="KeyNotFoundException"/> with the nearest key in the message;
    /// <see cref="Get{T}"/> gives a default instead.
    /// </summary>
    public object? this[string key]
    {
        get => _values.TryGetValue(key, out var value)
            ? value
            : throw new KeyNotFoundException($"config has no '{key}'.{Nearest.Suggest(key, _values.Keys)} Set it with app.Config[\"{key}\"] = ..., or read it with Config.Get.");
        set => Change(values => values[key] = value);
    }

    /// <summary>
    /// The setting as <typeparamref name="T"/>, or <paramref name="fallback"/> when it is absent or null. Text becomes a number, a truth value or a time span
    /// (seconds); numbers become time spans as seconds. Throws <see cref="ConfigError"/> when the value cannot be read as <typeparamref name="T"/>.
    /// </summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public T? Get<T>(string key, T? fallback = default)
    {
        if (!_values.TryGetValue(key, out var value) || value is null)
            return fallback;
        return value is T typed ? typed : (T)SettingConverter.Convert(key, value, typeof(T));
    }

    /// <summary>A setting that is a list of texts, or one text alone; null when it is not set. Throws <see cref="ConfigError"/> for anything else.</summary>
    internal IReadOnlyList<string>? GetTexts(string key) => Get<object>(key) switch
    {
        null => null,
        string one => [one],
        IEnumerable<object?> several when several.All(each => each is string) => [.. several.Cast<string>()],
        var other => throw new ConfigError($"config['{key}'] cannot be used: the value is a {other.GetType().Name}. Set it to a list of texts."),
    };

    /// <summary>Copies the entries whose keys are upper case. Source: flask.Config.from_mapping.</summary>
    public Config FromMapping(IEnumerable<KeyValuePair<string, object?>> mapping)
    {
        var settings = mapping.Where(entry => IsSettingName(entry.Key)).ToList();
        Change(values =>
        {
            foreach (var (key, value) in settings)
                values[key] = value;
        });
        return this;
    }

    /// <summary>
    /// Copies the public properties and constants of an object or, given a <see cref="Type"/>, its static ones, whose names are upper case.
    /// Source: flask.Config.from_object.
    /// </summary>
    public Config FromObject(object settings) => FromMapping(ObjectSettings.Of(settings));

    /// <summary>
    /// Copies the upper-case keys of a JSON file. Throws <see cref="ConfigError"/> when the file is missing (unless <paramref name="silent"/>) or is not a JSON object.
    /// Source: flask.Config.from_file.
    /// </summary>
    /// <returns>Whether the file was there.</returns>
    public bool FromJson(string fileName, bool silent = false) => FromFile(fileName, LoadJson, silent);

    /// <summary>
    /// Copies the upper-case keys of a file in any format: <c>app.Config.FromFile("config.toml", stream => Toml.Load(stream))</c>.
    /// Throws <see cref="ConfigError"/> when the file is missing, unless <paramref name="silent"/>. Source: flask.Config.from_file.
    /// </summary>
    /// <param name="fileName">Absolute, or relative to the app's root folder (to its instance folder with <c>instanceRelativeConfig</c>).</param>
    /// <param name="load">Reads the file.</param>
    /// <param name="silent">Whether the file may be missing.</param>
    /// <returns>Whether the file was there.</returns>
    public bool FromFile(string fileName, Func<Stream, IEnumerable<KeyValuePair<string, object?>>> load, bool silent = false)
    {
        ArgumentNullException.ThrowIfNull(load);
        var path = Path.Combine(_rootPath, fileName);
        if (!File.Exists(path))
        {
            return silent ? false
                : throw new ConfigError($"cannot load configuration file: {path} does not exist. Create it, or pass silent: true when it may be absent.");
        }
        using var file = File.OpenRead(path);
        try
        {
            FromMapping(load(file));
            return true;
        }
        catch (Exception error) when (error is not ConfigError)
        {
            throw new ConfigError($"cannot load configuration file {path}: {error.Message}", error);
        }
    }

    /// <summary>
    /// Loads the JSON file whose name an environment variable holds. Throws <see cref="ConfigError"/> when the variable is not set or its file is missing, unless
    /// <paramref name="silent"/>. Source: flask.Config.from_envvar.
    /// </summary>
    /// <returns>Whether there was such a file.</returns>
    public bool FromEnvironmentVariable(string variable, bool silent = false)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } fileName)
            return FromJson(fileName, silent);
        return silent ? false
            : throw new ConfigError($"cannot load configuration: the environment variable {variable} is not set. Set it to the name of a JSON file, or pass silent: true when it may be absent.");
    }

    private static List<KeyValuePair<string, object?>> LoadJson(Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(stream);
            return [.. document.RootElement.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, JsonSettings.ToObject(entry.Value)))];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"{error.Message} It must hold one JSON object.", error);
        }
    }

    /// <summary>
    /// Copies environment variables that begin with the prefix and an underscore. Values are read as JSON where they are JSON, else as text;
    /// a double underscore reaches into a nested dictionary. Source: flask.Config.from_prefixed_env.
    /// </summary>
    public Config FromPrefixedEnvironment(string prefix = "RETORT")
    {
        var start = prefix + "_";
        foreach (var entry in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().OrderBy(entry => (string)entry.Key, StringComparer.Ordinal))
        {
            var name = (string)entry.Key;
            if (name.StartsWith(start, StringComparison.Ordinal))
                SetNested(name[start.Length..], JsonSettings.ParseOrText((string?)entry.Value ?? ""));
        }
        return this;
    }

    /// <summary>
    /// The settings whose keys begin with <paramref name="prefix"/>, without it and in lower case unless told otherwise.
    /// Source: flask.Config.get_namespace.
    /// </summary>
    public Dictionary<string, object?> GetNamespace(string prefix, bool lowercase = true, bool trimNamespace = true)
    {
        var found = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in _values)
        {
            if (!key.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var name = trimNamespace ? key[prefix.Length..] : key;
            found[lowercase ? name.ToLowerInvariant() : name] = value;
        }
        return found;
    }

    /// <inheritdoc/>
    public ICollection<string> Keys => _values.Keys;

    /// <inheritdoc/>
    public ICollection<object?> Values => _values.Values;

    /// <inheritdoc cref="ICollection{T}.Count"/>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    IEnumerable<string> IReadOnlyDictionary<string, object?>.Keys => _values.Keys;

    IEnumerable<object?> IReadOnlyDictionary<string, object?>.Values => _values.Values;

    /// <summary>Adds a setting; throws <see cref="ArgumentException"/> when the key is already set.</summary>
    public void Add(string key, object? value) => Change(values => values.Add(key, value));

    /// <inheritdoc cref="IDictionary{TKey, TValue}.ContainsKey"/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public bool Remove(string key)
    {
        var removed = false;
        Change(values => removed = values.Remove(key));
        return removed;
    }

    /// <inheritdoc cref="IDictionary{TKey, TValue}.TryGetValue"/>
    public bool TryGetValue(string key, out object? value) => _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public void Clear() => Change(values => values.Clear());

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) => _values.Contains(item);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)_values).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) => Remove(item.Key);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static bool IsSettingName(string name) => name.Length > 0 && !name.Any(char.IsLower) && name.Any(char.IsUpper);

    private void SetNested(string name, object? value)
    {
        var parts = name.Split("__");
        IDictionary<string, object?> target = this;
        foreach (var part in parts[..^1])
        {
            if (!target.TryGetValue(part, out var inner) || inner is not IDictionary<string, object?> nested)
                target[part] = nested = new Dictionary<string, object?>(StringComparer.Ordinal);
            target = nested;
        }
        target[parts[^1]] = value;
        // What lies deeper has changed the settings, too.
        Change(_ => { });
    }

    private void Change(Action<Dictionary<string, object?>> change)
    {
        lock (_changing)
        {
            var values = new Dictionary<string, object?>(_values, StringComparer.Ordinal);
            change(values);
            _values = values;
            // Last: what is computed from the old settings must not be kept for the new ones.
            _version++;
        }
    }
}

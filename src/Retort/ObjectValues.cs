using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Retort;

/// <summary>Reads the values given as <c>new { id = 3 }</c> or as a dictionary. The getters of a class are found once.</summary>
internal static class ObjectValues
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    public static Dictionary<string, object?> Of(object? values)
    {
        switch (values)
        {
            case null:
                return [];
            case Dictionary<string, object?> ready:
                return ready;
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                return new Dictionary<string, object?>(pairs, StringComparer.Ordinal);
            case IDictionary dictionary:
                return OfEntries(dictionary);
        }
        var properties = Properties.GetOrAdd(values.GetType(), type => [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0 && p.CanRead)]);
        var found = new Dictionary<string, object?>(properties.Length, StringComparer.Ordinal);
        foreach (var property in properties)
            found[property.Name] = property.GetValue(values);
        return found;
    }

    // Only the dictionary's own enumerator gives entries: as a sequence, a generic one gives pairs.
    private static Dictionary<string, object?> OfEntries(IDictionary dictionary)
    {
        var found = new Dictionary<string, object?>(dictionary.Count, StringComparer.Ordinal);
        foreach (DictionaryEntry entry in dictionary)
            found[entry.Key.ToString()!] = entry.Value;
        return found;
    }
}

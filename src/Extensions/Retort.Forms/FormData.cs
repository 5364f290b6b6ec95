using System.Collections;
using Retort.Http;

namespace Retort.Forms;

/// <summary>
/// What was submitted: names with their values, which are texts, uploads, or what JSON holds. A name may have several. <c>request.Form</c> converts to it.
/// </summary>
public sealed class FormData
{
    private readonly MultiDict? _fields;
    private readonly MultiDict<FileStorage>? _files;
    private readonly Dictionary<string, List<object?>> _others = new(StringComparer.Ordinal);

    /// <summary>The fields and files of a request.</summary>
    public FormData(MultiDict fields, MultiDict<FileStorage>? files = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        _fields = fields;
        _files = files is { Count: > 0 } ? files : null;
    }

    /// <summary>Names with values; a name may come again, and a list (not a text) counts as several values.</summary>
    public FormData(IEnumerable<KeyValuePair<string, object?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach (var (name, value) in values)
        {
            if (!_others.TryGetValue(name, out var list))
                _others[name] = list = [];
            if (value is IEnumerable several and not string and not IDictionary)
                list.AddRange(several.Cast<object?>());
            else
                list.Add(value);
        }
    }

    /// <summary>Whether there is nothing at all.</summary>
    public bool IsEmpty => _others.Count == 0 && _fields is not { Count: > 0 } && _files is null;

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => (_files?.Keys ?? []).Concat(_fields?.Keys ?? []).Concat(_others.Keys).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a name was sent.</summary>
    public bool Contains(string name) => _others.ContainsKey(name) || _fields?.Contains(name) is true || _files?.Contains(name) is true;

    /// <summary>All values of a name, files first; none if it was not sent.</summary>
    public IReadOnlyList<object?> GetList(string name)
    {
        if (_fields is null)
            return _others.TryGetValue(name, out var list) ? list : [];
        if (_files?.Contains(name) is true)
            return [.. _files.GetList(name), .. _fields.GetList(name)];
        return _fields.GetList(name);
    }

    /// <summary>The fields of a form, as <c>request.Form</c> has them.</summary>
    public static implicit operator FormData(MultiDict fields) => new(fields);

    /// <summary>The members of a JSON object; nothing for any other JSON.</summary>
    internal static FormData OfJson(object? json) => new(json as IEnumerable<KeyValuePair<string, object?>> ?? []);
}

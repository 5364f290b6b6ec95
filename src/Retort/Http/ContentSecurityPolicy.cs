using System.Collections;

namespace Retort.Http;

/// <summary>
/// The directives of a <c>Content-Security-Policy</c> header, in order: <c>response.ContentSecurityPolicy["default-src"] = "'self'"</c>.
/// Source: werkzeug.datastructures.ContentSecurityPolicy; W3C Content Security Policy Level 3.
/// </summary>
public sealed class ContentSecurityPolicy : IReadOnlyCollection<KeyValuePair<string, string>>
{
    private readonly OrderedDictionary<string, string> _directives = new(StringComparer.OrdinalIgnoreCase);
    private readonly Action<ContentSecurityPolicy>? _changed;

    /// <summary>Reads a header.</summary>
    /// <param name="header">The header; null for none.</param>
    /// <param name="changed">Called after each change, to write the header back.</param>
    public ContentSecurityPolicy(string? header = null, Action<ContentSecurityPolicy>? changed = null)
    {
        foreach (var part in (header ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // The first of several counts.
            var space = part.IndexOf(' ', StringComparison.Ordinal);
            _directives.TryAdd(space < 0 ? part : part[..space], space < 0 ? "" : part[space..].Trim());
        }
        _changed = changed;
    }

    /// <summary>
    /// The sources of a directive, such as <c>'self' https://cdn.example.com</c>; null when it is not there. Setting null removes it.
    /// Throws <see cref="FormatException"/> for a value with a semicolon, which would begin another directive.
    /// </summary>
    public string? this[string directive]
    {
        get => _directives.GetValueOrDefault(directive);
        set
        {
            if (value is null)
                _directives.Remove(directive);
            else if (value.Contains(';', StringComparison.Ordinal) || directive.AsSpan().ContainsAny(" ;,"))
                throw new FormatException($"cannot set '{directive}' to '{value}': a semicolon ends a directive. Set each directive by itself.");
            else
                _directives[directive] = value;
            _changed?.Invoke(this);
        }
    }

    /// <summary>The number of directives.</summary>
    public int Count => _directives.Count;

    /// <summary>The directives in order.</summary>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _directives.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The header value.</summary>
    public override string ToString() => string.Join("; ", _directives.Select(directive => directive.Value.Length == 0 ? directive.Key : $"{directive.Key} {directive.Value}"));
}

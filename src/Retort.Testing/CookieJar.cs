using System.Globalization;
using Retort.Http;

namespace Retort.Testing;

/// <summary>A cookie as the client keeps it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, as it is sent back.</param>
/// <param name="Domain">The host it belongs to.</param>
/// <param name="Path">The path it is sent under.</param>
public sealed record TestCookie(string Name, string Value, string Domain, string Path)
{
    /// <summary>The attributes as they were set, by lower-case name; a flag has an empty value.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether scripts in the page cannot read it.</summary>
    public bool HttpOnly => Attributes.ContainsKey("httponly");

    /// <summary>Whether it is only sent over https.</summary>
    public bool Secure => Attributes.ContainsKey("secure");

    /// <summary>The SameSite attribute, or null.</summary>
    public string? SameSite => Attributes.GetValueOrDefault("samesite");
}

/// <summary>Keeps what Set-Cookie headers say and makes Cookie headers of it; requests of one client may run side by side. Source: RFC 6265, section 5.</summary>
internal sealed class CookieJar
{
    private readonly List<TestCookie> _cookies = [];

    public void Set(TestCookie cookie)
    {
        lock (_cookies)
        {
            Remove(cookie.Name, cookie.Domain, cookie.Path);
            _cookies.Add(cookie);
        }
    }

    public void Remove(string name, string domain, string path)
    {
        lock (_cookies)
            _cookies.RemoveAll(cookie => cookie.Name == name && cookie.Domain == domain && cookie.Path == path);
    }

    public TestCookie? Find(string name, string domain, string path)
    {
        lock (_cookies)
            return _cookies.Find(cookie => cookie.Name == name && cookie.Domain == domain && cookie.Path == path);
    }

    public string? HeaderFor(string host, string path)
    {
        lock (_cookies)
        {
            var sent = _cookies.Where(cookie => DomainMatches(host, cookie.Domain) && PathMatches(path, cookie.Path)).Select(cookie => $"{cookie.Name}={cookie.Value}").ToList();
            return sent.Count == 0 ? null : string.Join("; ", sent);
        }
    }

    public void Take(string setCookie, string host)
    {
        var parts = setCookie.Split(';');
        var (name, value) = Split(parts[0]);
        var attributes = parts.Skip(1).Select(Split).GroupBy(pair => pair.Name.ToLowerInvariant()).ToDictionary(group => group.Key, group => group.Last().Value);
        var domain = attributes.GetValueOrDefault("domain", host).TrimStart('.');
        var path = attributes.GetValueOrDefault("path", "/");
        if (HasExpired(attributes))
            Remove(name, domain, path);
        else
            Set(new TestCookie(name, value, domain, path) { Attributes = attributes });
    }

    private static bool HasExpired(Dictionary<string, string> attributes) =>
        attributes.TryGetValue("max-age", out var age)
            ? long.TryParse(age, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) && seconds <= 0
            : attributes.TryGetValue("expires", out var expires) && HttpDate.Parse(expires) is { } date && date <= DateTimeOffset.UtcNow;

    private static (string Name, string Value) Split(string part) =>
        part.IndexOf('=', StringComparison.Ordinal) is var at and >= 0 ? (part[..at].Trim(), part[(at + 1)..].Trim()) : (part.Trim(), "");

    private static bool DomainMatches(string host, string domain) => host == domain || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    private static bool PathMatches(string path, string prefix) =>
        path == prefix || (path.StartsWith(prefix, StringComparison.Ordinal) && (prefix.EndsWith('/') || path[prefix.Length] == '/'));
}

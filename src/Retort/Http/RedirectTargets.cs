using System.Buffers;

namespace Retort.Http;

/// <summary>
/// Tells whether a URL that came with a request (<c>?next=</c>) may be redirected to. The test reads the text as a browser would, not as
/// <see cref="Uri"/> does: backslashes are slashes to a browser, tabs are nothing.
/// </summary>
public static class RedirectTargets
{
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~[]:");

    /// <summary>Whether the URL stays on the host: a path that begins with a single slash, or an http(s) URL of exactly this host.</summary>
    /// <param name="url">The URL, not decoded.</param>
    /// <param name="host">The own host as in the <c>Host</c> header, with its port if it has one. Null allows paths alone.</param>
    /// <param name="allowSubdomains">Whether hosts below the own one count as own.</param>
    public static bool IsSafe(string? url, string? host = null, bool allowSubdomains = false)
    {
        if (string.IsNullOrEmpty(url) || url.AsSpan().ContainsAnyInRange('\0', ' ') || url.AsSpan().ContainsAnyInRange('\x7f', '\xa0')) return false;

        var beforeQuery = url.AsSpan(0, url.AsSpan().IndexOfAny('?', '#') is var end and >= 0 ? end : url.Length);
        if (beforeQuery.Contains('\\')) return false;
        if (beforeQuery.StartsWith('/')) return !beforeQuery.StartsWith("//", StringComparison.Ordinal);
        return host is { Length: > 0 } && AuthorityOf(beforeQuery) is var authority && IsOwn(authority, host, allowSubdomains);
    }

    private static ReadOnlySpan<char> AuthorityOf(ReadOnlySpan<char> url)
    {
        var start = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8 : url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7 : -1;
        if (start < 0) return default;
        var rest = url[start..];
        var authority = rest[..(rest.IndexOf('/') is var slash and >= 0 ? slash : rest.Length)];
        // Anything else, such as a user name before an @, is not how an app writes its own URLs.
        return authority.ContainsAnyExcept(HostCharacters) ? default : authority;
    }

    private static bool IsOwn(ReadOnlySpan<char> authority, string host, bool allowSubdomains) =>
        authority.Equals(host, StringComparison.OrdinalIgnoreCase)
        || (allowSubdomains && authority.Length > host.Length + 1 && authority.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));
}

namespace Retort.Login;

/// <summary>A URL taken apart as text, because <see cref="Uri"/> changes what it reads. Source: urllib.parse.urlsplit.</summary>
internal readonly record struct UrlParts(string Scheme, string Host, string Path, string Query, string Fragment)
{
    public static UrlParts Of(string url)
    {
        var (beforeFragment, fragment) = Cut(url, '#');
        var (beforeQuery, query) = Cut(beforeFragment, '?');
        var colon = beforeQuery.IndexOf("://", StringComparison.Ordinal);
        var scheme = colon > 0 && beforeQuery.AsSpan(0, colon).IndexOf('/') < 0 ? beforeQuery[..colon] : "";
        var rest = scheme.Length > 0 ? beforeQuery[(colon + 1)..] : beforeQuery;
        if (!rest.StartsWith("//", StringComparison.Ordinal))
            return new UrlParts(scheme, "", rest, query, fragment);
        var slash = rest.IndexOf('/', 2);
        return slash < 0 ? new UrlParts(scheme, rest[2..], "", query, fragment) : new UrlParts(scheme, rest[2..slash], rest[slash..], query, fragment);
    }

    public override string ToString()
    {
        var root = (Scheme.Length > 0 ? Scheme + ":" : "") + (Host.Length > 0 ? "//" + Host : "");
        return root + Path + (Query.Length > 0 ? "?" + Query : "") + (Fragment.Length > 0 ? "#" + Fragment : "");
    }

    private static (string Before, string After) Cut(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is var at and >= 0 ? (text[..at], text[(at + 1)..]) : (text, "");
}

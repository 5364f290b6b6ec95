using System.Buffers;
using System.Globalization;
using System.Text;
using Retort.Routing;

namespace Retort.Http;

/// <summary>
/// Between what people read (IRI) and what travels (URI). Works on the text, since <see cref="Uri"/> normalizes and trims what it reads.
/// Source: werkzeug.urls iri_to_uri, uri_to_iri; urllib.parse urlsplit, urlunsplit.
/// </summary>
public static class UriText
{
    private static readonly SearchValues<char> SafeInPath = PercentEncoding.Safe("%!$&'()*+,/:;=@");
    private static readonly SearchValues<char> SafeInQuery = PercentEncoding.Safe("%!$&'()*+,/:;=?@");
    private static readonly SearchValues<char> SafeInFragment = PercentEncoding.Safe("%!#$&'()*+,/:;=?@");
    private static readonly SearchValues<char> SafeInUser = PercentEncoding.Safe("%!$&'()*+,;=");
    private static readonly SearchValues<char> SafeInHost = PercentEncoding.Safe("%!$&'()*+,:;=");
    private static readonly SearchValues<char> SafeAnywhere = PercentEncoding.Safe("%!#$&'()*+,/:;=?@[]");

    private static readonly HashSet<string> WithAuthority = new(StringComparer.Ordinal)
    {
        "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp", "snews", "prospero", "rtsp", "rtspu", "rsync", "svn",
        "svn+ssh", "sftp", "nfs", "git", "git+ssh", "ws", "wss", "itms-services",
    };

    /// <summary>Percent-encodes what a URI may not hold and writes the host in its <c>xn--</c> form. What is encoded already stays.</summary>
    public static string ToUri(string iri)
    {
        var parts = Split(iri);
        if (ReadAuthority(parts.Authority) is not { } authority) return PercentEncoding.Quote(iri, SafeAnywhere);

        return Join(parts with
        {
            Authority = WriteAuthority(authority with
            {
                User = PercentEncoding.Quote(authority.User, SafeInUser),
                Password = PercentEncoding.Quote(authority.Password, SafeInUser),
                Host = PercentEncoding.Quote(InternationalDomain.ToAscii(authority.Host) ?? authority.Host, SafeInHost),
            }),
            Path = PercentEncoding.Quote(parts.Path, SafeInPath),
            Query = PercentEncoding.Quote(parts.Query, SafeInQuery),
            Fragment = PercentEncoding.Quote(parts.Fragment, SafeInFragment),
        });
    }

    /// <summary>Decodes what is valid UTF-8 and would not change the meaning of its part of the URL, and writes the host readably.</summary>
    public static string ToIri(string uri)
    {
        var parts = Split(uri);
        if (ReadAuthority(parts.Authority) is not { } authority) return uri;

        return Join(parts with
        {
            Authority = WriteAuthority(authority with
            {
                User = UnquoteExcept(authority.User, ":@/?#"),
                Password = UnquoteExcept(authority.Password, ":@/?#"),
                Host = InternationalDomain.ToUnicode(authority.Host),
            }),
            Path = UnquoteExcept(parts.Path, "/?#"),
            Query = UnquoteExcept(parts.Query, "&=+#"),
            Fragment = UnquoteExcept(parts.Fragment, ""),
        });
    }

    private static UrlParts Split(string url)
    {
        // Browsers ignore these too, so that they cannot hide a scheme or a host.
        url = string.Concat(url.SkipWhile(c => c <= ' ').Where(c => c is not ('\t' or '\r' or '\n')));
        var (scheme, authority, query, fragment) = ("", "", "", "");
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && char.IsAsciiLetter(url[0]) && url.Take(colon).All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.'))
        {
            scheme = url[..colon].ToLowerInvariant();
            url = url[(colon + 1)..];
        }
        if (url.StartsWith("//", StringComparison.Ordinal))
        {
            var end = url.AsSpan(2).IndexOfAny('/', '?', '#') is var at and >= 0 ? at + 2 : url.Length;
            authority = url[2..end];
            url = url[end..];
        }
        (url, fragment) = Cut(url, '#');
        (url, query) = Cut(url, '?');
        return new(scheme, authority, url, query, fragment);
    }

    private static string Join(UrlParts parts)
    {
        var url = new StringBuilder();
        if (parts.Scheme.Length > 0) url.Append(parts.Scheme).Append(':');
        var path = parts.Path;
        // Without an authority, a path of two slashes needs an empty one or it would become the host.
        if (parts.Authority.Length > 0 || path.StartsWith("//", StringComparison.Ordinal) || WithAuthority.Contains(parts.Scheme))
        {
            if (path.Length > 0 && path[0] != '/') path = "/" + path;
            url.Append("//").Append(parts.Authority);
        }
        url.Append(path);
        if (parts.Query.Length > 0) url.Append('?').Append(parts.Query);
        if (parts.Fragment.Length > 0) url.Append('#').Append(parts.Fragment);
        return url.ToString();
    }

    // Null: brackets that do not match, or a port that is none.
    private static Authority? ReadAuthority(string authority)
    {
        var at = authority.LastIndexOf('@');
        var (user, password) = Cut(at < 0 ? "" : authority[..at], ':');
        var host = authority[(at + 1)..];
        var bracket = host.IndexOf(']', StringComparison.Ordinal);
        if (host.LastIndexOf('[') != (bracket < 0 ? -1 : 0)) return null;
        var (name, port) = bracket < 0 ? Cut(host, ':') : (host[1..bracket], Cut(host[(bracket + 1)..], ':').After);
        if (port.Length > 0 && !ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return null;
        var address = Cut(name, '%').Before;
        return new(user, password, address.ToLowerInvariant() + name[address.Length..], port.TrimStart('0'));
    }

    private static string WriteAuthority(Authority authority)
    {
        var text = authority.Host.Contains(':', StringComparison.Ordinal) ? $"[{authority.Host}]" : authority.Host;
        if (authority.Port.Length > 0) text = $"{text}:{authority.Port}";
        if (authority.User.Length == 0) return text;
        return authority.Password.Length > 0 ? $"{authority.User}:{authority.Password}@{text}" : $"{authority.User}@{text}";
    }

    // Controls, the space, the percent sign and the given characters stay encoded.
    private static string UnquoteExcept(string text, string keep)
    {
        var decoded = new StringBuilder(text.Length);
        var start = 0;
        for (var i = 0; i + 2 < text.Length; i++)
        {
            if (text[i] != '%' || !byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) continue;
            if (value is > 0x20 and not ((byte)'%' or 0x7f) && !keep.Contains((char)value, StringComparison.Ordinal)) continue;
            decoded.Append(Unquote(text[start..i])).Append(text, i, 3);
            start = i + 3;
            i += 2;
        }
        return decoded.Append(Unquote(text[start..])).ToString();
    }

    private static string Unquote(string text) => PercentEncoding.UnquoteUtf8(Encoding.UTF8.GetBytes(text), plusIsSpace: false);

    private static (string Before, string After) Cut(string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    private readonly record struct UrlParts(string Scheme, string Authority, string Path, string Query, string Fragment);

    private readonly record struct Authority(string User, string Password, string Host, string Port);
}

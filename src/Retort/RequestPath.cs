using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Retort.Routing;

namespace Retort;

/// <summary>
/// The path of a request as Flask sees it. Kestrel's own decoding leaves <c>%2F</c> alone and resolves <c>..</c>; a WSGI server does neither, and rules are written for that.
/// </summary>
internal static class RequestPath
{
    public static string Of(HttpContext http)
    {
        var path = http.Request.Path.Value is { Length: > 0 } given ? given : "/";
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target) || target[0] != '/' || !(target.Contains('%', StringComparison.Ordinal) || target.Contains("/.", StringComparison.Ordinal)))
            return path;
        var raw = target.AsSpan(0, target.IndexOf('?', StringComparison.Ordinal) is var end and >= 0 ? end : target.Length).ToString();
        var decoded = PercentEncoding.Unquote(raw, Encoding.UTF8);
        // What a proxy cut off is not in the raw path, though the app is mounted under it.
        var prefix = http.Request.PathBase.Value ?? "";
        return prefix.Length > 0 && decoded.StartsWith(prefix + "/", StringComparison.Ordinal) && IsSamePath(raw, prefix + path) ? decoded[prefix.Length..] : IsSamePath(raw, path) ? decoded : path;
    }

    /// <summary>Whether the path is the server's reading of the raw one, and was not rewritten by middleware.</summary>
    private static bool IsSamePath(string raw, string path) =>
        !raw.Contains("%00", StringComparison.Ordinal) && UrlPath.WithoutDots(PathString.FromUriComponent(raw).Value ?? "") == path;
}

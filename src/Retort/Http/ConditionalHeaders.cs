using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Retort.Http;

/// <summary>The headers by which a client asks for a resource only if it changed, or for a part of it.</summary>
public sealed record ConditionalHeaders
{
    /// <summary>The method; conditions hold for GET and HEAD alone.</summary>
    public string Method { get; init; } = "GET";

    /// <summary><c>If-Match</c>.</summary>
    public string? IfMatch { get; init; }

    /// <summary><c>If-None-Match</c>.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary><c>If-Modified-Since</c>.</summary>
    public string? IfModifiedSince { get; init; }

    /// <summary><c>If-Range</c>.</summary>
    public string? IfRange { get; init; }

    /// <summary><c>Range</c>.</summary>
    public string? Range { get; init; }

    internal static ConditionalHeaders Of(HttpRequest request) => new()
    {
        Method = request.Method,
        IfMatch = OrNull(request.Headers.IfMatch),
        IfNoneMatch = OrNull(request.Headers.IfNoneMatch),
        IfModifiedSince = OrNull(request.Headers.IfModifiedSince),
        IfRange = OrNull(request.Headers.IfRange),
        Range = OrNull(request.Headers.Range),
    };

    private static string? OrNull(StringValues header) => header.Count == 0 ? null : header.ToString();
}

using Retort.Http.Exceptions;
namespace Retort.Http;

/// <summary>
/// Decides between the whole, a part and nothing. As in Werkzeug, and not as in RFC 9110, a range is answered before <c>If-None-Match</c> is looked at,
/// <c>If-Match: *</c> never holds, a weak tag will do for <c>If-Range</c>, and <c>If-Unmodified-Since</c> is not looked at.
/// Source: werkzeug.wrappers.Response.make_conditional, werkzeug.http.is_resource_modified.
/// </summary>
public static class Conditional
{
    private static readonly string[] EntityHeaders =
        ["Allow", "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Range", "Content-Type", "Last-Modified"];

    /// <summary>
    /// Applies the conditions to a response that would be a 200, from its <c>ETag</c> and <c>Last-Modified</c>: returns the status it becomes and the bytes
    /// to send, and changes the headers accordingly. Throws <see cref="RequestedRangeNotSatisfiable"/>.
    /// </summary>
    /// <param name="request">What the client sent.</param>
    /// <param name="headers">The headers of the response.</param>
    /// <param name="length">Length of the whole; without it there are no ranges.</param>
    /// <param name="acceptRanges">Whether parts can be sent.</param>
    public static (int Status, long Offset, long? Count) Apply(ConditionalHeaders request, Headers headers, long? length, bool acceptRanges)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(headers);
        if (request.Method is not ("GET" or "HEAD")) return (200, 0, length);

        if (acceptRanges && length > 0)
        {
            headers.Set("Accept-Ranges", "bytes");
            if (WantsRange(request, headers)) return ApplyRange(request.Range!, headers, length.Value);
        }
        if (IsModified(request, headers.Get("ETag"), HttpDate.Parse(headers.Get("Last-Modified")))) return (200, 0, length);
        if (!ETags.Parse(request.IfMatch).IsEmpty) return (412, 0, length);
        RemoveEntityHeaders(headers);
        return (304, 0, 0);
    }

    /// <summary>Whether the client has to be sent a resource with this tag (in its quotes) and date.</summary>
    public static bool IsModified(ConditionalHeaders request, string? etag, DateTimeOffset? lastModified, bool ignoreIfRange = true)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (rangeTag, rangeDate) = ignoreIfRange || request.Range is null ? default : IfRange.Parse(request.IfRange);
        var unmodified = (rangeDate ?? HttpDate.Parse(request.IfModifiedSince)) is { } since && lastModified is { } modified
            && modified.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds();
        if (string.IsNullOrEmpty(etag)) return !unmodified;

        var (tag, _) = ETags.Unquote(etag);
        if (rangeTag is not null) return !ETags.Parse(rangeTag).Contains(tag);
        if (ETags.Parse(request.IfNoneMatch) is { IsEmpty: false } noneMatch) unmodified = noneMatch.ContainsWeak(tag);
        if (ETags.Parse(request.IfMatch) is { IsEmpty: false } match) unmodified = !match.IsStrong(tag);
        return !unmodified;
    }

    /// <summary>Removes what describes a body that is not sent, as a 304 does.</summary>
    public static void RemoveEntityHeaders(Headers headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        foreach (var name in EntityHeaders) headers.Remove(name);
    }

    private static bool WantsRange(ConditionalHeaders request, Headers headers) =>
        request.Range is not null
        && (request.IfRange is null || !IsModified(request, headers.Get("ETag"), HttpDate.Parse(headers.Get("Last-Modified")), ignoreIfRange: false));

    private static (int Status, long Offset, long? Count) ApplyRange(string range, Headers headers, long length)
    {
        if (ByteRange.Parse(range)?.ToContentRange(length) is not { Start: { } start, Stop: { } stop } content) throw new RequestedRangeNotSatisfiable(length);
        headers.Set("Content-Length", FormattableString.Invariant($"{stop - start}"));
        headers.Set("Content-Range", content.ToString());
        return (206, start, stop - start);
    }
}

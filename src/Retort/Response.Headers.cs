using System.Globalization;
using Retort.Http;

namespace Retort;

/// <content>Headers as values: each is read from its header and, when it is changed, written back.</content>
public sealed partial class Response
{
    /// <summary>How the response may be cached. What is set on it goes into the header.</summary>
    public ResponseCacheControl CacheControl => new(Headers.Get("Cache-Control"), changed => SetOrRemove("Cache-Control", NullIfEmpty(changed.ToString())));

    /// <summary>The request headers that the response depends on.</summary>
    public HeaderSet Vary => Set("Vary");

    /// <summary>The methods that the URL answers.</summary>
    public HeaderSet Allow => Set("Allow");

    /// <summary>The languages of the content.</summary>
    public HeaderSet ContentLanguage => Set("Content-Language");

    /// <summary>How the body is packed, such as <c>gzip</c>; null for not at all.</summary>
    public string? ContentEncoding { get => Headers.Get("Content-Encoding"); set => SetOrRemove("Content-Encoding", value); }

    /// <summary>Where the content has a URL of its own.</summary>
    public string? ContentLocation { get => Headers.Get("Content-Location"); set => SetOrRemove("Content-Location", value); }

    /// <summary>What may be asked for in parts: <c>bytes</c> or <c>none</c>.</summary>
    public string? AcceptRanges { get => Headers.Get("Accept-Ranges"); set => SetOrRemove("Accept-Ranges", value); }

    /// <summary>Which part of the whole the body is.</summary>
    public ContentRange? ContentRange { get => ContentRange.Parse(Headers.Get("Content-Range")); set => SetOrRemove("Content-Range", value?.ToString()); }

    /// <summary>When the response was made. The server adds it when it is not set.</summary>
    public DateTimeOffset? Date { get => ReadDate("Date"); set => SetDate("Date", value); }

    /// <summary>How long the response has been in a cache, in whole seconds. Source: RFC 9111, 5.1.</summary>
    public TimeSpan? Age { get => ReadSeconds("Age"); set => SetSeconds("Age", value); }

    /// <summary>What the page may load and run. What is set on it goes into the header. Source: W3C Content Security Policy.</summary>
    public ContentSecurityPolicy ContentSecurityPolicy => Policy("Content-Security-Policy");

    /// <summary>As <see cref="ContentSecurityPolicy"/>, but the browser only reports what it would have kept back.</summary>
    public ContentSecurityPolicy ContentSecurityPolicyReportOnly => Policy("Content-Security-Policy-Report-Only");

    /// <summary>Whether documents of other origins may share the page's process: <c>unsafe-none</c>, <c>same-origin-allow-popups</c>, <c>same-origin</c>. Null removes the header.</summary>
    public string? CrossOriginOpenerPolicy { get => Headers.Get("Cross-Origin-Opener-Policy"); set => SetOrRemove("Cross-Origin-Opener-Policy", value); }

    /// <summary>Whether the page may load what does not allow it: <c>unsafe-none</c>, <c>require-corp</c>. Null removes the header.</summary>
    public string? CrossOriginEmbedderPolicy { get => Headers.Get("Cross-Origin-Embedder-Policy"); set => SetOrRemove("Cross-Origin-Embedder-Policy", value); }

    /// <summary>The origin whose scripts may read the response, or <c>*</c>; null for none.</summary>
    public string? AccessControlAllowOrigin { get => Headers.Get("Access-Control-Allow-Origin"); set => SetOrRemove("Access-Control-Allow-Origin", value); }

    /// <summary>Whether scripts of that origin may read it with the user's cookies.</summary>
    public bool AccessControlAllowCredentials
    {
        get => Headers.Contains("Access-Control-Allow-Credentials");
        set => SetOrRemove("Access-Control-Allow-Credentials", value ? "true" : null);
    }

    /// <summary>The request headers that scripts of other origins may send.</summary>
    public HeaderSet AccessControlAllowHeaders => Set("Access-Control-Allow-Headers");

    /// <summary>The methods that scripts of other origins may use.</summary>
    public HeaderSet AccessControlAllowMethods => Set("Access-Control-Allow-Methods");

    /// <summary>The response headers that scripts of other origins may read.</summary>
    public HeaderSet AccessControlExposeHeaders => Set("Access-Control-Expose-Headers");

    /// <summary>How long a browser may keep this permission, in whole seconds.</summary>
    public TimeSpan? AccessControlMaxAge { get => ReadSeconds("Access-Control-Max-Age"); set => SetSeconds("Access-Control-Max-Age", value); }

    /// <summary>When the content changed last.</summary>
    public DateTimeOffset? LastModified { get => ReadDate("Last-Modified"); set => SetDate("Last-Modified", value); }

    /// <summary>When the response becomes stale.</summary>
    public DateTimeOffset? Expires { get => ReadDate("Expires"); set => SetDate("Expires", value); }

    /// <summary>How long to wait before asking again, sent in whole seconds.</summary>
    public TimeSpan? RetryAfter { get => ReadSeconds("Retry-After"); set => SetSeconds("Retry-After", value); }

    /// <summary>The challenge of a 401.</summary>
    public WwwAuthenticate? WwwAuthenticate { get => WwwAuthenticate.Parse(Headers.Get("WWW-Authenticate")); set => SetOrRemove("WWW-Authenticate", value?.ToString()); }

    /// <summary>The parameters of the content type.</summary>
    public IReadOnlyDictionary<string, string> MimeTypeParams => OptionsHeader.Parse(ContentType).Options;

    /// <summary>The entity tag without its quotes, and whether it is weak; null for none.</summary>
    public (string Tag, bool Weak)? GetETag() => Headers.Get("ETag") is { } tag ? ETags.Unquote(tag) : null;

    /// <summary>Sets the entity tag. Throws <see cref="ArgumentException"/> if it holds a quotation mark.</summary>
    public void SetETag(string tag, bool weak = false) => Headers["ETag"] = ETags.Quote(tag, weak);

    /// <summary>Makes the entity tag from the body (its SHA-1), unless there is one. A streamed body is read to its end.</summary>
    public void AddETag(bool overwrite = false, bool weak = false)
    {
        if (overwrite || !Headers.Contains("ETag"))
            SetETag(ETags.Generate(Data), weak);
    }

    /// <summary>
    /// Makes the response what the request's conditions ask for: 304 or 412 by its tag and date, and a part of it where parts are accepted.
    /// Source: werkzeug.Response.make_conditional.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="acceptRanges">Whether parts can be asked for; a streamed body is then read to its end.</param>
    /// <exception cref="Http.Exceptions.RequestedRangeNotSatisfiable">The part that was asked for does not exist.</exception>
    public Response MakeConditional(Request request, bool acceptRanges = false)
    {
        ArgumentNullException.ThrowIfNull(request);
        var length = acceptRanges ? Data.Length : ContentLength;
        var (status, offset, count) = Conditional.Apply(ConditionalHeaders.Of(request.Http.Request), Headers, length, acceptRanges);
        if (status != 200)
            StatusCode = status;
        if (status == 206)
            Data = Data.AsSpan((int)offset, (int)count!.Value).ToArray();
        return this;
    }

    private HeaderSet Set(string name) => HeaderSet.Parse(Headers.Get(name), changed => SetOrRemove(name, NullIfEmpty(changed.ToString())));

    private ContentSecurityPolicy Policy(string name) => new(Headers.Get(name), changed => SetOrRemove(name, NullIfEmpty(changed.ToString())));

    private DateTimeOffset? ReadDate(string name) => HttpDate.Parse(Headers.Get(name));

    private void SetDate(string name, DateTimeOffset? value) => SetOrRemove(name, value is { } date ? HttpDate.Format(date.ToUniversalTime()) : null);

    private TimeSpan? ReadSeconds(string name) => PlainInteger.Parse(Headers.Get(name)) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private void SetSeconds(string name, TimeSpan? value) => SetOrRemove(name, value is { } time ? ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null);

    private static string? NullIfEmpty(string header) => header.Length == 0 ? null : header;
}

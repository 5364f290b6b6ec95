namespace Retort.Http;

/// <content>Headers as values.</content>
public sealed partial class Request
{
    /// <summary>The media types the client accepts, best first.</summary>
    public MimeAccept AcceptMimeTypes => field ??= new MimeAccept(NullIfEmpty(Headers.Accept));

    /// <summary>The languages the client accepts, best first.</summary>
    public LanguageAccept AcceptLanguages => field ??= new LanguageAccept(NullIfEmpty(Headers.AcceptLanguage));

    /// <summary>The charsets the client accepts, best first.</summary>
    public CharsetAccept AcceptCharsets => field ??= new CharsetAccept(NullIfEmpty(Headers.AcceptCharset));

    /// <summary>The ways of packing a body that the client accepts, best first.</summary>
    public Accept AcceptEncodings => field ??= new Accept(NullIfEmpty(Headers.AcceptEncoding));

    /// <summary>What the client says about caching.</summary>
    public RequestCacheControl CacheControl => field ??= new RequestCacheControl(NullIfEmpty(Headers.CacheControl));

    /// <summary>The parameters of the content type, such as <c>charset</c>.</summary>
    public IReadOnlyDictionary<string, string> MimeTypeParams => OptionsHeader.Parse(ContentType).Options;

    /// <summary>The Pragma header, an older word for <see cref="CacheControl"/>: <c>no-cache</c> is all that is said with it.</summary>
    public HeaderSet Pragma => HeaderSet.Parse(NullIfEmpty(Headers.Pragma));

    /// <summary>
    /// The addresses of the proxies' list <c>X-Forwarded-For</c> from the client inwards; without one the <see cref="RemoteAddr"/>. Anyone can write that header:
    /// only <see cref="RemoteAddr"/> behind a <c>ProxyFix</c> is to be trusted. Source: werkzeug.Request.access_route.
    /// </summary>
    public IReadOnlyList<string> AccessRoute =>
        NullIfEmpty(Headers["X-Forwarded-For"]) is { } sent ? [.. ListHeader.Parse(sent)] : RemoteAddr is { } address ? [address] : [];

    /// <summary>The name of the user whom the server in front or ASP.NET Core's middleware has authenticated, or null.</summary>
    public string? RemoteUser => Http.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : null;

    /// <summary>How the body is packed, or null.</summary>
    public string? ContentEncoding => NullIfEmpty(Headers.ContentEncoding);

    /// <summary>The tags of <c>If-Match</c>.</summary>
    public ETags IfMatch => ETags.Parse(NullIfEmpty(Headers.IfMatch));

    /// <summary>The tags of <c>If-None-Match</c>.</summary>
    public ETags IfNoneMatch => ETags.Parse(NullIfEmpty(Headers.IfNoneMatch));

    /// <summary>The date of <c>If-Modified-Since</c>, or null.</summary>
    public DateTimeOffset? IfModifiedSince => HttpDate.Parse(NullIfEmpty(Headers.IfModifiedSince));

    /// <summary>The date of <c>If-Unmodified-Since</c>, or null.</summary>
    public DateTimeOffset? IfUnmodifiedSince => HttpDate.Parse(NullIfEmpty(Headers.IfUnmodifiedSince));

    /// <summary>The tag or date of <c>If-Range</c>.</summary>
    public IfRange IfRange => IfRange.Parse(NullIfEmpty(Headers.IfRange));

    /// <summary>The part of the content that is asked for, or null.</summary>
    public ByteRange? Range => ByteRange.Parse(NullIfEmpty(Headers.Range));

    /// <summary>When the request was made, by the client's clock; or null.</summary>
    public DateTimeOffset? Date => HttpDate.Parse(NullIfEmpty(Headers.Date));

    /// <summary>How many proxies may still pass the request on, or null.</summary>
    public long? MaxForwards => PlainInteger.Parse(NullIfEmpty(Headers.MaxForwards));

    /// <summary>The method that a script of another origin asks leave for, or null.</summary>
    public string? AccessControlRequestMethod => NullIfEmpty(Headers.AccessControlRequestMethod);

    /// <summary>The headers that a script of another origin asks leave for.</summary>
    public HeaderSet AccessControlRequestHeaders => HeaderSet.Parse(NullIfEmpty(Headers.AccessControlRequestHeaders));
}

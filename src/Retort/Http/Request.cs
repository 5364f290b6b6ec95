using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Retort.Http.Exceptions;
using Retort.Routing;

namespace Retort.Http;

/// <summary>What the browser sent. Every part is read when it is first asked for. Source: flask.Request, werkzeug.Request.</summary>
public sealed partial class Request
{
    // What a path and a query may hold unencoded. Source: werkzeug.sansio.utils.get_current_url.
    private static readonly SearchValues<char> PathSafe = PercentEncoding.Safe("!$&'()*+,/:;=@%");
    private static readonly SearchValues<char> QuerySafe = PercentEncoding.Safe("!$&'()*+,/:;=?@%");

    private readonly RequestOptions _options;
    private readonly RouteMatch _match;
    private Dictionary<string, object?>? _viewArgs;

    internal Request(HttpContext http, string path, in RouteMatch match, string? blueprint, RequestOptions options)
    {
        Blueprint = blueprint;
        Http = http;
        Path = path;
        _match = match;
        _options = options;
        MaxContentLength = options.MaxContentLength;
        MaxFormMemorySize = options.MaxFormMemorySize;
        MaxFormParts = options.MaxFormParts;
    }

    /// <summary>ASP.NET Core's context of this request.</summary>
    public HttpContext Http { get; }

    /// <summary>The method in upper case.</summary>
    public string Method => Http.Request.Method;

    // What the URL led to.

    /// <summary>The endpoint the URL matched, such as <c>blog.show</c>; null when it matched none.</summary>
    public string? Endpoint => UrlRule?.Endpoint;

    /// <summary>What routing found wrong with the URL: no such page, or not for this method; null when a view answers. Source: flask.Request.routing_exception.</summary>
    public HttpException? RoutingException { get; internal init; }

    /// <summary>The rule the URL matched, or null.</summary>
    public Rule? UrlRule => _match.Rule;

    /// <summary>The variables of the URL. A preprocessor may change them before parameters are bound. Empty when nothing matched.</summary>
    public IDictionary<string, object?> ViewArgs => _viewArgs ??= UrlRule is null ? [] : new Dictionary<string, object?>(_match.Values(Path), StringComparer.Ordinal);

    internal Dictionary<string, object?>? ViewArgsIfRead => _viewArgs;

    /// <summary>The full name of the blueprint of the view, or null for a view of the app.</summary>
    public string? Blueprint { get; }

    /// <summary>The names of the blueprint and of those around it, innermost first.</summary>
    public IReadOnlyList<string> Blueprints => [.. BlueprintsFrom(Blueprint)];

    /// <summary>A dotted name, then what it stands in, innermost first.</summary>
    internal static IEnumerable<string> BlueprintsFrom(string? name)
    {
        for (; name is not null; name = name.LastIndexOf('.') is var dot and >= 0 ? name[..dot] : null)
            yield return name;
    }

    // The URL.

    /// <summary>The path, percent-decoded, without the prefix the app is mounted under.</summary>
    public string Path { get; }

    /// <summary>The prefix the app is mounted under, without a final slash; empty at the root.</summary>
    public string ScriptRoot => Http.Request.PathBase.Value ?? "";

    /// <summary>Path and query. Ends in a question mark when there is no query, as in Flask.</summary>
    public string FullPath => $"{Path}?{QueryString}";

    /// <summary>The query as it was sent, without the question mark.</summary>
    public string QueryString => Http.Request.QueryString.Value is { Length: > 0 } query ? query[1..] : "";

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string Scheme => Http.Request.Scheme;

    /// <summary>Whether the request came encrypted.</summary>
    public bool IsSecure => Http.Request.IsHttps;

    /// <summary>The host as sent, with the port unless it is the scheme's own. Empty when it is not a valid host name.</summary>
    public string Host => HostName.WithoutPort(Http.Request.Host.Value ?? "", Scheme) is var host && HostName.TryNormalize(host, out _) ? host : "";

    /// <summary>Scheme and host, with a final slash.</summary>
    public string HostUrl => UriText.ToIri($"{Scheme}://{Host}/");

    /// <summary>The URL of the app's root, with a final slash.</summary>
    public string UrlRoot => UriText.ToIri($"{Scheme}://{Host}{PercentEncoding.Quote(ScriptRoot, PathSafe)}/");

    /// <summary>The URL without the query.</summary>
    public string BaseUrl => UriText.ToIri(UriWithoutQuery);

    /// <summary>The whole URL, readable: what is percent-encoded text beyond ASCII is decoded.</summary>
    public string Url => QueryString is { Length: > 0 } query ? UriText.ToIri($"{UriWithoutQuery}?{PercentEncoding.Quote(query, QuerySafe)}") : BaseUrl;

    private string UriWithoutQuery => $"{Scheme}://{Host}{PercentEncoding.Quote(ScriptRoot + Path, PathSafe)}";

    // Headers.

    /// <summary>The headers.</summary>
    public IHeaderDictionary Headers => Http.Request.Headers;

    /// <summary>The cookies; of several with one name the first counts.</summary>
    public MultiDict Cookies => field ??= CookieHeader.Parse(CookieText);

    internal string? CookieText => Http.Request.Headers.Cookie is { Count: > 0 } cookies ? string.Join("; ", (IEnumerable<string?>)cookies) : null;

    /// <summary>The Content-Type header, or null.</summary>
    public string? ContentType => Http.Request.ContentType;

    /// <summary>The type of the body without parameters, in lower case; empty when there is none.</summary>
    public string MimeType => ContentType is { } type ? type.Split(';')[0].Trim().ToLowerInvariant() : "";

    /// <summary>The length of the body as it was announced, or null.</summary>
    public long? ContentLength => Http.Request.ContentLength;

    /// <summary>The address the request came from. Behind a proxy that is the proxy's.</summary>
    public string? RemoteAddr => Http.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;

    /// <summary>The Referer header, or null.</summary>
    public string? Referrer => NullIfEmpty(Http.Request.Headers.Referer);

    /// <summary>The Origin header, or null.</summary>
    public string? Origin => NullIfEmpty(Http.Request.Headers.Origin);

    /// <summary>The User-Agent header; empty when there is none.</summary>
    public string UserAgent => Http.Request.Headers.UserAgent.ToString();

    /// <summary>The credentials of the Authorization header, or null when there are none or they cannot be read.</summary>
    public Authorization? Authorization => field ??= Authorization.Parse(NullIfEmpty(Http.Request.Headers.Authorization));

    // Data.

    /// <summary>The values of the query.</summary>
    public MultiDict Args => field ??= UrlEncoded.Parse(QueryString);

    /// <summary>The values of the query and then, unless the method is GET or HEAD, of the form.</summary>
    public MultiDict Values => field ??= HttpMethods.IsGet(Method) || HttpMethods.IsHead(Method) ? new MultiDict(Args.Items()) : new MultiDict([.. Args.Items(), .. Form.Items()]);

    /// <summary>Whether the body says it is JSON: <c>application/json</c> or <c>application/*+json</c>.</summary>
    public bool IsJson => MimeTypes.IsJson(MimeType);

    /// <summary>The body read as JSON. A body of another type is a 415, one that does not parse a 400.</summary>
    public object? Json => GetJson();

    /// <summary>The body read as JSON: dictionaries, lists, text, numbers, truth values and null.</summary>
    /// <param name="force">Whether a body of another type is read as JSON too.</param>
    /// <param name="silent">Whether to return null where there would be an error.</param>
    public object? GetJson(bool force = false, bool silent = false) => ReadJson(body => _options.LoadJson(body), force, silent);

    /// <summary>The body read as JSON into a type of the app. Errors are those of <see cref="GetJson(bool, bool)"/>.</summary>
    public T? GetJson<T>(bool force = false, bool silent = false) => ReadJson(body => JsonSerializer.Deserialize<T>(body.Span, _options.JsonOptions()), force, silent);

    private static string? NullIfEmpty(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0 ? null : header.ToString();

    private T? ReadJson<T>(Func<ReadOnlyMemory<byte>, T?> read, bool force, bool silent)
    {
        if (!force && !IsJson)
            return silent ? default : (T?)OnJsonLoadingFailed(null);
        try
        {
            return read(GetData());
        }
        catch (JsonException error)
        {
            return silent ? default : (T?)OnJsonLoadingFailed(error);
        }
    }

    /// <summary>
    /// What <see cref="GetJson(bool, bool)"/> gives in place of a body that does not parse, with the error, or with null for a body of another type. Default: a 400, or a 415;
    /// in debug mode it says what is wrong. Set it in a <c>BeforeRequest</c> function to answer in another way. Source: flask.Request.on_json_loading_failed.
    /// </summary>
    public Func<JsonException?, object?> OnJsonLoadingFailed
    {
        get => field ??= error => throw (error is null
            ? new UnsupportedMediaType("Did not attempt to load JSON data because the request Content-Type was not 'application/json'.")
            : new BadRequest(_options.Debug ? $"Failed to decode JSON object: {error.Message}" : null));
        set;
    }
}

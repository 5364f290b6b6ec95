using System.Globalization;
using Retort.Jinja;

namespace Retort.Http.Exceptions;

// The whole family stands in this file because it is read as a table: code, name and description of each error page.

/// <summary>
/// An error with an HTTP status, thrown by <c>Abort</c> or by hand, answered with its own small HTML page unless an error handler takes it.
/// Derive from it, or from one of the errors below, to give an error of your own a code and a description.
/// Source: werkzeug.exceptions.
/// </summary>
/// <param name="code">The HTTP status code.</param>
/// <param name="description">What went wrong, in plain text; line breaks become <c>&lt;br&gt;</c> on the page.</param>
public class HttpException(int code, string? description = null) : Exception
{
    private static readonly Dictionary<int, Func<HttpException>> Known = new()
    {
        [400] = () => new BadRequest(),
        [401] = () => new Unauthorized(),
        [403] = () => new Forbidden(),
        [404] = () => new NotFound(),
        [405] = () => new MethodNotAllowed(),
        [406] = () => new NotAcceptable(),
        [408] = () => new RequestTimeout(),
        [409] = () => new Conflict(),
        [410] = () => new Gone(),
        [411] = () => new LengthRequired(),
        [412] = () => new PreconditionFailed(),
        [413] = () => new RequestEntityTooLarge(),
        [414] = () => new RequestUriTooLarge(),
        [415] = () => new UnsupportedMediaType(),
        [416] = () => new RequestedRangeNotSatisfiable(),
        [417] = () => new ExpectationFailed(),
        [418] = () => new ImATeapot(),
        [421] = () => new MisdirectedRequest(),
        [422] = () => new UnprocessableEntity(),
        [423] = () => new Locked(),
        [424] = () => new FailedDependency(),
        [428] = () => new PreconditionRequired(),
        [429] = () => new TooManyRequests(),
        [431] = () => new RequestHeaderFieldsTooLarge(),
        [451] = () => new UnavailableForLegalReasons(),
        [500] = () => new InternalServerError(),
        [501] = () => new NotImplemented(),
        [502] = () => new BadGateway(),
        [503] = () => new ServiceUnavailable(),
        [504] = () => new GatewayTimeout(),
        [505] = () => new HttpVersionNotSupported(),
    };

    /// <summary>The HTTP status code.</summary>
    public int Code { get; } = code;

    /// <summary>The status phrase that belongs to <see cref="Code"/>.</summary>
    public virtual string Name => HttpStatus.Reason(Code) ?? "Unknown Error";

    /// <summary>What went wrong, as plain text. Null shows an empty paragraph.</summary>
    public virtual string? Description { get; set; } = description;

    /// <summary>
    /// What was wrong with which value of the request, by the value's name; null when the error is not about values. A client that asks for JSON is answered with them,
    /// as problem details. Source: RFC 9457.
    /// </summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <inheritdoc/>
    public override string Message => $"{Code} {Name}: {Description}";

    /// <summary>
    /// A new error for a status code, as <c>abort(code, description)</c> raises it.
    /// Throws <see cref="KeyNotFoundException"/> for a code that has no error, which the client sees as a 500.
    /// </summary>
    public static HttpException For(int code, string? description = null)
    {
        if (!Known.TryGetValue(code, out var create))
        {
            throw new KeyNotFoundException(
                $"Abort({code}): there is no HTTP error for status {code}. Use one of {string.Join(", ", Known.Keys)}, or throw new HttpException({code}, ...).");
        }

        var error = create();
        if (description is not null) error.Description = description;
        return error;
    }

    /// <summary>The code of a class of errors, or null when its errors differ in their codes.</summary>
    internal static int? CodeOf(Type type)
    {
        foreach (var (code, create) in Known)
        {
            if (create().GetType() == type) return code;
        }
        return null;
    }

    /// <summary>The description as it stands in the page: escaped, one paragraph.</summary>
    public virtual string GetDescription() => $"<p>{Markup.Escape(Description).ToString().Replace("\n", "<br>", StringComparison.Ordinal)}</p>";

    /// <summary>The HTML page.</summary>
    public virtual string GetBody() =>
        $"<!doctype html>\n<html lang=en>\n<title>{Code} {Markup.Escape(Name)}</title>\n<h1>{Markup.Escape(Name)}</h1>\n{GetDescription()}\n";

    /// <summary>The headers that go with the page.</summary>
    public virtual Headers GetHeaders() => new() { { "Content-Type", "text/html; charset=utf-8" } };
}

/// <summary>400: the request cannot be understood.</summary>
public class BadRequest(string? description = null)
    : HttpException(400, description ?? "The browser (or proxy) sent a request that this server could not understand.");

/// <summary>400 for a form field, query parameter, cookie or header that is read without a default and was not sent.</summary>
/// <param name="key">The missing name.</param>
public class BadRequestKeyError(string key) : BadRequest
{
    /// <summary>The name that was asked for.</summary>
    public string Key { get; } = key;

    /// <summary>Whether the page names the key. Off unless the app is in debug mode.</summary>
    public bool ShowException { get; set; }

    /// <inheritdoc/>
    public override string? Description
    {
        get => ShowException ? $"{base.Description}\nKeyError: '{Key}'" : base.Description;
        set => base.Description = value;
    }

    /// <inheritdoc/>
    public override string Message => $"{Code} {Name}: the request has no '{Key}'. Read it with Get(\"{Key}\") or a default if it may be missing.";
}

/// <summary>400 for a request that breaks a security rule, such as a host that is not trusted.</summary>
public class SecurityError(string? description = null) : BadRequest(description);

/// <summary>400 for a connection that ended before the whole body had arrived.</summary>
public class ClientDisconnected(string? description = null) : BadRequest(description);

/// <summary>401: who asks is not known.</summary>
public class Unauthorized(string? description = null, params WwwAuthenticate[] wwwAuthenticate) : HttpException(401, description ??
    "The server could not verify that you are authorized to access the URL requested. You either supplied the wrong credentials (e.g. a bad password), " +
    "or your browser doesn't understand how to supply the credentials required.")
{
    /// <summary>The challenges, one <c>WWW-Authenticate</c> header each.</summary>
    public IReadOnlyList<WwwAuthenticate> WwwAuthenticate { get; } = wwwAuthenticate;

    /// <inheritdoc/>
    public override Headers GetHeaders()
    {
        var headers = base.GetHeaders();
        foreach (var challenge in WwwAuthenticate) headers.Add("WWW-Authenticate", challenge.ToString());
        return headers;
    }
}

/// <summary>403: who asks is known and may not.</summary>
public class Forbidden(string? description = null) : HttpException(403, description ??
    "You don't have the permission to access the requested resource. It is either read-protected or not readable by the server.");

/// <summary>404: there is nothing at this URL.</summary>
public class NotFound(string? description = null) : HttpException(404, description ??
    "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.");

/// <summary>405: the URL exists, but not for this method.</summary>
public class MethodNotAllowed(IEnumerable<string>? validMethods = null, string? description = null)
    : HttpException(405, description ?? "The method is not allowed for the requested URL.")
{
    /// <summary>The methods that are allowed, sent as the <c>Allow</c> header unless there are none.</summary>
    public IReadOnlyList<string> ValidMethods { get; } = validMethods?.ToArray() ?? [];

    /// <inheritdoc/>
    public override Headers GetHeaders()
    {
        var headers = base.GetHeaders();
        if (ValidMethods.Count > 0) headers.Add("Allow", string.Join(", ", ValidMethods));
        return headers;
    }
}

/// <summary>406: nothing the client accepts can be made.</summary>
public class NotAcceptable(string? description = null) : HttpException(406, description ??
    "The resource identified by the request is only capable of generating response entities which have content characteristics not acceptable according to " +
    "the accept headers sent in the request.");

/// <summary>408: the request took too long to arrive.</summary>
public class RequestTimeout(string? description = null) : HttpException(408, description ??
    "The server closed the network connection because the browser didn't finish the request within the specified time.");

/// <summary>409: the request contradicts the state on the server.</summary>
public class Conflict(string? description = null) : HttpException(409, description ??
    "A conflict happened while processing the request. The resource might have been modified while the request was being processed.");

/// <summary>410: it was here once and will not come back.</summary>
public class Gone(string? description = null) : HttpException(410, description ??
    "The requested URL is no longer available on this server and there is no forwarding address. If you followed a link from a foreign page, " +
    "please contact the author of this page.");

/// <summary>411: a body needs a <c>Content-Length</c> here.</summary>
public class LengthRequired(string? description = null)
    : HttpException(411, description ?? "A request with this method requires a valid <code>Content-Length</code> header.");

/// <summary>412: an <c>If-</c> header does not hold.</summary>
public class PreconditionFailed(string? description = null)
    : HttpException(412, description ?? "The precondition on the request for the URL failed positive evaluation.");

/// <summary>413: the body, a form field or the number of parts is over its limit.</summary>
public class RequestEntityTooLarge(string? description = null)
    : HttpException(413, description ?? "The data value transmitted exceeds the capacity limit.");

/// <summary>414: the URL is too long.</summary>
public class RequestUriTooLarge(string? description = null) : HttpException(414, description ??
    "The length of the requested URL exceeds the capacity limit for this server. The request cannot be processed.");

/// <summary>415: the body is of a type the view does not read.</summary>
public class UnsupportedMediaType(string? description = null)
    : HttpException(415, description ?? "The server does not support the media type transmitted in the request.");

/// <summary>416: the part of the file that was asked for does not exist.</summary>
public class RequestedRangeNotSatisfiable(long? length = null, string units = "bytes", string? description = null)
    : HttpException(416, description ?? "The server cannot provide the requested range.")
{
    /// <summary>Length of the whole in <see cref="Units"/>; when known, a <c>Content-Range</c> header tells it.</summary>
    public long? Length { get; } = length;

    /// <summary>What <see cref="Length"/> counts.</summary>
    public string Units { get; } = units;

    /// <inheritdoc/>
    public override Headers GetHeaders()
    {
        var headers = base.GetHeaders();
        if (Length is { } length) headers.Add("Content-Range", string.Create(CultureInfo.InvariantCulture, $"{Units} */{length}"));
        return headers;
    }
}

/// <summary>417: an <c>Expect</c> header cannot be met.</summary>
public class ExpectationFailed(string? description = null)
    : HttpException(417, description ?? "The server could not meet the requirements of the Expect header");

/// <summary>418: RFC 2324.</summary>
public class ImATeapot(string? description = null) : HttpException(418, description ?? "This server is a teapot, not a coffee machine");

/// <summary>421: the request reached a server that does not answer for its host.</summary>
public class MisdirectedRequest(string? description = null) : HttpException(421, description ?? "The server is not able to produce a response.");

/// <summary>422: well formed, but it makes no sense.</summary>
public class UnprocessableEntity(string? description = null) : HttpException(422, description ??
    "The request was well-formed but was unable to be followed due to semantic errors.");

/// <summary>423: someone holds a lock.</summary>
public class Locked(string? description = null) : HttpException(423, description ?? "The resource that is being accessed is locked.");

/// <summary>424: something this request depends on failed.</summary>
public class FailedDependency(string? description = null) : HttpException(424, description ??
    "The method could not be performed on the resource because the requested action depended on another action and that action failed.");

/// <summary>428: send <c>If-Match</c> or <c>If-Unmodified-Since</c>.</summary>
public class PreconditionRequired(string? description = null) : HttpException(428, description ??
    "This request is required to be conditional; try using \"If-Match\" or \"If-Unmodified-Since\".");

/// <summary>An error that may say when to come back.</summary>
public abstract class RetryLater(int code, string description, TimeSpan? retryAfter) : HttpException(code, description)
{
    /// <summary>How long to wait, sent as <c>Retry-After</c> in whole seconds. Ignored when <see cref="RetryAt"/> is set.</summary>
    public TimeSpan? RetryAfter { get; init; } = retryAfter;

    /// <summary>When to come back, sent as a date in <c>Retry-After</c>.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <inheritdoc/>
    public override Headers GetHeaders()
    {
        var headers = base.GetHeaders();
        if (RetryAt is { } date) headers.Add("Retry-After", HttpDate.Format(date));
        else if (RetryAfter is { TotalSeconds: >= 1 } wait) headers.Add("Retry-After", ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        return headers;
    }
}

/// <summary>429: a rate limit was passed.</summary>
public class TooManyRequests(string? description = null, TimeSpan? retryAfter = null)
    : RetryLater(429, description ?? "This user has exceeded an allotted request count. Try again later.", retryAfter);

/// <summary>431: the headers are too large.</summary>
public class RequestHeaderFieldsTooLarge(string? description = null)
    : HttpException(431, description ?? "One or more header fields exceeds the maximum size.");

/// <summary>451: a court said no.</summary>
public class UnavailableForLegalReasons(string? description = null) : HttpException(451, description ?? "Unavailable for legal reasons.");

/// <summary>500: the app failed.</summary>
public class InternalServerError(string? description = null, Exception? originalException = null) : HttpException(500, description ??
    "The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error " +
    "in the application.")
{
    /// <summary>What was thrown, for error handlers; never shown on the page.</summary>
    public Exception? OriginalException { get; } = originalException;
}

/// <summary>501: the server cannot do this at all.</summary>
public class NotImplemented(string? description = null)
    : HttpException(501, description ?? "The server does not support the action requested by the browser.");

/// <summary>502: an upstream server answered nonsense.</summary>
public class BadGateway(string? description = null)
    : HttpException(502, description ?? "The proxy server received an invalid response from an upstream server.");

/// <summary>503: not now.</summary>
public class ServiceUnavailable(string? description = null, TimeSpan? retryAfter = null) : RetryLater(503, description ??
    "The server is temporarily unable to service your request due to maintenance downtime or capacity problems. Please try again later.", retryAfter);

/// <summary>504: an upstream server did not answer.</summary>
public class GatewayTimeout(string? description = null) : HttpException(504, description ?? "The connection to an upstream server timed out.");

/// <summary>505: the HTTP version is not spoken here.</summary>
public class HttpVersionNotSupported(string? description = null)
    : HttpException(505, description ?? "The server does not support the HTTP protocol version used in the request.");

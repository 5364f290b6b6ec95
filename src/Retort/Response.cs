using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Retort.Http;
using Retort.Jinja;
using Retort.Templating;

namespace Retort;

/// <summary>
/// What is sent back: status, headers and body. Text, bytes, rendered templates and tuples of a body with a status convert to it by themselves, so that a view
/// that returns different kinds declares <see cref="Response"/>. Source: flask.Response.
/// </summary>
public sealed partial class Response
{
    private const string HtmlType = "text/html; charset=utf-8";
    // Kept apart from the other headers, so that a response with no header but this one needs no list of them.
    private string? _contentType = HtmlType;
    private Headers? _headers;
    private Body _body = Body.Empty;
    private List<Action>? _onClose;
    private string? _reason;

    /// <summary>Makes an empty response: 200, <c>text/html; charset=utf-8</c>.</summary>
    public Response()
    {
    }

    /// <summary>Makes a response with text.</summary>
    /// <param name="text">The body, sent as UTF-8.</param>
    /// <param name="status">The status code.</param>
    /// <param name="mimeType">The type without parameters; a charset is added to text types. Default <c>text/html</c>.</param>
    /// <param name="contentType">The whole Content-Type, instead of <paramref name="mimeType"/>.</param>
    public Response(string text, int status = 200, string? mimeType = null, string? contentType = null)
        : this(new TextBody(text, Encoding.UTF8), status, mimeType, contentType)
    {
    }

    /// <summary>Makes a response with bytes. The other parameters are those of the text constructor.</summary>
    public Response(ReadOnlyMemory<byte> bytes, int status = 200, string? mimeType = null, string? contentType = null)
        : this(new BytesBody(bytes), status, mimeType, contentType)
    {
    }

    /// <summary>Makes a response that sends a stream to its end and closes it.</summary>
    public Response(Stream stream, int status = 200, string? mimeType = null, string? contentType = null)
        : this(new StreamBody(stream, stream.CanSeek ? stream.Length - stream.Position : null), status, mimeType, contentType)
    {
    }

    /// <summary>Makes a response that sends pieces of text as they are made. The request's context is kept meanwhile.</summary>
    public Response(IEnumerable<string> pieces, int status = 200, string? mimeType = null, string? contentType = null)
        : this(SequenceBody.Of(pieces), status, mimeType, contentType)
    {
    }

    /// <inheritdoc cref="Response(IEnumerable{string}, int, string?, string?)"/>
    public Response(IAsyncEnumerable<string> pieces, int status = 200, string? mimeType = null, string? contentType = null)
        : this(SequenceBody.Of(pieces), status, mimeType, contentType)
    {
    }

    internal Response(Body body, int status = 200, string? mimeType = null, string? contentType = null)
    {
        _body = body;
        StatusCode = status;
        ContentType = contentType ?? (mimeType is null ? HtmlType : MimeTypes.WithCharset(mimeType));
    }

    /// <summary>The status as a number. Default 200.</summary>
    public int StatusCode
    {
        get;
        set
        {
            field = value;
            _reason = null;
        }
    } = 200;

    /// <summary>The status as text, <c>404 NOT FOUND</c>. May be set as <c>"418 I'M A TEAPOT"</c>; throws <see cref="FormatException"/> when it does not begin with a number.</summary>
    public string Status
    {
        get => $"{StatusCode} {_reason ?? StatusLine.For(StatusCode)}";
        set
        {
            var (code, reason) = StatusLine.Parse(value);
            StatusCode = code;
            _reason = reason;
        }
    }

    /// <summary>The headers. Values may not hold line breaks.</summary>
    public Headers Headers
    {
        get
        {
            if (_headers is null)
            {
                _headers = [];
                SetOrRemove("Content-Type", _contentType);
            }
            return _headers;
        }
    }

    /// <summary>The Content-Type header, or null for none.</summary>
    public string? ContentType
    {
        get => _headers is null ? _contentType : _headers.Get("Content-Type");
        set
        {
            _contentType = value;
            if (_headers is not null)
                SetOrRemove("Content-Type", value);
        }
    }

    /// <summary>The type without its parameters, lower case. Setting it adds a charset to text types.</summary>
    public string? MimeType
    {
        get => ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        set => ContentType = value is null ? null : MimeTypes.WithCharset(value);
    }

    /// <summary>The length of the body in bytes as the header says it or, when that is not set, as it is; null when it is streamed.</summary>
    public long? ContentLength
    {
        get => _headers?.Get("Content-Length") is { } set ? PlainInteger.Parse(set) : _body.Length;
        set => SetOrRemove("Content-Length", value?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Whether the body is made while it is sent.</summary>
    public bool IsStreamed => _body.IsStreamed;

    /// <summary>The Location header.</summary>
    public string? Location
    {
        get => Headers.Get("Location");
        set => SetOrRemove("Location", value);
    }

    /// <summary>
    /// The body as bytes. Reading a streamed body runs it to its end, which blocks when it waits for something: await <see cref="GetDataAsync"/> there.
    /// </summary>
    [SuppressMessage("Performance", "CA1819", Justification = "Flask's response.data is the bytes themselves.")]
    public byte[] Data
    {
        get => GetDataAsync().AsTask().GetAwaiter().GetResult().ToArray();
        set => _body = new BytesBody(value);
    }

    /// <summary>The body as text (UTF-8). Setting it replaces the body.</summary>
    public string Text
    {
        get => Encoding.UTF8.GetString(Data);
        set => _body = new TextBody(value, Encoding.UTF8);
    }

    /// <summary>Whether the body says it is JSON: <c>application/json</c> or <c>application/*+json</c>.</summary>
    public bool IsJson => MimeType is { } type && MimeTypes.IsJson(type);

    /// <summary>The body read as JSON: dictionaries, lists, text, numbers, truth values and null; null when it is of another type. Source: werkzeug.Response.get_json.</summary>
    /// <param name="force">Whether a body of another type is read as JSON too.</param>
    /// <param name="silent">Whether to return null for a body that does not parse, instead of throwing <see cref="System.Text.Json.JsonException"/>.</param>
    public object? GetJson(bool force = false, bool silent = false)
    {
        if (!force && !IsJson)
            return null;
        try
        {
            return (Context.Current?.App.Json ?? new Json.JsonProvider()).Loads(Data);
        }
        catch (System.Text.Json.JsonException) when (silent)
        {
            return null;
        }
    }

    /// <summary>The body read as JSON, or null when it is of another type.</summary>
    public object? Json => GetJson();

    /// <summary>Whether the body is in memory and can be read any number of times.</summary>
    public bool IsSequence => !_body.IsStreamed && !_body.HoldsResources;

    /// <summary>Reads a streamed body into memory, so that it can be read and sent again.</summary>
    public async ValueTask MakeSequence()
    {
        if (IsSequence)
            return;
        var data = await _body.Read();
        await _body.Close();
        _body = new BytesBody(data);
    }

    /// <summary>Makes the response whole: the body in memory, with its length and an entity tag; for caches. Source: werkzeug.Response.freeze.</summary>
    public async ValueTask Freeze()
    {
        await MakeSequence();
        ContentLength = _body.Length;
        AddETag();
    }

    /// <summary>The body in the pieces it is sent in. A streamed body can be read once.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> IterEncoded()
    {
        if (_body is SequenceBody sequence)
        {
            await foreach (var piece in sequence.Pieces)
                yield return piece;
            yield break;
        }
        yield return await GetDataAsync();
    }

    /// <summary>The body as bytes; a streamed body is read to its end and kept.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> GetDataAsync()
    {
        if (_body.IsStreamed)
            await MakeSequence();
        return await _body.Read();
    }

    /// <summary>Sets a cookie. The parameters and their defaults are those of <see cref="SetCookie"/>; a value of null is empty. Source: flask.Response.set_cookie; RFC 6265.</summary>
    public void SetCookie(string name, string value = "", TimeSpan? maxAge = null, DateTimeOffset? expires = null, string? path = "/", string? domain = null,
        bool secure = false, bool httpOnly = false, string? sameSite = null, bool partitioned = false) =>
        Headers.Add("Set-Cookie", new SetCookie(name, value)
        {
            MaxAge = maxAge,
            Expires = expires,
            Path = path,
            Domain = domain,
            Secure = secure,
            HttpOnly = httpOnly,
            SameSite = sameSite,
            Partitioned = partitioned,
        }.ToString());

    /// <summary>Asks the browser to forget a cookie. Path and domain must be those it was set with.</summary>
    public void DeleteCookie(string name, string? path = "/", string? domain = null, bool secure = false, bool httpOnly = false, string? sameSite = null, bool partitioned = false) =>
        SetCookie(name, "", TimeSpan.Zero, DateTimeOffset.UnixEpoch, path, domain, secure, httpOnly, sameSite, partitioned);

    /// <summary>Runs something after the response was sent, also when sending failed.</summary>
    public void CallOnClose(Action action) => (_onClose ??= []).Add(action);

    /// <summary>Text is a response with status 200.</summary>
    public static implicit operator Response(string text) => new(text);

    /// <summary>Bytes are a response with status 200.</summary>
    public static implicit operator Response(byte[] bytes) => new(bytes);

    /// <summary>A rendered template is a response with status 200.</summary>
    public static implicit operator Response(RenderedTemplate page) => new(new BytesBody(page.Utf8));

    /// <summary>Markup is a response with status 200.</summary>
    public static implicit operator Response(Markup html) => new(html.ToString());

    /// <summary>A body with a status.</summary>
    public static implicit operator Response((string Text, int Status) pair) => new(pair.Text, pair.Status);

    /// <summary>A rendered template with a status.</summary>
    public static implicit operator Response((RenderedTemplate Page, int Status) pair) => With(pair.Page, pair.Status);

    /// <summary>A response with another status.</summary>
    public static implicit operator Response((Response Response, int Status) pair) => With(pair.Response, pair.Status);

    /// <summary>Anything a view may return, with a status. Objects become JSON.</summary>
    public static implicit operator Response((object Body, int Status) pair) => Responses.Make(Context.Require("a response made from an object"), pair);

    /// <summary>Whether nothing has to be done once it is written.</summary>
    internal bool HoldsNothing => _onClose is null && !_body.HoldsResources;

    /// <summary>Writes status, headers and body, and closes the body whatever happens.</summary>
    internal Task Write(HttpContext http) => HoldsNothing ? WriteAll(http) : WriteAndClose(http);

    private async Task WriteAndClose(HttpContext http)
    {
        try
        {
            await WriteAll(http);
        }
        finally
        {
            await Close();
        }
    }

    private Task WriteAll(HttpContext http)
    {
        WriteHead(http.Response);
        return (MayHaveBody(StatusCode) || _body.Upgrades) && !HttpMethods.IsHead(http.Request.Method) ? _body.Write(http.Response, http.RequestAborted) : Task.CompletedTask;
    }

    internal async ValueTask Close()
    {
        await _body.Close();
        foreach (var action in _onClose ?? [])
            action();
    }

    /// <summary>Keeps the context set while a streamed body is made, which happens after the view has returned.</summary>
    internal Body Content
    {
        get => _body;
        set => _body = value;
    }

    private static Response With(Response response, int status)
    {
        response.StatusCode = status;
        return response;
    }

    private static bool MayHaveBody(int status) => status is not (204 or 304) && status >= 200;

    private void WriteHead(HttpResponse response)
    {
        // A 304 speaks of what the browser has, not of a body.
        if (StatusCode == 304)
            Conditional.RemoveEntityHeaders(Headers);
        if (!_body.Upgrades)
            response.StatusCode = StatusCode;
        if (_reason is not null)
            response.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseFeature>()!.ReasonPhrase = _reason;
        if (MayHaveBody(StatusCode))
            response.ContentLength = _body.Length;
        if (_headers is null)
        {
            response.ContentType = _contentType;
            return;
        }
        foreach (var (name, value) in _headers)
        {
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                response.ContentLength = long.Parse(value, CultureInfo.InvariantCulture);
            else
                response.Headers.Append(name, value);
        }
    }

    private void SetOrRemove(string name, string? value)
    {
        if (value is null)
            Headers.Remove(name);
        else
            Headers[name] = value;
    }
}

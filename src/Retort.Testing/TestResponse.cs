using System.Text;
using System.Text.Json;
using Retort.Http;
using Retort.Json;

namespace Retort.Testing;

/// <summary>What the app answered, read to its end. Source: werkzeug.test.TestResponse.</summary>
public sealed partial class TestResponse
{
    private readonly JsonProvider _json;
    private readonly Context? _context;

    internal TestResponse(int statusCode, Headers headers, byte[] data, string method, string path, IReadOnlyList<TestResponse> history, JsonProvider json, Context? context)
    {
        StatusCode = statusCode;
        Headers = headers;
        Data = data;
        Method = method;
        Path = path;
        History = history;
        _json = json;
        _context = context;
    }

    /// <summary>The status code.</summary>
    public int StatusCode { get; }

    /// <summary>The headers.</summary>
    public Headers Headers { get; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The method of the request; after a redirect, that of the last one.</summary>
    public string Method { get; }

    /// <summary>The path and query that were asked for; after a redirect, those of the last request.</summary>
    public string Path { get; }

    /// <summary>The redirects that were followed to get here, in order.</summary>
    public IReadOnlyList<TestResponse> History { get; }

    /// <summary>
    /// The request's context as the view left it: its session, <c>G</c> and request can be looked at after the answer. Null when something in front of the app answered.
    /// Source: the <c>with client:</c> block of flask.testing.FlaskClient.
    /// </summary>
    public Context? Context => _context;

    /// <summary>Makes that context the current one, so that <c>Globals.Session</c> and the like mean it: <c>using (response.EnterContext()) { ... }</c>. Teardown functions do not run again.</summary>
    /// <exception cref="InvalidOperationException">Something in front of the app answered.</exception>
    public IDisposable EnterContext() => _context?.Reopen() ?? throw new InvalidOperationException("the request never came to the app: middleware answered it, so that it has no context.");

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Data.Span);

    /// <summary>The Content-Type header, or null.</summary>
    public string? ContentType => Headers.Get("Content-Type");

    /// <summary>The type without parameters, or null.</summary>
    public string? MimeType => ContentType?.Split(';')[0].Trim();

    /// <summary>The Location header, or null.</summary>
    public string? Location => Headers.Get("Location");

    /// <summary>The body read as JSON: dictionaries, lists and plain values. Throws <see cref="JsonException"/> when it is not JSON.</summary>
    public object? Json => _json.Loads(Data.Span);

    /// <summary>The body read as JSON into a type. Throws <see cref="JsonException"/> when it does not fit.</summary>
    public T? GetJson<T>() => _json.Loads<T>(Data.Span);

    /// <inheritdoc/>
    public override string ToString() => $"<{StatusCode} {HttpStatus.Reason(StatusCode)}, {Data.Length} bytes of {ContentType ?? "no type"}>";
}

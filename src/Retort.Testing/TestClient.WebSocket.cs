using Microsoft.AspNetCore.Http.Features;
using Retort.Http;

namespace Retort.Testing;

/// <content>WebSockets in memory.</content>
public sealed partial class TestClient
{
    /// <summary>Opens a WebSocket. Throws <see cref="InvalidOperationException"/> when the app refuses the handshake, with its answer.</summary>
    /// <param name="path">A path with or without a query.</param>
    /// <param name="headers">Headers: a dictionary, or an object whose properties' underscores become dashes.</param>
    /// <param name="subprotocols">The subprotocols the client offers.</param>
    public async Task<TestWebSocket> WebSocket(string path, object? headers = null, params string[] subprotocols)
    {
        var request = TestRequest.Make(_app, path, headers: headers);
        var http = request.ToHttpContext(_app, BaseUrl, _useCookies ? _jar.HeaderFor(BaseUrl.Host, new Uri(BaseUrl, request.Target).AbsolutePath) : null, RemoteAddress);
        http.Request.Headers.Upgrade = "websocket";
        http.Request.Headers.Connection = "Upgrade";
        if (subprotocols.Length > 0)
            http.Request.Headers.SecWebSocketProtocol = string.Join(", ", subprotocols);
        var handshake = new WebSocketHandshake();
        http.Features.Set<IHttpWebSocketFeature>(handshake);
        using var body = new MemoryStream();
        var response = new TestResponseFeature(body);
        http.Features.Set<IHttpResponseFeature>(response);
        http.Features.Set<IHttpResponseBodyFeature>(response);
        var completion = Answer();
        await Task.WhenAny(handshake.Accepted, completion);
        var answered = new Headers(http.Response.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? ""))));
        if (_useCookies)
            TakeCookies(answered, BaseUrl.Host);
        if (!handshake.Accepted.IsCompleted)
        {
            await completion;
            throw new InvalidOperationException($"the WebSocket {path} was refused: {http.Response.StatusCode} {System.Text.Encoding.UTF8.GetString(body.ToArray())}");
        }
        return new TestWebSocket(new WebSocket(await handshake.Accepted, long.MaxValue, () => _app.Json.ReadOptions, CancellationToken.None), answered, completion);

        async Task Answer()
        {
            try
            {
                await _app.Handle(http);
                if (!handshake.Accepted.IsCompleted)
                    await response.CompleteAsync();
            }
            finally
            {
                await response.End();
            }
        }
    }
}

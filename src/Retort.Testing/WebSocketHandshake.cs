using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Retort.Testing;

/// <summary>A handshake without a network: accepting it joins two WebSockets by a pair of pipes.</summary>
internal sealed class WebSocketHandshake : IHttpWebSocketFeature
{
    private readonly TaskCompletionSource<System.Net.WebSockets.WebSocket> _client = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The client's side, once the app has accepted.</summary>
    public Task<System.Net.WebSockets.WebSocket> Accepted => _client.Task;

    public bool IsWebSocketRequest => true;

    public Task<System.Net.WebSockets.WebSocket> AcceptAsync(WebSocketAcceptContext context)
    {
        var (up, down) = (new Pipe(), new Pipe());
        _client.SetResult(Make(new DuplexStream(down.Reader, up.Writer), isServer: false, context.SubProtocol));
        return Task.FromResult(Make(new DuplexStream(up.Reader, down.Writer), isServer: true, context.SubProtocol));
    }

    private static System.Net.WebSockets.WebSocket Make(Stream stream, bool isServer, string? subprotocol) =>
        System.Net.WebSockets.WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = isServer, SubProtocol = subprotocol });
}

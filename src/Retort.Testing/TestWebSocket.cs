using Retort.Http;

namespace Retort.Testing;

/// <summary>The client's side of a WebSocket in memory. Dispose it, or wait for <see cref="Completion"/>, so that the view has ended.</summary>
/// <example><code>
/// await using var socket = await client.WebSocket("/echo");
/// await socket.Send("hello");
/// Assert.Equal("hello", await socket.Receive());
/// </code></example>
public sealed class TestWebSocket : IAsyncDisposable
{
    private readonly WebSocket _socket;

    internal TestWebSocket(WebSocket socket, Headers headers, Task completion)
    {
        _socket = socket;
        Headers = headers;
        Completion = completion;
    }

    /// <summary>The headers of the handshake's answer.</summary>
    public Headers Headers { get; }

    /// <summary>Ends when the view has ended.</summary>
    public Task Completion { get; }

    /// <summary>The subprotocol that was agreed on, or null.</summary>
    public string? Subprotocol => _socket.Subprotocol;

    /// <summary>The code the app closed with, or null.</summary>
    public int? CloseCode => _socket.CloseCode;

    /// <summary>The reason the app closed with, or null.</summary>
    public string? CloseReason => _socket.CloseReason;

    /// <summary>Sends text.</summary>
    public Task Send(string text) => _socket.Send(text);

    /// <summary>Sends bytes.</summary>
    public Task Send(ReadOnlyMemory<byte> bytes) => _socket.Send(bytes);

    /// <summary>Sends a value as JSON.</summary>
    public Task SendJson<T>(T value) => _socket.SendJson(value);

    /// <summary>Waits for the next message as text; null when the app has closed.</summary>
    public Task<string?> Receive() => _socket.Receive();

    /// <summary>Waits for the next message as bytes; null when the app has closed.</summary>
    public Task<byte[]?> ReceiveBytes() => _socket.ReceiveBytes();

    /// <summary>Waits for the next message and reads it as JSON.</summary>
    public Task<T?> ReceiveJson<T>() => _socket.ReceiveJson<T>();

    /// <summary>Closes the connection and waits for the view to end.</summary>
    public async Task Close(int code = 1000, string? reason = null)
    {
        await _socket.Close(code, reason);
        await Completion;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Close();
        _socket.Dispose();
    }
}

using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Retort;

/// <summary>
/// The connection of a WebSocket view: messages in and out until one side closes it. Sending may be done from several tasks at once, receiving from one.
/// Source: RFC 6455; the calls follow Flask-Sock's <c>receive</c>, <c>send</c> and <c>close</c>.
/// </summary>
/// <example><code>
/// app.WebSocket("/echo", async socket =>
/// {
///     while (await socket.Receive() is { } text)
///         await socket.Send(text);
/// });
/// </code></example>
public sealed class WebSocket : IDisposable
{
    private const int NormalClosure = 1000;
    private const int LongestReason = 123;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private readonly System.Net.WebSockets.WebSocket _socket;
    private readonly long _maxMessageSize;
    private readonly CancellationToken _aborted;
    private readonly Func<JsonSerializerOptions> _jsonOptions;
    private readonly SemaphoreSlim _sending = new(1, 1);

    internal WebSocket(System.Net.WebSockets.WebSocket socket, long maxMessageSize, Func<JsonSerializerOptions> jsonOptions, CancellationToken aborted)
    {
        _socket = socket;
        _maxMessageSize = maxMessageSize;
        _jsonOptions = jsonOptions;
        _aborted = aborted;
    }

    /// <summary>The subprotocol that was agreed on, or null.</summary>
    public string? Subprotocol => _socket.SubProtocol;

    /// <summary>Whether messages can still be sent.</summary>
    public bool IsOpen => _socket.State is WebSocketState.Open or WebSocketState.CloseReceived;

    /// <summary>The code the other side closed with, or null. 1000 is a normal end. Source: RFC 6455, 7.4.1.</summary>
    public int? CloseCode => _socket.CloseStatus is { } status ? (int)status : null;

    /// <summary>The reason the other side closed with, or null.</summary>
    public string? CloseReason => _socket.CloseStatusDescription;

    /// <summary>Waits for the next message as text; null when the other side has closed or is gone. Bytes are read as UTF-8.</summary>
    /// <param name="cancel">Gives up waiting, which ends the connection.</param>
    public async Task<string?> Receive(CancellationToken cancel = default) => await ReceiveMessage(cancel) is { } message ? message.Text : null;

    /// <summary>Waits for the next message as bytes; null when the other side has closed or is gone.</summary>
    /// <param name="cancel">Gives up waiting, which ends the connection.</param>
    public async Task<byte[]?> ReceiveBytes(CancellationToken cancel = default) => await ReceiveMessage(cancel) is { } message ? message.Bytes.ToArray() : null;

    /// <summary>Waits for the next message and reads it as JSON; null when the other side has closed. Throws <see cref="JsonException"/> for what is none.</summary>
    /// <param name="cancel">Gives up waiting, which ends the connection.</param>
    public async Task<T?> ReceiveJson<T>(CancellationToken cancel = default) =>
        await ReceiveMessage(cancel) is { } message ? JsonSerializer.Deserialize<T>(message.Bytes.Span, _jsonOptions()) : default;

    /// <summary>The messages until the other side closes: <c>await foreach (var text in socket.ReadAll())</c>.</summary>
    /// <param name="cancel">Gives up waiting, which ends the connection.</param>
    public async IAsyncEnumerable<string> ReadAll([EnumeratorCancellation] CancellationToken cancel = default)
    {
        while (await Receive(cancel) is { } text)
            yield return text;
    }

    /// <summary>Waits for the next message, text or bytes; null when the other side has closed or is gone. One that is larger than WEBSOCKET_MAX_MESSAGE_SIZE, or is no UTF-8 where it says it is text, closes the connection.</summary>
    /// <param name="cancel">Gives up waiting, which ends the connection.</param>
    public async Task<WebSocketMessage?> ReceiveMessage(CancellationToken cancel = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _aborted);
        var message = new ArrayBufferWriter<byte>(1024);
        try
        {
            while (_socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            {
                var part = await _socket.ReceiveAsync(message.GetMemory(1024), either.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                    break;
                message.Advance(part.Count);
                if (message.WrittenCount > _maxMessageSize)
                    return await Refuse(WebSocketCloseStatus.MessageTooBig, $"a message may have {_maxMessageSize} bytes");
                if (part.EndOfMessage)
                    return part.MessageType == WebSocketMessageType.Binary || IsText(message.WrittenSpan)
                        ? new WebSocketMessage(message.WrittenMemory, part.MessageType == WebSocketMessageType.Text)
                        : await Refuse(WebSocketCloseStatus.InvalidPayloadData, "the text is no UTF-8");
            }
        }
        catch (Exception error) when (IsGone(error) && !cancel.IsCancellationRequested)
        {
            // The other side left without a word: nothing more will come.
        }
        return null;
    }

    /// <summary>Sends text. Throws <see cref="WebSocketException"/> when the connection is closed.</summary>
    /// <param name="text">The message.</param>
    /// <param name="cancel">Gives up, which ends the connection.</param>
    public Task Send(string text, CancellationToken cancel = default) => Send(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, cancel);

    /// <summary>Sends bytes. Throws <see cref="WebSocketException"/> when the connection is closed.</summary>
    /// <param name="bytes">The message.</param>
    /// <param name="cancel">Gives up, which ends the connection.</param>
    public Task Send(ReadOnlyMemory<byte> bytes, CancellationToken cancel = default) => Send(bytes, WebSocketMessageType.Binary, cancel);

    /// <summary>Sends a value as JSON text. Throws <see cref="WebSocketException"/> when the connection is closed.</summary>
    /// <param name="value">The value.</param>
    /// <param name="cancel">Gives up, which ends the connection.</param>
    public Task SendJson<T>(T value, CancellationToken cancel = default) => Send(JsonSerializer.SerializeToUtf8Bytes(value, _jsonOptions()), WebSocketMessageType.Text, cancel);

    /// <summary>Closes the connection; does nothing when it is closed already. The end of the view does it too.</summary>
    /// <param name="code">Why: 1000 is a normal end. Source: RFC 6455, 7.4.1.</param>
    /// <param name="reason">More of it; at most 123 bytes of UTF-8 are sent.</param>
    public async Task Close(int code = NormalClosure, string? reason = null)
    {
        await _sending.WaitAsync(CancellationToken.None);
        try
        {
            if (IsOpen)
                await _socket.CloseOutputAsync((WebSocketCloseStatus)code, Cut(reason), _aborted);
        }
        catch (Exception error) when (IsGone(error))
        {
            // It is closed: that is all that was asked for.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    /// <summary>Whether an error only says that the other side is not there any more.</summary>
    internal static bool IsGone(Exception error) => error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;

    private async Task Send(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _aborted);
        await _sending.WaitAsync(either.Token);
        try
        {
            await _socket.SendAsync(bytes, type, endOfMessage: true, either.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<WebSocketMessage?> Refuse(WebSocketCloseStatus status, string reason)
    {
        await Close((int)status, reason);
        return null;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        try
        {
            StrictUtf8.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static string? Cut(string? reason)
    {
        while (reason is not null && Encoding.UTF8.GetByteCount(reason) > LongestReason)
            reason = reason[..^1];
        return reason;
    }
}

/// <summary>A message of a WebSocket.</summary>
/// <param name="Bytes">The message as it came.</param>
/// <param name="IsText">Whether it came as text and not as bytes.</param>
public sealed record WebSocketMessage(ReadOnlyMemory<byte> Bytes, bool IsText)
{
    /// <summary>The message as text, read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Retort.Configuration;
using Retort.Hosting;
using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort.Views;

/// <summary>
/// A WebSocket view. Its answer is the handshake's; the view itself runs while that is written, so that the functions before a request may refuse it, those after it
/// may add headers, and the context ends with the connection.
/// </summary>
internal sealed class WebSocketCall(Call view) : Call
{
    private const long DefaultMaxMessageSize = 1024 * 1024;
    private const int InternalError = 1011;

    public override ValueTask<Outcome> Invoke(Context context)
    {
        if (!WebSocketOrigins.Allow(context.Http.Request, Origins(context.App.Config)))
            throw new Forbidden($"WebSockets from '{context.Http.Request.Headers.Origin}' are not accepted.");
        return new ValueTask<Outcome>(Outcome.Of(new Response(new UpgradeBody(http => Run(context, http)), StatusCodes.Status101SwitchingProtocols) { ContentType = null }));
    }

    private async Task Run(Context context, HttpContext http)
    {
        var config = context.App.Config;
        var accept = new WebSocketAcceptContext
        {
            SubProtocol = Subprotocol(config, http),
            KeepAliveInterval = config.Get<TimeSpan?>("WEBSOCKET_PING_INTERVAL"),
        };
        using var socket = new WebSocket(
            await http.WebSockets.AcceptWebSocketAsync(accept), config.Get("WEBSOCKET_MAX_MESSAGE_SIZE", DefaultMaxMessageSize), () => context.App.Json.ReadOptions, http.RequestAborted);
        context.Socket = socket;
        try
        {
            await view.Invoke(context);
            await socket.Close();
        }
        catch (Exception error) when (WebSocket.IsGone(error) && (!socket.IsOpen || http.RequestAborted.IsCancellationRequested))
        {
            // The browser left in the middle of a message: the usual end of a WebSocket.
        }
        catch (Exception error)
        {
            context.Failure = error;
            context.App.Signals.RaiseException(context, error);
            context.App.Logger.LogError(error, "Exception on {Path} [WEBSOCKET]", AccessLog.Escape(context.Path));
            await socket.Close(InternalError);
        }
    }

    /// <summary>The first of the app's subprotocols that the client offers.</summary>
    private static string? Subprotocol(Config config, HttpContext http) =>
        Texts(config, "WEBSOCKET_SUBPROTOCOLS")?.FirstOrDefault(own => http.WebSockets.WebSocketRequestedProtocols.Contains(own));

    private static IReadOnlyCollection<string>? Origins(Config config) => Texts(config, "WEBSOCKET_ALLOWED_ORIGINS");

    private static IReadOnlyCollection<string>? Texts(Config config, string key) => config.Get<object>(key) switch
    {
        null => null,
        string one => [one],
        IEnumerable<object> several => [.. several.Select(each => each.ToString() ?? "")],
        var other => throw new ConfigError($"config['{key}'] cannot be used: the value is a {other.GetType().Name}. Set it to a list of texts."),
    };
}

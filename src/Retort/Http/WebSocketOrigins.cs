using Microsoft.AspNetCore.Http;
using Retort.Routing;

namespace Retort.Http;

/// <summary>
/// Whose pages may open a WebSocket. A browser sends the cookies of the app with a handshake from any page and no rule of CORS stops it, so by default only the app's own
/// pages may. A client that sends no Origin is no browser. Source: RFC 6455, 10.2.
/// </summary>
internal static class WebSocketOrigins
{
    /// <param name="request">The handshake.</param>
    /// <param name="allowed">Origins such as <c>https://example.com</c>, or <c>*</c> for all; null for the app's own alone.</param>
    public static bool Allow(HttpRequest request, IReadOnlyCollection<string>? allowed)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return true;
        if (allowed is not null)
            return allowed.Contains("*") || allowed.Contains(origin, StringComparer.OrdinalIgnoreCase);
        var scheme = request.Scheme is "wss" or "https" ? "https" : "http";
        return string.Equals(origin, $"{scheme}://{HostName.WithoutPort(request.Host.Value ?? "", scheme)}", StringComparison.OrdinalIgnoreCase);
    }
}

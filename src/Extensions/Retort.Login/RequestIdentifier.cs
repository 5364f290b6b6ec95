using System.Text;
using Retort.Http;
using Retort.Signing;

namespace Retort.Login;

/// <summary>Where a request came from, as the session remembers it. Source: flask_login.utils, _create_identifier.</summary>
internal static class RequestIdentifier
{
    private const string TrustsForwardedFor = "SESSION_PROTECTION_TRUSTS_FORWARDED_FOR";

    /// <summary>
    /// Anyone can write X-Forwarded-For, so that it counts only when the app says so, for the sake of sessions that Flask-Login 0.6 has made behind a proxy.
    /// </summary>
    public static string Of(Context context)
    {
        var request = context.Request;
        var forwarded = context.App.Config.Get(TrustsForwardedFor, false) ? Sent(request, "X-Forwarded-For") : null;
        return SessionIdentifier.Create(request.RemoteAddr, forwarded, Sent(request, "User-Agent"));
    }

    // The server has read the bytes as UTF-8; WSGI passes one character a byte.
    private static string? Sent(Request request, string header) =>
        request.Headers[header] is { Count: > 0 } sent ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(sent.ToString())) : null;
}

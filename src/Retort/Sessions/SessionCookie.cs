using Retort.Configuration;

namespace Retort.Sessions;

/// <summary>
/// Where and for how long the session cookie is written. Immutable; copy it with <c>with</c>. Source: Flask configuration page; flask.sessions.SessionInterface, get_cookie_name and its kin.
/// </summary>
/// <param name="Name">SESSION_COOKIE_NAME, <c>session</c>.</param>
/// <param name="Path">SESSION_COOKIE_PATH; APPLICATION_ROOT without one.</param>
/// <param name="Domain">SESSION_COOKIE_DOMAIN; null for the request's host alone.</param>
/// <param name="HttpOnly">SESSION_COOKIE_HTTPONLY, true: scripts do not see it.</param>
/// <param name="Secure">SESSION_COOKIE_SECURE, false: whether it is sent over encrypted connections alone.</param>
/// <param name="Partitioned">SESSION_COOKIE_PARTITIONED, false.</param>
/// <param name="SameSite">SESSION_COOKIE_SAMESITE: <c>Lax</c>, <c>Strict</c>, <c>None</c>, or null for the browser's own rule.</param>
/// <param name="Lifetime">PERMANENT_SESSION_LIFETIME, 31 days.</param>
/// <param name="RefreshEachRequest">SESSION_REFRESH_EACH_REQUEST, true: whether a permanent session is written again with every answer.</param>
public sealed record SessionCookie(string Name, string Path, string? Domain, bool HttpOnly, bool Secure, bool Partitioned, string? SameSite, TimeSpan Lifetime, bool RefreshEachRequest)
{
    /// <summary>What the configuration says.</summary>
    public static SessionCookie From(Config config) => new(
        config.Get("SESSION_COOKIE_NAME", "session"),
        config.Get<string>("SESSION_COOKIE_PATH") ?? config.Get("APPLICATION_ROOT", "/"),
        config.Get<string>("SESSION_COOKIE_DOMAIN"),
        config.Get("SESSION_COOKIE_HTTPONLY", true),
        config.Get("SESSION_COOKIE_SECURE", false),
        config.Get("SESSION_COOKIE_PARTITIONED", false),
        config.Get<string>("SESSION_COOKIE_SAMESITE"),
        config.Get("PERMANENT_SESSION_LIFETIME", TimeSpan.FromDays(31)),
        config.Get("SESSION_REFRESH_EACH_REQUEST", true));
}

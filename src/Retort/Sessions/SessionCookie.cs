using Retort.Configuration;

namespace Retort.Sessions;

/// <summary>Where and for how long the session cookie is written, read from the SESSION_COOKIE_ keys. Source: Flask configuration page.</summary>
internal sealed record SessionCookie(string Name, string Path, string? Domain, bool HttpOnly, bool Secure, bool Partitioned, string? SameSite, TimeSpan Lifetime, bool RefreshEachRequest)
{
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

using Retort.Configuration;
using Retort.Signing;

namespace Retort.Login;

/// <summary>The remember-me cookie: read from the request, written or cleared with the response. Source: flask_login.LoginManager, _update_remember_cookie.</summary>
internal static class RememberCookie
{
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromDays(365);

    /// <summary>The cookie as it was sent, or null.</summary>
    public static string? SentWith(Context context) => context.Request.Cookies.Get(NameIn(context.App.Config));

    /// <summary>The user id the cookie speaks of; null for one that this app's key has not made.</summary>
    public static string? UserIdOf(string cookie, Config config) =>
        // A key outside Latin-1 has never signed such a cookie: what a browser sends must not be an error then.
        config.Get<string>("SECRET_KEY") is { Length: > 0 } key && key.All(character => character <= '\xff') ? RememberToken.Decode(cookie, key) : null;

    /// <summary>Does what the request's login or logout has asked for.</summary>
    public static void Update(Context context, Response response)
    {
        var (config, session) = (context.App.Config, context.Session);
        if (config.Get("REMEMBER_COOKIE_REFRESH_EACH_REQUEST", false) && !session.ContainsKey(LoginKeys.Remember))
            session[LoginKeys.Remember] = LoginKeys.Set;
        if (!session.ContainsKey(LoginKeys.Remember))
            return;
        switch (session.Pop<string>(LoginKeys.Remember))
        {
            case LoginKeys.Set when SessionUser.IdIn(session) is { } userId:
                Set(context, response, userId);
                break;
            case LoginKeys.Clear:
                response.DeleteCookie(NameIn(config), PathIn(config), config.Get<string>("REMEMBER_COOKIE_DOMAIN"));
                break;
        }
    }

    private static string NameIn(Config config) => config.Get("REMEMBER_COOKIE_NAME", "remember_token");

    private static string PathIn(Config config) => config.Get("REMEMBER_COOKIE_PATH", "/");

    private static void Set(Context context, Response response, string userId)
    {
        var config = context.App.Config;
        response.SetCookie(NameIn(config), RememberToken.Encode(userId, config.Get("SECRET_KEY", "")),
            expires: After(DurationOf(context)), path: PathIn(config), domain: config.Get<string>("REMEMBER_COOKIE_DOMAIN"),
            // Flask-Login sets neither by default. A key that is set wins, null too.
            secure: config.Get<bool?>("REMEMBER_COOKIE_SECURE") ?? context.Request.IsSecure,
            httpOnly: config.Get("REMEMBER_COOKIE_HTTPONLY", true),
            sameSite: config.ContainsKey("REMEMBER_COOKIE_SAMESITE") ? config.Get<string>("REMEMBER_COOKIE_SAMESITE") : "Lax");
    }

    private static TimeSpan DurationOf(Context context)
    {
        if (context.Session.ContainsKey(LoginKeys.RememberSeconds))
            return Seconds(context.Session.Get(LoginKeys.RememberSeconds, double.NaN));
        return context.App.Config.Get("REMEMBER_COOKIE_DURATION", DefaultDuration);
    }

    private static TimeSpan Seconds(double seconds) => seconds switch
    {
        double.NaN => DefaultDuration,
        _ when seconds >= TimeSpan.MaxValue.TotalSeconds => TimeSpan.MaxValue,
        _ when seconds <= TimeSpan.MinValue.TotalSeconds => TimeSpan.MinValue,
        _ => TimeSpan.FromSeconds(seconds),
    };

    private static DateTimeOffset After(TimeSpan duration)
    {
        var now = DateTimeOffset.UtcNow;
        return duration > DateTimeOffset.MaxValue - now ? DateTimeOffset.MaxValue : duration < DateTimeOffset.MinValue - now ? DateTimeOffset.MinValue : now + duration;
    }
}

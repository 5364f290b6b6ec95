using System.Collections;
using System.Runtime.CompilerServices;
using Retort.Configuration;
using Retort.Signing;

namespace Retort.Forms.Csrf;

/// <summary>What an app's configuration says of tokens.</summary>
internal static class CsrfKeys
{
    private static readonly ConditionalWeakTable<App, Entry> Known = [];

    /// <summary>Makes and checks tokens under the app's key. A key that replaced another leaves pages that are open valid: SECRET_KEY_FALLBACKS are tried too.</summary>
    public static CsrfToken TokensOf(App app)
    {
        var own = app.Config.Get<object>("WTF_CSRF_SECRET_KEY");
        var key = own ?? app.SecretKey;
        var fallbacks = own is null ? app.Config.Get<object>("SECRET_KEY_FALLBACKS") : null;
        if (Known.TryGetValue(app, out var entry) && Equals(entry.Key, key) && ReferenceEquals(entry.Fallbacks, fallbacks))
            return entry.Tokens;
        var keys = Texts(fallbacks).Append(key ?? throw new ConfigError("A secret key is required to use CSRF. Set app.SecretKey, or app.Config[\"WTF_CSRF_SECRET_KEY\"].")).Select(ToKey).ToArray();
        entry = new Entry(key, fallbacks, new CsrfToken([.. keys]));
        Known.AddOrUpdate(app, entry);
        return entry.Tokens;
    }

    /// <summary>How long a token is good for: WTF_CSRF_TIME_LIMIT in seconds, an hour if it is not set; null for as long as the session.</summary>
    public static TimeSpan? TimeLimitOf(Config config) => !config.TryGetValue("WTF_CSRF_TIME_LIMIT", out var limit)
        ? TimeSpan.FromHours(1)
        : limit switch
        {
            null => null,
            TimeSpan span => span,
            IConvertible number => TimeSpan.FromSeconds(Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture)),
            _ => throw new ConfigError($"config['WTF_CSRF_TIME_LIMIT'] cannot be used: the value is a {limit.GetType().Name}. Set it to a number of seconds, or to null for none."),
        };

    private static IEnumerable<object> Texts(object? fallbacks) => fallbacks switch
    {
        null => [],
        string or byte[] => [fallbacks],
        IEnumerable several => several.Cast<object>(),
        _ => [],
    };

    private static SecretKey ToKey(object key) => key switch
    {
        string text when text.Length > 0 => text,
        byte[] bytes when bytes.Length > 0 => bytes,
        _ => throw new ConfigError("A secret key is required to use CSRF, and one that is set is empty or neither text nor bytes. Set app.SecretKey, or app.Config[\"WTF_CSRF_SECRET_KEY\"]."),
    };

    private sealed record Entry(object? Key, object? Fallbacks, CsrfToken Tokens);
}

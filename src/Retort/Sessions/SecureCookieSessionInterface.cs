using Retort.Configuration;
using Retort.Http;
using Retort.Signing;

namespace Retort.Sessions;

/// <summary>
/// Keeps the session in a signed cookie, byte for byte as Flask does: the salt <c>cookie-session</c>, HMAC-SHA1, tagged JSON, compressed where that is shorter.
/// A session written by Flask with the same key is read here, and the other way round. Source: flask.sessions.SecureCookieSessionInterface.
/// </summary>
public class SecureCookieSessionInterface : SessionInterface
{
    private const string Salt = "cookie-session";
    private readonly ConfigSnapshot<Signing> _signing;

    /// <summary>Makes the interface.</summary>
    public SecureCookieSessionInterface()
    {
        Tags.Register(new MarkupTag(), index: 3);
        _signing = new ConfigSnapshot<Signing>(config => new Signing(MakeSerializer(config), CookieFor(config)));
    }

    /// <summary>How values are written: register tags for types of your own.</summary>
    public TaggedJson Tags { get; } = new();

    /// <inheritdoc/>
    public override Session? OpenSession(Config config, Request request)
    {
        var (serializer, cookie) = _signing.Of(config);
        if (serializer is null)
            return null;
        var token = CookieHeader.Find(request.CookieText, cookie.Name);
        if (string.IsNullOrEmpty(token))
            return MakeSession(null);
        // A forged, cut or expired cookie is simply a new session. One that our key has signed but that holds something else is a mistake in an app, and shown as one.
        var loaded = serializer.TryLoads(token, cookie.Lifetime);
        return MakeSession(loaded.Error is BadSignature ? null : (OrderedDictionary<string, object?>)loaded.GetOrThrow()!);
    }

    /// <inheritdoc/>
    public override bool IsSent(Config config, Request request)
    {
        var (serializer, cookie) = _signing.Of(config);
        return serializer is not null && !string.IsNullOrEmpty(CookieHeader.Find(request.CookieText, cookie.Name));
    }

    /// <inheritdoc/>
    public override void SaveSession(Config config, Session session, Headers headers)
    {
        var (serializer, cookie) = _signing.Of(config);
        if (session.Accessed)
            AddVary(headers);
        var entries = EntriesOf(session);
        if (entries.Count == 0)
        {
            if (session.Modified)
                headers.Add("Set-Cookie", SetCookie(cookie, "", TimeSpan.Zero, DateTimeOffset.UnixEpoch));
            return;
        }
        var permanent = entries.TryGetValue("_permanent", out var flag) && flag is true;
        if (!session.Modified && !(permanent && cookie.RefreshEachRequest))
            return;
        AddVary(headers);
        headers.Add("Set-Cookie", SetCookie(cookie, serializer!.Dumps(entries), null, permanent ? DateTimeOffset.UtcNow + cookie.Lifetime : null));
    }

    /// <summary>The serializer for the app's keys, or null when there is no key. The fallbacks only verify; the secret key signs.</summary>
    protected virtual UrlSafeTimedSerializer? MakeSerializer(Config config)
    {
        if (config.Get<object>("SECRET_KEY") is not { } key || Text(key).Length == 0)
            return null;
        var fallbacks = config.Get<object>("SECRET_KEY_FALLBACKS") switch
        {
            null => [],
            string one => [one],
            IEnumerable<object> several => several.Select(Text),
            var other => throw new ConfigError($"config['SECRET_KEY_FALLBACKS'] cannot be used: the value is a {other.GetType().Name}. Set it to a list of keys, oldest first."),
        };
        SecretKey[] oldestFirst = [.. fallbacks.Append(Text(key)).Select(each => (SecretKey)each)];
        return new UrlSafeTimedSerializer(SecretKeys.Create(oldestFirst), Salt, Tags, SignerOptions.FlaskSession);
    }

    /// <summary>The cookie's name, path and attributes. Override to compute what the configuration cannot say; called again when the configuration changes.</summary>
    protected virtual SessionCookie CookieFor(Config config) => SessionCookie.From(config);

    private static void AddVary(Headers headers)
    {
        var vary = HeaderSet.Parse(headers.Get("Vary"));
        if (vary.Add("Cookie"))
            headers["Vary"] = vary.ToString();
    }

    private static string Text(object key) => key as string
        ?? throw new ConfigError($"config['SECRET_KEY'] cannot be used: the value is a {key.GetType().Name}. Set it to text.");

    private static string SetCookie(SessionCookie cookie, string value, TimeSpan? maxAge, DateTimeOffset? expires) => new SetCookie(cookie.Name, value)
    {
        MaxAge = maxAge,
        Expires = expires,
        Path = cookie.Path,
        Domain = cookie.Domain,
        Secure = cookie.Secure,
        HttpOnly = cookie.HttpOnly,
        SameSite = cookie.SameSite,
        Partitioned = cookie.Partitioned,
    }.ToString();

    private sealed record Signing(UrlSafeTimedSerializer? Serializer, SessionCookie Cookie);
}

using Retort.Http;

namespace Retort.Login;

/// <summary>A token with every request: <c>Authorization: Bearer TOKEN</c>, or in a header of its own. Source: flask_httpauth.HTTPTokenAuth; RFC 6750.</summary>
/// <example><code>
/// var auth = new HttpTokenAuth(app);
/// auth.VerifyToken(token => keys.FirstOrDefault(key => SecureCompare.AreEqual(key.Token, token))?.Owner);
/// app.Get("/api", [HttpAuthRequired] () => new { user = auth.CurrentUser });
/// </code></example>
public sealed class HttpTokenAuth : HttpAuth
{
    private Func<string, ValueTask<object?>>? _verify;

    /// <summary>Makes it, and adds it to an app when one is given.</summary>
    /// <param name="app">The app.</param>
    /// <param name="scheme">The word before the token. Default <c>Bearer</c>.</param>
    /// <param name="realm">What the token is for. Default <c>Authentication Required</c>. Throws <see cref="ArgumentException"/> for quotation marks in it.</param>
    /// <param name="header">A header whose whole value is the token, such as <c>X-API-Key</c>; null for <c>Authorization</c>.</param>
    public HttpTokenAuth(App? app = null, string scheme = "Bearer", string? realm = null, string? header = null)
        : base(scheme, realm, header is null || header.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? null : header)
    {
        if (app is not null)
            InitApp(app);
    }

    /// <summary>Sets the function that checks a token: it returns the user, or true; null or false refuses. It is never called without a token.</summary>
    public void VerifyToken(Func<string, object?> verify)
    {
        ArgumentNullException.ThrowIfNull(verify);
        _verify = token => new ValueTask<object?>(verify(token));
    }

    /// <inheritdoc cref="VerifyToken(Func{string, object?})"/>
    public void VerifyToken<TUser>(Func<string, Task<TUser>> verify)
    {
        ArgumentNullException.ThrowIfNull(verify);
        _verify = async token => await verify(token);
    }

    private protected override Authorization? Read(Request request)
    {
        var token = Header is not null ? request.Headers[Header].ToString() : SplitHeader(request) is var (scheme, value) && IsScheme(scheme) ? value : "";
        return string.IsNullOrWhiteSpace(token) ? null : new Authorization(Scheme.ToLowerInvariant(), new Dictionary<string, string?>(), token);
    }

    private protected override ValueTask<object?> Verify(Context context, Authorization? credentials) =>
        _verify is not null && credentials?.Token is { } token ? _verify(token) : default;
}

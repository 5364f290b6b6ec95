using Retort.Signing;

namespace Retort.Forms.Csrf;

/// <summary>
/// The tokens of one request: what is in its session, the token made of that, whether the request has shown a good one. Source: flask_wtf.csrf, generate_csrf and validate_csrf.
/// </summary>
internal sealed class CsrfState
{
    private const string Key = "_wtf_csrf";
    private const string ValidKey = "csrf_valid";

    private readonly Context _context;
    private readonly CsrfToken _tokens;
    private string? _token;

    private CsrfState(Context context)
    {
        _context = context;
        FieldName = context.App.Config.Get("WTF_CSRF_FIELD_NAME", "csrf_token");
        _tokens = CsrfKeys.TokensOf(context.App);
        // Taken now, because a page that is streamed asks for the token when the session is sent already.
        EnsureSessionToken();
    }

    public string FieldName { get; }

    /// <summary>Whether <see cref="CsrfProtect"/> has found a good token in this request, so that forms need not look again.</summary>
    public bool IsRequestValid
    {
        get => _context.G.Get(ValidKey, false);
        set => _context.G[ValidKey] = value;
    }

    public static CsrfState Of(Context context)
    {
        if (context.G.Get<CsrfState>(Key) is { } known)
            return known;
        var made = new CsrfState(context);
        context.G[Key] = made;
        return made;
    }

    /// <summary>The token for a form or a header; the same all through the request.</summary>
    public string Token() => _token ??= _tokens.Generate(SessionToken(_context, FieldName) ?? throw new InvalidOperationException($"the session lost its '{FieldName}' while the request was answered, so no token can be made. Leave this key alone, or clear the session before the form is made."));

    /// <summary>What is wrong with a token, or null.</summary>
    public string? Validate(string? token) => Validate(_context, _tokens, FieldName, token);

    /// <summary>The same for a request that need not have a token in its session.</summary>
    public static string? Validate(Context context, string? token) => Validate(context, CsrfKeys.TokensOf(context.App), context.App.Config.Get("WTF_CSRF_FIELD_NAME", "csrf_token"), token);

    private static string? Validate(Context context, CsrfToken tokens, string fieldName, string? token) => tokens.Validate(token, SessionToken(context, fieldName), CsrfKeys.TimeLimitOf(context.App.Config));

    private static string? SessionToken(Context context, string fieldName) => context.Session.Get<string>(fieldName);

    private void EnsureSessionToken()
    {
        if (SessionToken(_context, FieldName) is null)
            _context.Session[FieldName] = CsrfToken.NewSessionToken();
    }
}

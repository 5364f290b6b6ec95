using System.Text;
using System.Text.Unicode;
using Retort.Http;

namespace Retort.Login;

/// <summary>User name and password with every request, readable to whoever reads the connection: for https alone. Source: flask_httpauth.HTTPBasicAuth; RFC 7617.</summary>
/// <example><code>
/// var auth = new HttpBasicAuth(app);
/// auth.VerifyPassword((user, password) => PasswordCheck.Verify(hashes.GetValueOrDefault(user), password));
/// app.Get("/", [HttpAuthRequired] () => $"hello {auth.CurrentUser}");
/// </code></example>
public sealed class HttpBasicAuth : HttpPasswordAuth
{
    private Func<string, string, ValueTask<object?>>? _verify;
    private Func<string, string, string?>? _hash;

    /// <summary>Makes it, and adds it to an app when one is given.</summary>
    /// <param name="app">The app.</param>
    /// <param name="scheme">The word of the challenge. Browsers open their dialog for <c>Basic</c>; scripts that do not want it use another. <c>Basic</c> credentials are taken either way.</param>
    /// <param name="realm">What the browser says the password is for. Default <c>Authentication Required</c>. Throws <see cref="ArgumentException"/> for quotation marks in it.</param>
    public HttpBasicAuth(App? app = null, string scheme = "Basic", string? realm = null)
        : base(scheme, realm)
    {
        if (app is not null)
            InitApp(app);
    }

    /// <summary>
    /// Whether the verifying function is asked about requests without credentials too, with an empty name and password, as Flask-HTTPAuth does. Default false: they are refused,
    /// so that no user with an empty password lets everyone in (CVE-2026-34531).
    /// </summary>
    public bool VerifiesAnonymous { get; init; }

    /// <summary>Sets the function that checks a name and password: it returns the user, or true; null or false refuses. It wins over <c>GetPassword</c>.</summary>
    public void VerifyPassword(Func<string, string, object?> verify)
    {
        ArgumentNullException.ThrowIfNull(verify);
        _verify = (user, password) => new ValueTask<object?>(verify(user, password));
    }

    /// <inheritdoc cref="VerifyPassword(Func{string, string, object?})"/>
    public void VerifyPassword<TUser>(Func<string, string, Task<TUser>> verify)
    {
        ArgumentNullException.ThrowIfNull(verify);
        _verify = async (user, password) => await verify(user, password);
    }

    /// <summary>Sets the function that hashes a password before it is compared with what <c>GetPassword</c> tells.</summary>
    public void HashPassword(Func<string, string?> hash) => _hash = (_, password) => hash(password);

    /// <summary>As the other, for a hash that depends on the user's name, which comes first.</summary>
    public void HashPassword(Func<string, string, string?> hash) => _hash = hash;

    private protected override Authorization? Read(Request request)
    {
        if (SplitHeader(request) is not var (scheme, encoded) || !(IsScheme(scheme) || scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)))
            return null;
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length) || bytes.AsSpan(0, length).IndexOf((byte)':') is not (>= 0 and var colon))
            return null;
        // Old browsers send Latin-1.
        var encoding = Utf8.IsValid(bytes.AsSpan(0, length)) ? Encoding.UTF8 : Encoding.Latin1;
        return Authorization.Basic(encoding.GetString(bytes, 0, colon), encoding.GetString(bytes, colon + 1, length - colon - 1));
    }

    private protected override async ValueTask<object?> Verify(Context context, Authorization? credentials)
    {
        var (user, password) = (credentials?.Username ?? "", credentials?.Password ?? "");
        var isEmpty = user.Length == 0 && password.Length == 0;
        if (isEmpty && !VerifiesAnonymous)
            return null;
        if (_verify is not null)
            return await _verify(user, password);
        if (credentials is null || user.Length == 0 || !KnowsPasswords)
            return null;
        var expected = await PasswordOf(user);
        return SecureCompare.AreEqual(_hash is null ? password : _hash(user, password), expected) ? user : null;
    }
}

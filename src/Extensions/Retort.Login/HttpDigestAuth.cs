using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Retort.Http;

namespace Retort.Login;

/// <summary>
/// A password that is proved instead of sent, by MD5. The server has to keep it, or its HA1, readable: prefer Basic over https for anything new. Needs a secret key, since the nonce is kept in
/// the session unless functions keep it elsewhere. Source: flask_httpauth.HTTPDigestAuth; RFC 2617.
/// </summary>
/// <example><code>
/// var auth = new HttpDigestAuth(app);
/// auth.GetPassword(user => passwords.GetValueOrDefault(user));
/// </code></example>
public sealed class HttpDigestAuth : HttpPasswordAuth
{
    private const string NonceKey = "auth_nonce";
    private const string OpaqueKey = "auth_opaque";
    private Func<Context, string> _makeNonce = context => Keep(context, NonceKey);
    private Func<Context, string, bool> _checkNonce = (context, nonce) => IsKept(context, NonceKey, nonce);
    private Func<Context, string> _makeOpaque = context => Keep(context, OpaqueKey);
    private Func<Context, string, bool> _checkOpaque = (context, opaque) => IsKept(context, OpaqueKey, opaque);

    /// <summary>Makes it, and adds it to an app when one is given.</summary>
    /// <param name="app">The app.</param>
    /// <param name="realm">What the browser says the password is for; a part of each HA1. Default <c>Authentication Required</c>.</param>
    /// <param name="useHa1Password">Whether <c>GetPassword</c> tells what <see cref="GenerateHa1"/> makes, instead of the password.</param>
    /// <param name="algorithm">How it is hashed.</param>
    /// <param name="qop">Whether <c>qop="auth"</c> is offered, with which the client numbers its requests. Default true.</param>
    public HttpDigestAuth(App? app = null, string? realm = null, bool useHa1Password = false, DigestAlgorithm algorithm = DigestAlgorithm.Md5, bool qop = true)
        : base("Digest", realm)
    {
        (UsesHa1Password, Algorithm, Qop) = (useHa1Password, algorithm, qop);
        if (app is not null)
            InitApp(app);
    }

    /// <summary>Whether <c>GetPassword</c> tells an HA1.</summary>
    public bool UsesHa1Password { get; }

    /// <summary>How it is hashed.</summary>
    public DigestAlgorithm Algorithm { get; }

    /// <summary>Whether <c>qop="auth"</c> is offered.</summary>
    public bool Qop { get; }

    /// <summary>
    /// Whether the proof has to be for the URL that was asked for. Default true, as the RFC wants it, so that a proof that was overheard opens nothing else; set it to false behind a proxy
    /// that changes paths and says nothing of it. Source: RFC 7616, 3.4.6. Flask-HTTPAuth does not look.
    /// </summary>
    public bool ChecksUri { get; init; } = true;

    /// <summary>Sets where nonces come from and how they are known again, instead of the session. Compare with <see cref="SecureCompare"/>.</summary>
    public void Nonces(Func<Context, string> generate, Func<Context, string, bool> verify)
    {
        ArgumentNullException.ThrowIfNull(generate);
        ArgumentNullException.ThrowIfNull(verify);
        (_makeNonce, _checkNonce) = (generate, verify);
    }

    /// <summary>Sets where the opaque text of the challenge comes from and how it is known again, instead of the session.</summary>
    public void Opaques(Func<Context, string> generate, Func<Context, string, bool> verify)
    {
        ArgumentNullException.ThrowIfNull(generate);
        ArgumentNullException.ThrowIfNull(verify);
        (_makeOpaque, _checkOpaque) = (generate, verify);
    }

    /// <summary>The hash of a password that may be kept in its place: hexadecimal MD5 of <c>user:realm:password</c>. Whoever has it can log in.</summary>
    public string GenerateHa1(string username, string password) => Hash($"{username}:{Realm}:{password}");

    private protected override ValueTask<string> Challenge(Context context)
    {
        var challenge = $"Digest realm=\"{Realm}\",nonce=\"{_makeNonce(context)}\",opaque=\"{_makeOpaque(context)}\"";
        return new ValueTask<string>(Qop ? $"{challenge},algorithm=\"{(Algorithm == DigestAlgorithm.Md5 ? "MD5" : "MD5-Sess")}\",qop=\"auth\"" : challenge);
    }

    private protected override Authorization? Read(Request request) =>
        SplitHeader(request) is var (scheme, value) && IsScheme(scheme) ? new Authorization("digest", ListHeader.ParsePairs(value), null) : null;

    private protected override async ValueTask<object?> Verify(Context context, Authorization? credentials)
    {
        if (credentials is null || Proof.Of(credentials) is not { } proof || proof.Realm != Realm || !KnowsPasswords)
            return null;
        if (!_checkNonce(context, proof.Nonce) || !_checkOpaque(context, proof.Opaque) || (ChecksUri && !IsFor(context, proof.Uri)))
            return null;
        // A quality that was not offered, or one without its numbers, proves nothing.
        if (proof.Qop is not null && !(Qop && proof.Qop == "auth" && proof.Count is not null && proof.ClientNonce is not null))
            return null;
        if (await PasswordOf(proof.Username) is not { Length: > 0 } password || Expected(proof, context.Request.Method, password) is not { } expected)
            return null;
        return SecureCompare.AreEqual(expected, proof.Response);
    }

    private string? Expected(Proof proof, string method, string password)
    {
        var ha1 = UsesHa1Password ? password : GenerateHa1(proof.Username, password);
        if (Algorithm == DigestAlgorithm.Md5Sess)
        {
            if (proof.ClientNonce is null)
                return null;
            ha1 = Hash($"{ha1}:{proof.Nonce}:{proof.ClientNonce}");
        }
        var ha2 = Hash($"{method}:{proof.Uri}");
        return proof.Qop is null ? Hash($"{ha1}:{proof.Nonce}:{ha2}") : Hash($"{ha1}:{proof.Nonce}:{proof.Count}:{proof.ClientNonce}:auth:{ha2}");
    }

    /// <summary>Whether the URL is the one of the request, as it was sent or as proxies say it was.</summary>
    private static bool IsFor(Context context, string uri)
    {
        var request = context.Http.Request;
        var asked = uri.StartsWith('/') ? uri : (UrlParts.Of(uri) with { Scheme = "", Host = "" }).ToString();
        return asked == context.Http.Features.Get<IHttpRequestFeature>()?.RawTarget || asked == $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}{request.QueryString}";
    }

    private static string Keep(Context context, string key)
    {
        var made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Session[key] = made;
        return made;
    }

    private static bool IsKept(Context context, string key, string value) => SecureCompare.AreEqual(context.Session.Get<string>(key), value);

    [SuppressMessage("Security", "CA5351", Justification = "The protocol is defined with MD5.")]
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>What the client has sent, when nothing of it is missing.</summary>
    private sealed record Proof(string Username, string Realm, string Uri, string Nonce, string Opaque, string Response, string? Qop, string? Count, string? ClientNonce)
    {
        public static Proof? Of(Authorization sent)
        {
            string?[] needed = [sent["username"], sent["realm"], sent["uri"], sent["nonce"], sent["opaque"], sent["response"]];
            return needed.All(part => part is { Length: > 0 })
                ? new Proof(needed[0]!, needed[1]!, needed[2]!, needed[3]!, needed[4]!, needed[5]!, NullIfEmpty(sent["qop"]), NullIfEmpty(sent["nc"]), NullIfEmpty(sent["cnonce"]))
                : null;
        }

        private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
    }
}

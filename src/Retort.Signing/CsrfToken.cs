using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Retort.Signing;

/// <summary>
/// Flask-WTF's CSRF token: the random text kept in the session, signed with the time. One serves all threads.
/// Source: flask_wtf.csrf, generate_csrf and validate_csrf.
/// </summary>
public sealed class CsrfToken
{
    private readonly UrlSafeTimedSerializer _serializer;

    /// <summary>Makes tokens under a key; <c>wtf-csrf-token</c> is Flask-WTF's salt.</summary>
    public CsrfToken(SecretKeys secretKeys, string salt = "wtf-csrf-token", TimeProvider? clock = null) => _serializer = new(secretKeys, salt, clock: clock);

    /// <summary>A new random text for the session: 160 bits in hexadecimal, as long as Flask-WTF's.</summary>
    public static string NewSessionToken() => RandomNumberGenerator.GetHexString(40, lowercase: true);

    /// <summary>The token for a form, of the text that is in the session.</summary>
    public string Generate(string sessionToken) => _serializer.Dumps(sessionToken);

    /// <summary>
    /// What is wrong with a submitted token, in Flask-WTF's words; null if it is good. <paramref name="sessionToken"/> is the text in the session, or null;
    /// without <paramref name="timeLimit"/> a token never expires (Flask-WTF's default is an hour).
    /// </summary>
    public string? Validate(string? token, string? sessionToken, TimeSpan? timeLimit)
    {
        if (string.IsNullOrEmpty(token))
            return "The CSRF token is missing.";
        if (sessionToken is null)
            return "The CSRF session token is missing.";
        var result = _serializer.TryLoads(token, timeLimit);
        if (!result.Ok)
            return result.Error is SignatureExpired ? "The CSRF token has expired." : "The CSRF token is invalid.";
        return result.Value is string signed
            && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes<char>(sessionToken), MemoryMarshal.AsBytes<char>(signed))
            ? null
            : "The CSRF tokens do not match.";
    }
}

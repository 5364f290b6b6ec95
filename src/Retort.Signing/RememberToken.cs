using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Retort.Signing;

/// <summary>
/// Flask-Login's remember-me cookie: <c>user id|HMAC-SHA-512 in hexadecimal</c>. The key's text counts as Latin-1 here, as it does there.
/// Source: flask_login.utils, encode_cookie and decode_cookie.
/// </summary>
public static class RememberToken
{
    /// <summary>The cookie of a user id. Throws <see cref="ArgumentException"/> if the key has characters outside Latin-1.</summary>
    public static string Encode(string userId, string secretKey) => Encode(userId, KeyBytes(secretKey));

    /// <summary>The cookie of a user id. Throws <see cref="ArgumentException"/> for an id that has no UTF-8 (half a surrogate pair).</summary>
    public static string Encode(string userId, byte[] secretKey)
    {
        var code = Code(userId, secretKey)
            ?? throw new ArgumentException("The user id holds half a surrogate pair, which has no UTF-8; repair the id first.", nameof(userId));
        return $"{userId}|{code}";
    }

    /// <summary>The user id of a cookie; null if it was not made with this key. Throws as <see cref="Encode(string, string)"/> does.</summary>
    public static string? Decode(string cookie, string secretKey) => Decode(cookie, KeyBytes(secretKey));

    /// <summary>The user id of a cookie; null if it was not made with this key.</summary>
    public static string? Decode(string cookie, byte[] secretKey)
    {
        var bar = cookie.LastIndexOf('|');
        if (bar < 0)
            return null;
        var userId = cookie[..bar];
        var given = cookie.AsSpan(bar + 1);
        var same = Code(userId, secretKey) is { } code
            && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes<char>(code), MemoryMarshal.AsBytes(given));
        return same ? userId : null;
    }

    private static string? Code(string userId, byte[] key)
    {
        using var text = new Utf8Text(userId, stackalloc byte[256]);
        return text.IsValid ? Convert.ToHexStringLower(HMACSHA512.HashData(key, text.Bytes)) : null;
    }

    private static byte[] KeyBytes(string secretKey) => secretKey.All(character => character <= '\xff')
        ? Encoding.Latin1.GetBytes(secretKey)
        : throw new ArgumentException("The secret key has characters outside Latin-1, which Flask-Login cannot use; pass bytes.", nameof(secretKey));
}

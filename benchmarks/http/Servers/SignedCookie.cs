using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Retort.Benchmarks.Http.Servers;

/// <summary>
/// What Flask's session is, by the shortest way: JSON, the time and a HMAC-SHA1 over both in one cookie. ASP.NET Core has no such thing; its own session keeps the
/// values in the server's memory and encrypts the cookie.
/// </summary>
internal static class SignedCookie
{
    private const int MaxAgeSeconds = 31 * 24 * 3600;
    private static readonly byte[] Key = SHA1.HashData("benchmark"u8);

    public static Dictionary<string, int>? Read(HttpRequest request)
    {
        if (request.Cookies["session"] is not { } token || token.LastIndexOf('.') is not (> 0 and var end) || token.IndexOf('.', StringComparison.Ordinal) is var middle && middle == end)
            return null;
        var signature = HMACSHA1.HashData(Key, Encoding.ASCII.GetBytes(token[..end]));
        if (!CryptographicOperations.FixedTimeEquals(signature, Base64Url.DecodeFromChars(token.AsSpan(end + 1))))
            return null;
        var signed = BinaryPrimitives.ReadInt64BigEndian(Base64Url.DecodeFromChars(token.AsSpan(middle + 1, end - middle - 1)));
        return DateTimeOffset.UtcNow.ToUnixTimeSeconds() - signed <= MaxAgeSeconds ? JsonSerializer.Deserialize<Dictionary<string, int>>(Base64Url.DecodeFromChars(token.AsSpan(0, middle))) : null;
    }

    public static void Write(HttpResponse response, Dictionary<string, int> session)
    {
        Span<byte> time = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(time, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        var signed = $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(session))}.{Base64Url.EncodeToString(time)}";
        var signature = HMACSHA1.HashData(Key, Encoding.ASCII.GetBytes(signed));
        response.Headers.Vary = "Cookie";
        response.Cookies.Append("session", $"{signed}.{Base64Url.EncodeToString(signature)}", new CookieOptions { HttpOnly = true, Path = "/" });
    }
}

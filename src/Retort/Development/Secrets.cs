using System.Security.Cryptography;

namespace Retort.Development;

/// <summary>Random names nobody can guess, and comparing without telling how much was right.</summary>
internal static class Secrets
{
    /// <summary>So many random bytes as hexadecimal text.</summary>
    public static string Token(int bytes = 16) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    /// <summary>Whether two texts are the same, in a time that depends on neither.</summary>
    public static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(Digest(one), Digest(other));

    private static byte[] Digest(string text) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text));
}

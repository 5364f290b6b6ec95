using System.Security.Cryptography;
using System.Text;

namespace Retort.Login;

/// <summary>Compares secrets in a time that says nothing of where they differ.</summary>
public static class SecureCompare
{
    /// <summary>Whether two secrets are the same text. A null is never the same as anything.</summary>
    public static bool AreEqual(string? one, string? other) =>
        // Of equal length, whatever the secrets' are.
        one is not null && other is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}

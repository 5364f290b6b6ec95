using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Retort.Signing;

/// <summary>PBKDF2 (RFC 8018, 5.2) with a key as long as the digest, so of one block.</summary>
internal static class Pbkdf2
{
    public static byte[] DeriveKey(Digest digest, byte[] password, byte[] salt, int iterations) =>
        digest.Platform is { } platform && platform != HashAlgorithmName.MD5
            ? Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, platform, digest.Size)
            : DeriveByHand(digest, password, salt, iterations);

    /// <summary>For the digests that the platform's own refuses.</summary>
    private static byte[] DeriveByHand(Digest digest, byte[] password, byte[] salt, int iterations)
    {
        using var mac = Mac.Create(digest, password);
        Span<byte> round = stackalloc byte[digest.Size];
        Span<byte> block = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(block, 1);
        mac.Compute([.. salt, .. block], round);
        var key = round.ToArray();
        for (var i = 1; i < iterations; i++)
        {
            mac.Compute(round, round);
            for (var j = 0; j < key.Length; j++)
                key[j] ^= round[j];
        }
        return key;
    }
}

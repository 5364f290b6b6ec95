using System.Security.Cryptography;

namespace Retort.Signing;

/// <summary>
/// A hash function under its hashlib name. The default everywhere is SHA-1, inside HMAC, because that is what every existing token uses.
/// Python's sha3_224, blake2b, blake2s and shake have no counterpart in .NET and are not offered.
/// </summary>
public sealed class Digest
{
    private static readonly Digest[] All =
    [
        new("md5", 16, HashAlgorithmName.MD5),
        new("sha1", 20, HashAlgorithmName.SHA1),
        new("sha224", 28, null),
        new("sha256", 32, HashAlgorithmName.SHA256),
        new("sha384", 48, HashAlgorithmName.SHA384),
        new("sha512", 64, HashAlgorithmName.SHA512),
        new("sha3_256", 32, HashAlgorithmName.SHA3_256),
        new("sha3_384", 48, HashAlgorithmName.SHA3_384),
        new("sha3_512", 64, HashAlgorithmName.SHA3_512),
    ];

    private Digest(string name, int size, HashAlgorithmName? platform) => (Name, Size, Platform) = (name, size, platform);

    /// <summary>SHA-1, the default of itsdangerous.</summary>
    public static Digest Sha1 { get; } = Parse("sha1");

    /// <summary>SHA-256.</summary>
    public static Digest Sha256 { get; } = Parse("sha256");

    /// <summary>SHA-512.</summary>
    public static Digest Sha512 { get; } = Parse("sha512");

    /// <summary>The longest digest offered, in bytes.</summary>
    internal const int MaxSize = 64;

    /// <summary>The hashlib name: md5, sha1, sha224, sha256, sha384, sha512, sha3_256, sha3_384 or sha3_512.</summary>
    public string Name { get; }

    /// <summary>Length of a digest in bytes.</summary>
    public int Size { get; }

    /// <summary>The platform's name for it; null for SHA-224, which the platform lacks.</summary>
    internal HashAlgorithmName? Platform { get; }

    /// <summary>Finds a digest by its hashlib name. Throws <see cref="ArgumentException"/> for one that is not offered.</summary>
    public static Digest Parse(string name) =>
        Find(name) ?? throw new ArgumentException($"No digest is called '{name}'; use one of {string.Join<Digest>(", ", All)}.", nameof(name));

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Finds a digest by hashlib's or OpenSSL's name (sha3_256, SHA-256, SHA2-256) in any case, as OpenSSL does; null if it is not offered.</summary>
    internal static Digest? Find(string name)
    {
        var wanted = name.ToLowerInvariant() switch
        {
            "sha-1" => "sha1",
            ['s', 'h', 'a', '2', '-', .. var bits] => "sha" + bits,
            ['s', 'h', 'a', '3', '-', .. var bits] => "sha3_" + bits,
            ['s', 'h', 'a', '-', .. var bits] => "sha" + bits,
            var plain => plain,
        };
        return Array.Find(All, digest => digest.Name == wanted);
    }

    /// <summary>The hash of some bytes.</summary>
    internal byte[] Hash(ReadOnlySpan<byte> data) =>
        Platform is { } platform ? CryptographicOperations.HashData(platform, data) : Sha224.Hash(data);
}

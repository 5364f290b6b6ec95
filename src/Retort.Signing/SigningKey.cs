using System.Collections.Concurrent;

namespace Retort.Signing;

/// <summary>A derived key that computes codes on any thread; the keyed states are kept between calls.</summary>
internal sealed class SigningKey
{
    private readonly Digest _digest;
    private readonly byte[] _key;
    private readonly ConcurrentQueue<Mac> _idle = new();

    public SigningKey(SecretKey secret, string salt, SignerOptions options)
    {
        _digest = options.Digest;
        var saltBytes = Utf8Text.Strict.GetBytes(salt);
        _key = options.KeyDerivation switch
        {
            KeyDerivation.DjangoConcat => _digest.Hash([.. saltBytes, .. "signer"u8, .. secret.Bytes]),
            KeyDerivation.Concat => _digest.Hash([.. saltBytes, .. secret.Bytes]),
            KeyDerivation.Hmac => Hmac(secret, saltBytes),
            _ => secret.Bytes.ToArray(),
        };
    }

    /// <summary>Writes the code of a message; the length is the digest's.</summary>
    public void Compute(ReadOnlySpan<byte> message, Span<byte> code)
    {
        if (!_idle.TryDequeue(out var mac))
            mac = Mac.Create(_digest, _key);
        mac.Compute(message, code);
        _idle.Enqueue(mac);
    }

    private byte[] Hmac(SecretKey secret, byte[] salt)
    {
        var code = new byte[_digest.Size];
        using var mac = Mac.Create(_digest, secret.Bytes);
        mac.Compute(salt, code);
        return code;
    }
}

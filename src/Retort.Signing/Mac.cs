using System.Security.Cryptography;

namespace Retort.Signing;

/// <summary>HMAC (RFC 2104) under one key, to be used again and again by one thread at a time: keying costs more than a short message.</summary>
internal abstract class Mac : IDisposable
{
    public static Mac Create(Digest digest, ReadOnlySpan<byte> key) =>
        digest.Platform is { } platform ? new PlatformMac(IncrementalHash.CreateHMAC(platform, key)) : new Sha224Mac(key);

    /// <summary>Writes the code of a message; the length is the digest's.</summary>
    public abstract void Compute(ReadOnlySpan<byte> message, Span<byte> code);

    public abstract void Dispose();

    private sealed class PlatformMac(IncrementalHash hash) : Mac
    {
        public override void Compute(ReadOnlySpan<byte> message, Span<byte> code)
        {
            hash.AppendData(message);
            hash.GetHashAndReset(code);
        }

        public override void Dispose() => hash.Dispose();
    }

    private sealed class Sha224Mac : Mac
    {
        private readonly Sha224 _hash = new();
        private readonly byte[] _inner = new byte[Sha224.BlockSize];
        private readonly byte[] _outer = new byte[Sha224.BlockSize];

        public Sha224Mac(ReadOnlySpan<byte> key)
        {
            if (key.Length > Sha224.BlockSize)
                key = Sha224.Hash(key);
            Array.Fill(_inner, (byte)0x36);
            Array.Fill(_outer, (byte)0x5c);
            for (var i = 0; i < key.Length; i++)
            {
                _inner[i] ^= key[i];
                _outer[i] ^= key[i];
            }
        }

        public override void Compute(ReadOnlySpan<byte> message, Span<byte> code)
        {
            Span<byte> inside = stackalloc byte[Sha224.Size];
            _hash.Append(_inner);
            _hash.Append(message);
            _hash.Finish(inside);
            _hash.Append(_outer);
            _hash.Append(inside);
            _hash.Finish(code);
        }

        public override void Dispose()
        {
            CryptographicOperations.ZeroMemory(_inner);
            CryptographicOperations.ZeroMemory(_outer);
        }
    }
}

using System.Collections;
using System.Runtime.CompilerServices;

namespace Retort.Signing;

/// <summary>One secret key: text (as UTF-8) or bytes. It never prints itself.</summary>
public readonly struct SecretKey
{
    private readonly byte[]? _bytes;

    private SecretKey(byte[] bytes) => _bytes = bytes;

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Takes the UTF-8 bytes of a text.</summary>
    public static implicit operator SecretKey(string key) => new(Utf8Text.Strict.GetBytes(key));

    /// <summary>Takes a copy of the bytes.</summary>
    public static implicit operator SecretKey(byte[] key) => new([.. key]);

    /// <summary>The length alone.</summary>
    public override string ToString() => $"SecretKey ({Bytes.Length} bytes)";
}

/// <summary>
/// The secret keys of a signer, oldest first: the last one signs, each is accepted. A single text or byte array is a list of one;
/// several are written <c>["older", "newest"]</c>.
/// </summary>
[CollectionBuilder(typeof(SecretKeys), nameof(Create))]
public sealed class SecretKeys : IReadOnlyCollection<SecretKey>
{
    private readonly SecretKey[] _keys;

    private SecretKeys(SecretKey[] keys)
    {
        if (keys.Length == 0)
            throw new ArgumentException("The list of secret keys is empty, so nothing can be signed or verified; give at least one key.", nameof(keys));
        _keys = keys;
    }

    /// <inheritdoc/>
    public int Count => _keys.Length;

    /// <summary>Makes a list, oldest first. Throws <see cref="ArgumentException"/> if it is empty.</summary>
    public static SecretKeys Create(params ReadOnlySpan<SecretKey> oldestFirst) => new(oldestFirst.ToArray());

    /// <summary>A list of one key.</summary>
    public static implicit operator SecretKeys(string key) => new([key]);

    /// <summary>A list of one key.</summary>
    public static implicit operator SecretKeys(byte[] key) => new([key]);

    /// <inheritdoc/>
    public IEnumerator<SecretKey> GetEnumerator() => _keys.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

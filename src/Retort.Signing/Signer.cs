using System.Buffers.Text;
using System.Security.Cryptography;

namespace Retort.Signing;

/// <summary>
/// Signs text with HMAC so that a change is noticed: <c>value.signature</c>. Keys are derived once; one signer serves all threads.
/// Source: itsdangerous, Signer.
/// </summary>
public sealed class Signer
{
    private readonly SigningKey[] _keys;
    private readonly Digest _digest;

    /// <summary>Makes a signer. The salt tells uses of one secret key apart; it is no secret itself.</summary>
    public Signer(SecretKeys secretKeys, string salt = "itsdangerous.Signer", SignerOptions? options = null)
    {
        options ??= SignerOptions.Default;
        _digest = options.Digest;
        Separator = options.Separator;
        _keys = [.. secretKeys.Select(key => new SigningKey(key, salt, options))];
    }

    internal string Separator { get; }

    /// <summary>The value followed by its signature. Throws <see cref="ArgumentException"/> for text that has no UTF-8 (half a surrogate pair).</summary>
    public string Sign(ReadOnlySpan<char> value)
    {
        Span<char> signature = stackalloc char[Base64Url.GetEncodedLength(Digest.MaxSize)];
        return string.Concat(value, Separator, signature[..WriteSignature(value, signature)]);
    }

    /// <summary>The signature alone, in URL-safe base64 without padding, by the newest key.</summary>
    public string GetSignature(ReadOnlySpan<char> value)
    {
        Span<char> signature = stackalloc char[Base64Url.GetEncodedLength(Digest.MaxSize)];
        return signature[..WriteSignature(value, signature)].ToString();
    }

    /// <summary>Whether the signature is the value's, by any of the keys. Takes the same time whatever differs.</summary>
    public bool VerifySignature(ReadOnlySpan<char> value, ReadOnlySpan<char> signature)
    {
        Span<byte> given = stackalloc byte[Digest.MaxSize];
        if (!Base64Text.TryDecodeSignature(signature, given, out var length) || length != _digest.Size)
            return false;
        using var text = new Utf8Text(value, stackalloc byte[512]);
        if (!text.IsValid)
            return false;
        Span<byte> code = stackalloc byte[_digest.Size];
        for (var i = _keys.Length - 1; i >= 0; i--)
        {
            _keys[i].Compute(text.Bytes, code);
            if (CryptographicOperations.FixedTimeEquals(code, given[..length]))
                return true;
        }
        return false;
    }

    /// <summary>The value without its signature, or why it is refused; never throws.</summary>
    public SigningResult<string> TryUnsign(ReadOnlySpan<char> signed) =>
        Check(signed, out var length) is { } error ? new(error) : new(signed[..length].ToString());

    /// <summary>The value without its signature. Throws <see cref="BadSignature"/>.</summary>
    public string Unsign(ReadOnlySpan<char> signed) => TryUnsign(signed).GetOrThrow();

    /// <summary>Whether the text carries a good signature.</summary>
    public bool Validate(ReadOnlySpan<char> signed) => Check(signed, out _) is null;

    /// <summary>Says what is wrong, and where the value ends (0 when there is no separator).</summary>
    internal BadSignature? Check(ReadOnlySpan<char> signed, out int valueLength)
    {
        valueLength = signed.LastIndexOf(Separator);
        if (valueLength < 0)
        {
            valueLength = 0;
            return new BadSignature($"There is no '{Separator}' in the signed text, so it has no signature; it was cut off or never signed.", null);
        }
        var value = signed[..valueLength];
        return VerifySignature(value, signed[(valueLength + Separator.Length)..])
            ? null
            : new BadSignature("The signature does not match the value; one of them was altered, or another key, salt or digest signed it.", value.ToString());
    }

    private int WriteSignature(ReadOnlySpan<char> value, Span<char> signature)
    {
        using var text = new Utf8Text(value, stackalloc byte[512]);
        if (!text.IsValid)
            throw new ArgumentException("The text to sign holds half a surrogate pair, which has no UTF-8; repair the text first.", nameof(value));
        Span<byte> code = stackalloc byte[_digest.Size];
        _keys[^1].Compute(text.Bytes, code);
        return Base64Url.EncodeToChars(code, signature);
    }
}

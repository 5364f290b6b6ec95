using System.Buffers;

namespace Retort.Signing;

/// <summary>
/// Signs values: JSON, then <see cref="Signer"/>. The token is text but not safe in a URL; see <see cref="UrlSafeSerializer"/>.
/// One serializer serves all threads; make one per salt and keep it.
/// Source: itsdangerous, Serializer.
/// </summary>
public class Serializer
{
    private readonly Payload _payload;
    private readonly Signer[] _signers;

    /// <summary>
    /// Makes a serializer. <paramref name="fallbackSigners"/> are tried in order when the first way of signing does not match;
    /// nothing is signed with them.
    /// </summary>
    public Serializer(
        SecretKeys secretKeys,
        string salt = "itsdangerous",
        IPayloadSerializer? serializer = null,
        SignerOptions? options = null,
        params IEnumerable<SignerOptions> fallbackSigners)
        : this(new PlainPayload(serializer ?? PythonJson.Spaced), secretKeys, salt, options, fallbackSigners)
    {
    }

    private protected Serializer(Payload payload, SecretKeys secretKeys, string salt, SignerOptions? options, IEnumerable<SignerOptions> fallbackSigners)
    {
        _payload = payload;
        _signers = [new Signer(secretKeys, salt, options), .. fallbackSigners.Select(fallback => new Signer(secretKeys, salt, fallback))];
    }

    /// <summary>The signed token of a value. Throws <see cref="NotSupportedException"/> for a value that has no JSON form.</summary>
    public string Dumps(object? value)
    {
        var (text, length) = _payload.Write(value);
        var token = _signers[0].Sign(text.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(text);
        return token;
    }

    /// <summary>The value of a token, or why it is refused; never throws.</summary>
    public SigningResult<object?> TryLoads(ReadOnlySpan<char> token)
    {
        BadData? error = null;
        foreach (var signer in _signers)
        {
            error = signer.Check(token, out var length);
            if (error is null)
                return _payload.Read(token[..length]);
        }
        return new(error!);
    }

    /// <summary>The value of a token. Throws <see cref="BadSignature"/> or <see cref="BadPayload"/>.</summary>
    public object? Loads(ReadOnlySpan<char> token) => TryLoads(token).GetOrThrow();

    /// <summary>The value of a token and whether its signature is good. For diagnosis: an unsigned value may be anyone's.</summary>
    public (bool Signed, object? Value) LoadsUnsafe(ReadOnlySpan<char> token) => _payload.Salvage(TryLoads(token));
}

using System.Buffers;

namespace Retort.Signing;

/// <summary>
/// Signs values together with the time: JSON, then <see cref="TimestampSigner"/>. See <see cref="UrlSafeTimedSerializer"/> for tokens in URLs and
/// cookies. One serializer serves all threads; make one per salt and keep it.
/// Source: itsdangerous, TimedSerializer.
/// </summary>
public class TimedSerializer
{
    private readonly Payload _payload;
    private readonly TimestampSigner[] _signers;

    /// <summary>
    /// Makes a serializer. <paramref name="fallbackSigners"/> are tried in order when the first way of signing does not match;
    /// nothing is signed with them.
    /// </summary>
    public TimedSerializer(
        SecretKeys secretKeys,
        string salt = "itsdangerous",
        IPayloadSerializer? serializer = null,
        SignerOptions? options = null,
        TimeProvider? clock = null,
        params IEnumerable<SignerOptions> fallbackSigners)
        : this(new PlainPayload(serializer ?? PythonJson.Spaced), secretKeys, salt, options, clock, fallbackSigners)
    {
    }

    private protected TimedSerializer(
        Payload payload, SecretKeys secretKeys, string salt, SignerOptions? options, TimeProvider? clock, IEnumerable<SignerOptions> fallbackSigners)
    {
        _payload = payload;
        _signers =
        [
            new TimestampSigner(secretKeys, salt, options, clock),
            .. fallbackSigners.Select(fallback => new TimestampSigner(secretKeys, salt, fallback, clock)),
        ];
    }

    /// <summary>The signed token of a value. Throws <see cref="NotSupportedException"/> for a value that has no JSON form.</summary>
    public string Dumps(object? value)
    {
        var (text, length) = _payload.Write(value);
        var token = _signers[0].Sign(text.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(text);
        return token;
    }

    /// <summary>
    /// The value of a token and when it was signed, or why it is refused; never throws. With a greatest age, older tokens and
    /// tokens from the future are refused.
    /// </summary>
    public SigningResult<object?> TryLoads(ReadOnlySpan<char> token, TimeSpan? maxAge = null)
    {
        BadData? error = null;
        foreach (var signer in _signers)
        {
            error = signer.Check(token, maxAge, out var length, out var dateSigned);
            if (error is null)
                return _payload.Read(token[..length], dateSigned);
            // The signature was good; another way of signing cannot make it younger.
            if (error is SignatureExpired)
                break;
        }
        return new(error!);
    }

    /// <summary>The value of a token. Throws <see cref="BadSignature"/> (or one of its kinds for time) or <see cref="BadPayload"/>.</summary>
    public object? Loads(ReadOnlySpan<char> token, TimeSpan? maxAge = null) => TryLoads(token, maxAge).GetOrThrow();

    /// <summary>The value of a token and whether its signature and age are good. For diagnosis: an unsigned value may be anyone's.</summary>
    public (bool Signed, object? Value) LoadsUnsafe(ReadOnlySpan<char> token, TimeSpan? maxAge = null) => _payload.Salvage(TryLoads(token, maxAge));
}

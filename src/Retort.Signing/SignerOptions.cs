namespace Retort.Signing;

/// <summary>How values are signed. The defaults are those of itsdangerous.</summary>
public sealed record SignerOptions
{
    private const string SignatureAlphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=";

    /// <summary>All defaults.</summary>
    public static SignerOptions Default { get; } = new();

    /// <summary>What Flask signs its session cookie with: HMAC key derivation.</summary>
    public static SignerOptions FlaskSession { get; } = new() { KeyDerivation = KeyDerivation.Hmac };

    /// <summary>
    /// Stands between value, timestamp and signature; default a full stop.
    /// Throws <see cref="ArgumentException"/> if a signature could contain it.
    /// </summary>
    public string Separator
    {
        get;
        init
        {
            if (SignatureAlphabet.Contains(value, StringComparison.Ordinal))
                throw new ArgumentException($"The separator '{value}' may be part of a signature; use none of ASCII letters, digits and '-_='.", nameof(value));
            field = value;
        }
    } = ".";

    /// <summary>How the signing key is made; default <see cref="KeyDerivation.DjangoConcat"/>.</summary>
    public KeyDerivation KeyDerivation { get; init; }

    /// <summary>The hash function of key derivation and signature; default SHA-1.</summary>
    public Digest Digest { get; init; } = Digest.Sha1;
}

namespace Retort.Signing;

/// <summary>
/// A <see cref="TimedSerializer"/> whose tokens hold only letters, digits and <c>- _ .</c>: compact JSON, deflated when that is shorter, in base64.
/// Flask's session cookie is one over <see cref="TaggedJson"/> with salt <c>cookie-session</c> and <see cref="SignerOptions.FlaskSession"/>.
/// Source: itsdangerous, URLSafeTimedSerializer.
/// </summary>
public sealed class UrlSafeTimedSerializer : TimedSerializer
{
    /// <summary>Makes a serializer. A payload that inflates to more than <paramref name="maxInflatedBytes"/> is refused; default 1 MB.</summary>
    public UrlSafeTimedSerializer(
        SecretKeys secretKeys,
        string salt = "itsdangerous",
        IPayloadSerializer? serializer = null,
        SignerOptions? options = null,
        TimeProvider? clock = null,
        int maxInflatedBytes = UrlSafePayload.DefaultMaxInflatedBytes,
        params IEnumerable<SignerOptions> fallbackSigners)
        : base(new UrlSafePayload(serializer ?? PythonJson.Compact, maxInflatedBytes), secretKeys, salt, options, clock, fallbackSigners)
    {
    }
}

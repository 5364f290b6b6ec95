namespace Retort.Signing;

/// <summary>
/// A <see cref="Serializer"/> whose tokens hold only letters, digits and <c>- _ .</c>: compact JSON, deflated when that is shorter, in base64.
/// Source: itsdangerous, URLSafeSerializer.
/// </summary>
public sealed class UrlSafeSerializer : Serializer
{
    /// <summary>Makes a serializer. A payload that inflates to more than <paramref name="maxInflatedBytes"/> is refused; default 1 MB.</summary>
    public UrlSafeSerializer(
        SecretKeys secretKeys,
        string salt = "itsdangerous",
        IPayloadSerializer? serializer = null,
        SignerOptions? options = null,
        int maxInflatedBytes = UrlSafePayload.DefaultMaxInflatedBytes,
        params IEnumerable<SignerOptions> fallbackSigners)
        : base(new UrlSafePayload(serializer ?? PythonJson.Compact, maxInflatedBytes), secretKeys, salt, options, fallbackSigners)
    {
    }
}

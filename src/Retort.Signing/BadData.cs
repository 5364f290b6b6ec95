namespace Retort.Signing;

// The errors of itsdangerous, under their own names. A result carries one without throwing it; the throwing methods throw it.

/// <summary>Something signed could not be read. Base of every error here.</summary>
public abstract class BadData : Exception
{
    private protected BadData(string message, Exception? cause = null) : base(message, cause)
    {
    }
}

/// <summary>The signature is missing or does not match.</summary>
public class BadSignature : BadData
{
    internal BadSignature(string message, string? payload, Exception? cause = null) : base(message, cause) => Payload = payload;

    /// <summary>What was signed, as found. Not verified: never act on it. Null when there was nothing to split off.</summary>
    public string? Payload { get; }
}

/// <summary>The signature of a timestamped value does not match, or its timestamp is missing or malformed.</summary>
public class BadTimeSignature : BadSignature
{
    internal BadTimeSignature(string message, string? payload, DateTimeOffset? dateSigned = null) : base(message, payload) => DateSigned = dateSigned;

    /// <summary>When the value claims to have been signed, in UTC; null when that could not be read. Verified only in <see cref="SignatureExpired"/>.</summary>
    public DateTimeOffset? DateSigned { get; }
}

/// <summary>The signature matches, but it is older than the greatest age allowed, or from the future.</summary>
public sealed class SignatureExpired : BadTimeSignature
{
    internal SignatureExpired(string message, string payload, DateTimeOffset dateSigned) : base(message, payload, dateSigned)
    {
    }
}

/// <summary>A signed value with a header has a malformed one. For formats built on these serializers; none here has a header.</summary>
public sealed class BadHeader : BadSignature
{
    /// <summary>Describes a malformed header.</summary>
    public BadHeader(string message, string? payload = null, string? header = null, Exception? originalError = null) : base(message, payload, originalError) =>
        Header = header;

    /// <summary>The header as found, or null.</summary>
    public string? Header { get; }
}

/// <summary>
/// The signature matches but the payload cannot be decoded: it was written by another serializer or another format version.
/// The inner exception is what decoding it threw.
/// </summary>
public sealed class BadPayload : BadData
{
    internal BadPayload(string message, Exception? originalError = null) : base(message, originalError)
    {
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;

namespace Retort.Signing;

/// <summary>
/// Signs text together with the time: <c>value.timestamp.signature</c>, so that it can expire. One signer serves all threads.
/// Source: itsdangerous, TimestampSigner.
/// </summary>
public sealed class TimestampSigner
{
    private readonly Signer _signer;
    private readonly TimeProvider _clock;

    /// <summary>Makes a signer. The salt tells uses of one secret key apart; the clock is the system's unless given.</summary>
    public TimestampSigner(SecretKeys secretKeys, string salt = "itsdangerous.Signer", SignerOptions? options = null, TimeProvider? clock = null)
    {
        _signer = new Signer(secretKeys, salt, options);
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>The value followed by the time in whole seconds and the signature of both.</summary>
    public string Sign(ReadOnlySpan<char> value)
    {
        Span<char> stamp = stackalloc char[16];
        stamp = stamp[..WriteTimestamp(_clock.GetUtcNow().ToUnixTimeSeconds(), stamp)];
        var length = value.Length + _signer.Separator.Length + stamp.Length;
        var stamped = ArrayPool<char>.Shared.Rent(length);
        value.CopyTo(stamped);
        _signer.Separator.CopyTo(stamped.AsSpan(value.Length));
        stamp.CopyTo(stamped.AsSpan(length - stamp.Length));
        var signed = _signer.Sign(stamped.AsSpan(0, length));
        ArrayPool<char>.Shared.Return(stamped);
        return signed;
    }

    /// <summary>
    /// The value and when it was signed, or why it is refused; never throws. With a greatest age, older values and values from
    /// the future are refused.
    /// </summary>
    public SigningResult<string> TryUnsign(ReadOnlySpan<char> signed, TimeSpan? maxAge = null) =>
        Check(signed, maxAge, out var length, out var dateSigned) is { } error ? new(error) : new(signed[..length].ToString(), dateSigned);

    /// <summary>The value. Throws <see cref="SignatureExpired"/>, <see cref="BadTimeSignature"/> or <see cref="BadSignature"/>.</summary>
    public string Unsign(ReadOnlySpan<char> signed, TimeSpan? maxAge = null) => TryUnsign(signed, maxAge).GetOrThrow();

    /// <summary>Whether the text carries a good signature that is young enough.</summary>
    public bool Validate(ReadOnlySpan<char> signed, TimeSpan? maxAge = null) => Check(signed, maxAge, out _, out _) is null;

    /// <summary>Says what is wrong, where the value ends and when it was signed.</summary>
    internal BadSignature? Check(ReadOnlySpan<char> signed, TimeSpan? maxAge, out int valueLength, out DateTimeOffset dateSigned)
    {
        dateSigned = default;
        var error = _signer.Check(signed, out valueLength);
        var stamped = signed[..valueLength];
        var separator = stamped.LastIndexOf(_signer.Separator);
        if (separator < 0)
            return error ?? new BadTimeSignature("The signature matches but there is no timestamp; a signer without one signed it.", stamped.ToString());

        valueLength = separator;
        var value = stamped[..separator];
        var date = ReadTimestamp(stamped[(separator + _signer.Separator.Length)..]);
        if (error is not null)
            return new BadTimeSignature(error.Message, value.ToString(), date);
        if (date is null)
            return new BadTimeSignature("The signature matches but the timestamp is malformed; something else was signed.", value.ToString());

        dateSigned = date.Value;
        return maxAge is { } most ? CheckAge(value, dateSigned, most) : null;
    }

    private SignatureExpired? CheckAge(ReadOnlySpan<char> value, DateTimeOffset dateSigned, TimeSpan maxAge)
    {
        var age = _clock.GetUtcNow().ToUnixTimeSeconds() - dateSigned.ToUnixTimeSeconds();
        if (age > maxAge.TotalSeconds)
        {
            var most = maxAge.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return new SignatureExpired($"The signature is {age} seconds old, more than the {most} allowed; get a new one.", value.ToString(), dateSigned);
        }
        return age < 0
            ? new SignatureExpired($"The signature is {-age} seconds from the future; compare the clocks of both machines.", value.ToString(), dateSigned)
            : null;
    }

    /// <summary>Big-endian without leading zero bytes; the epoch itself is empty.</summary>
    private static int WriteTimestamp(long seconds, Span<char> stamp)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, seconds);
        return Base64Url.EncodeToChars(bytes.TrimStart((byte)0), stamp);
    }

    private static DateTimeOffset? ReadTimestamp(ReadOnlySpan<char> stamp)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (!Base64Text.TryDecode(stamp, bytes, out var length))
            return null;
        Span<byte> padded = stackalloc byte[8];
        padded.Clear();
        bytes[..length].CopyTo(padded[(8 - length)..]);
        var seconds = BinaryPrimitives.ReadUInt64BigEndian(padded);
        return seconds <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;
    }
}

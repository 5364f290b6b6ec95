using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Compression;

namespace Retort.Signing;

/// <summary>URL-safe base64 of the serializer's text, deflated behind a full stop where that saves more than one byte.</summary>
internal sealed class UrlSafePayload(IPayloadSerializer serializer, int maxInflatedBytes) : Payload(serializer)
{
    /// <summary>What an attacker who holds the key could make us allocate, at most.</summary>
    public const int DefaultMaxInflatedBytes = 1024 * 1024;

    // The platform's level 9 takes the decisions of zlib's level 6, which Python uses: the same inputs are worth compressing.
    private static readonly ZLibCompressionOptions LikePython = new() { CompressionLevel = 9 };

    protected override (char[] Rented, int Length) Encode(ReadOnlySpan<byte> bytes)
    {
        var deflated = CannotShrink(bytes) ? [] : Deflate(bytes);
        var shorter = deflated.Length > 0 && deflated.Length < bytes.Length - 1;
        var content = shorter ? deflated : bytes;
        var text = ArrayPool<char>.Shared.Rent(Base64Url.GetEncodedLength(content.Length) + 1);
        text[0] = '.';
        var mark = shorter ? 1 : 0;
        return (text, mark + Base64Url.EncodeToChars(content, text.AsSpan(mark)));
    }

    protected override object? Decode(ReadOnlySpan<char> text)
    {
        var deflated = text is ['.', ..];
        if (deflated)
            text = text[1..];
        var bytes = ArrayPool<byte>.Shared.Rent(Base64Text.MaxBytes(text.Length));
        try
        {
            if (!Base64Text.TryDecode(text, bytes, out var length))
                throw new FormatException("it is not base64");
            return Loads(deflated ? Inflate(bytes, length) : bytes.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    // Compressing costs more than everything else about a small session. zlib needs 6 bytes for its frame and 4 for the shortest block with a repetition in it;
    // a text in which no three bytes come again gains nothing before its own table of codes is paid for.
    private static bool CannotShrink(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 17)
            return false;
        for (var i = 0; bytes.Length >= 12 && i + 3 < bytes.Length; i++)
        {
            if (bytes[(i + 1)..].IndexOf(bytes.Slice(i, 3)) >= 0)
                return false;
        }
        return true;
    }

    private static ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> bytes)
    {
        var output = new MemoryStream();
        using (var stream = new ZLibStream(output, LikePython, leaveOpen: true))
            stream.Write(bytes);
        var deflated = output.GetBuffer().AsSpan(0, (int)output.Length);
        // The header names the level, which Python never changes.
        deflated[1] = 0x9c;
        return deflated;
    }

    private ReadOnlySpan<byte> Inflate(byte[] deflated, int length)
    {
        using var stream = new ZLibStream(new MemoryStream(deflated, 0, length), CompressionMode.Decompress);
        var output = new byte[(int)Math.Min(maxInflatedBytes, 4L * length)];
        var written = 0;
        while (stream.Read(output.AsSpan(written)) is > 0 and var read)
        {
            written += read;
            if (written == output.Length && written < maxInflatedBytes)
                Array.Resize(ref output, (int)Math.Min(maxInflatedBytes, 2L * written));
        }
        if (written == maxInflatedBytes && stream.ReadByte() >= 0)
            throw new InvalidDataException($"it inflates to more than {maxInflatedBytes} bytes");
        // The stream ends silently where the data does; only the checksum tells a whole payload from a part of one.
        if (length < 6 || BinaryPrimitives.ReadUInt32BigEndian(deflated.AsSpan(length - 4)) != Adler32(output.AsSpan(0, written)))
            throw new InvalidDataException("its compressed data is incomplete");
        return output.AsSpan(0, written);
    }

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint modulus = 65521;
        var (a, b) = (1u, 0u);
        foreach (var value in bytes)
        {
            a = (a + value) % modulus;
            b = (b + a) % modulus;
        }
        return b << 16 | a;
    }
}

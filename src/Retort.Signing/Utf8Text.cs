using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Retort.Signing;

/// <summary>The UTF-8 bytes of a text in a buffer of the caller, or in a rented one when that is too small. Dispose gives it back.</summary>
internal readonly ref struct Utf8Text
{
    /// <summary>UTF-8 that throws on half a surrogate pair or on malformed bytes, as Python's does.</summary>
    public static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[]? _rented;

    public Utf8Text(ReadOnlySpan<char> text, Span<byte> buffer)
    {
        var most = text.Length * 3;
        if (most > buffer.Length)
            buffer = _rented = ArrayPool<byte>.Shared.Rent(most);
        IsValid = Utf8.FromUtf16(text, buffer, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done;
        Bytes = buffer[..written];
    }

    /// <summary>False when the text holds half a surrogate pair, which has no UTF-8.</summary>
    public bool IsValid { get; }

    public ReadOnlySpan<byte> Bytes { get; }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }
}

using System.Runtime.Intrinsics;
using System.Text;

namespace Retort.Jinja.Runtime;

/// <summary>Text of a template, ready to be printed. Bytes without meaning follow it, so that a short text is copied by one instruction.</summary>
internal readonly struct Utf8Text
{
    /// <summary>What is copied at once, and how many bytes stand after the text.</summary>
    public static readonly int Block = Vector256<byte>.Count;

    private readonly byte[]? _padded;

    public Utf8Text(ReadOnlySpan<char> text)
    {
        if (text.Length == 0)
            return;
        Length = Encoding.UTF8.GetByteCount(text);
        _padded = new byte[Length + Block];
        Encoding.UTF8.GetBytes(text, _padded);
    }

    public int Length { get; }

    /// <summary>The text and the bytes after it; not for the default, which is empty.</summary>
    public byte[] Padded => _padded!;
}

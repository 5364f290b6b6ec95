using System.Buffers.Binary;

namespace Retort.Jinja;

/// <summary>Binary catalogues: a header, two tables of lengths and offsets, the texts.</summary>
internal static class MoReader
{
    private const uint Magic = 0x950412DE;
    private const int HeaderLength = 20;

    public static Dictionary<string, string[]> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
            throw Invalid("it ends before the header does");
        var little = BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Magic;
        if (!little && BinaryPrimitives.ReadUInt32BigEndian(bytes) != Magic)
            throw Invalid("it does not begin with the magic number 950412de");
        if (Number(bytes, 4, little) >> 16 > 1)
            throw Invalid($"its version {Number(bytes, 4, little) >> 16} is newer than 1");
        var count = Number(bytes, 8, little);
        var (originals, translations) = (Number(bytes, 12, little), Number(bytes, 16, little));
        var messages = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (encoding, total) = (GettextCharset.Utf8, 0L);
        for (var i = 0L; i < count; i++)
        {
            var original = Text(bytes, originals + (i * 8), little);
            var translation = Text(bytes, translations + (i * 8), little);
            // Texts that share their bytes would let a small file fill any memory.
            if ((total += original.Length + translation.Length) > bytes.Length)
                throw Invalid("its texts overlap");
            if (original.IsEmpty)
                encoding = GettextCharset.Of(translation);
            var key = GettextCharset.Decode(encoding, original);
            // A plural's key holds both forms; it is known by the first.
            var end = key.IndexOf('\0', StringComparison.Ordinal);
            messages[end < 0 ? key : key[..end]] = GettextCharset.Decode(encoding, translation).Split('\0');
        }
        return messages;
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> bytes, long entry, bool little)
    {
        var (length, offset) = (Number(bytes, entry, little), Number(bytes, entry + 4, little));
        if ((long)offset + length > bytes.Length)
            throw Invalid("a text lies outside the file");
        return bytes.Slice((int)offset, (int)length);
    }

    private static uint Number(ReadOnlySpan<byte> bytes, long offset, bool little)
    {
        if (offset < 0 || offset + 4 > bytes.Length)
            throw Invalid("a table lies outside the file");
        var source = bytes.Slice((int)offset, 4);
        return little ? BinaryPrimitives.ReadUInt32LittleEndian(source) : BinaryPrimitives.ReadUInt32BigEndian(source);
    }

    private static FormatException Invalid(string reason) => new($"The bytes are no gettext catalogue (.mo): {reason}. Compile the .po file anew with msgfmt.");
}

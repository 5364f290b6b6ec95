using System.Text;

namespace Retort.Signing;

/// <summary>
/// Base64 as CPython's binascii reads it: characters outside the alphabet are passed over, the text ends at sufficient padding.
/// Tokens of other implementations may rely on that, so a signature is read the same way, but with one spelling per code:
/// no '+' for '-', and nothing in the bits that the last character does not use.
/// </summary>
internal static class Base64Text
{
    /// <summary>The most bytes that a text of this length can hold.</summary>
    public static int MaxBytes(int characters) => characters / 4 * 3 + 3;

    /// <summary>Reads the URL-safe alphabet (or the standard one) without its padding, as itsdangerous reads payloads and timestamps.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int written) =>
        TryDecode(text, MissingPadding(text), Alphabet.Either, bytes, out written);

    /// <summary>Reads a signature. False as well if it is longer than <paramref name="bytes"/>.</summary>
    public static bool TryDecodeSignature(ReadOnlySpan<char> text, Span<byte> bytes, out int written) =>
        TryDecode(text, MissingPadding(text), Alphabet.UrlOnly, bytes, out written);

    /// <summary>Reads padded base64 of the standard alphabet, as <c>base64.b64decode</c> does.</summary>
    public static bool TryDecodePadded(ReadOnlySpan<char> text, Span<byte> bytes, out int written) =>
        TryDecode(text, 0, Alphabet.StandardOnly, bytes, out written);

    private enum Alphabet
    {
        Either,
        UrlOnly,
        StandardOnly,
    }

    private static int MissingPadding(ReadOnlySpan<char> text) => -Encoding.UTF8.GetByteCount(text) & 3;

    private static bool TryDecode(ReadOnlySpan<char> text, int padding, Alphabet alphabet, Span<byte> bytes, out int written)
    {
        written = 0;
        var (position, pads, bits) = (0, 0, 0);
        for (var i = 0; i < text.Length + padding; i++)
        {
            var character = i < text.Length ? text[i] : '=';
            if (character == '=')
            {
                if (position >= 2 && position + ++pads >= 4)
                    return alphabet != Alphabet.UrlOnly || bits == 0;
                continue;
            }
            var value = ValueOf(character, alphabet);
            if (value < 0)
                continue;
            pads = 0;
            if (position > 0)
            {
                if (written == bytes.Length)
                    return false;
                bytes[written++] = (byte)(bits << (2 * position) | value >> (6 - 2 * position));
            }
            bits = value & (0x3f >> (2 * position));
            position = (position + 1) & 3;
        }
        return position == 0;
    }

    private static int ValueOf(char character, Alphabet alphabet) => character switch
    {
        >= 'A' and <= 'Z' => character - 'A',
        >= 'a' and <= 'z' => character - 'a' + 26,
        >= '0' and <= '9' => character - '0' + 52,
        '-' when alphabet != Alphabet.StandardOnly => 62,
        '_' when alphabet != Alphabet.StandardOnly => 63,
        '+' when alphabet != Alphabet.UrlOnly => 62,
        '/' when alphabet != Alphabet.UrlOnly => 63,
        _ => -1,
    };
}

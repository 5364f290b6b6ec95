using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Retort.Json;

/// <summary>
/// Escapes text in JSON as Python's json module does: only what JSON itself demands and, with <paramref name="ensureAscii"/>, what is beyond ASCII,
/// in lower-case hexadecimal.
/// </summary>
internal sealed unsafe class PythonJsonEncoder(bool ensureAscii) : JavaScriptEncoder
{
    private static readonly SearchValues<char> PlainChars = SearchValues.Create(Plain().Select(code => (char)code).ToArray());
    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create(Plain().Select(code => (byte)code).ToArray());
    private static readonly SearchValues<char> SpecialChars = SearchValues.Create(Special().Select(code => (char)code).ToArray());
    private static readonly SearchValues<byte> SpecialBytes = SearchValues.Create(Special().Select(code => (byte)code).ToArray());

    // A surrogate pair takes two six-character escapes, but counts as two input characters.
    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        return ensureAscii ? span.IndexOfAnyExcept(PlainChars) : span.IndexOfAny(SpecialChars);
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) =>
        ensureAscii ? utf8Text.IndexOfAnyExcept(PlainBytes) : utf8Text.IndexOfAny(SpecialBytes);

    public override bool WillEncode(int unicodeScalar) =>
        unicodeScalar is < ' ' or '"' or '\\' || (ensureAscii && unicodeScalar > '~');

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        Span<char> units = stackalloc char[2];
        numberOfCharactersWritten = 0;
        foreach (var unit in units[..new Rune(unicodeScalar).EncodeToUtf16(units)])
        {
            if (!TryEncodeUnit(unit, output[numberOfCharactersWritten..], out var written))
                return false;
            numberOfCharactersWritten += written;
        }
        return true;
    }

    /// <summary>Unit by unit, so that half a surrogate pair is written as it is, where the base class would replace it.</summary>
    public override OperationStatus Encode(ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten, bool isFinalBlock = true)
    {
        if (!ensureAscii)
            return base.Encode(source, destination, out charsConsumed, out charsWritten, isFinalBlock);
        charsWritten = 0;
        for (charsConsumed = 0; charsConsumed < source.Length; charsConsumed++)
        {
            var written = 1;
            if (PlainChars.Contains(source[charsConsumed]) && charsWritten < destination.Length)
                destination[charsWritten] = source[charsConsumed];
            else if (!TryEncodeUnit(source[charsConsumed], destination[charsWritten..], out written))
                return OperationStatus.DestinationTooSmall;
            charsWritten += written;
        }
        return OperationStatus.Done;
    }

    private static bool TryEncodeUnit(char unit, Span<char> output, out int written)
    {
        var letter = ShortEscape(unit);
        written = letter is null ? 6 : 2;
        if (output.Length < written)
            return false;
        if (letter is not null)
            (output[0], output[1]) = ('\\', letter.Value);
        else
            WriteHex(unit, output);
        return true;
    }

    private static char? ShortEscape(int scalar) => scalar switch
    {
        '"' => '"',
        '\\' => '\\',
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\f' => 'f',
        '\b' => 'b',
        _ => null,
    };

    private static void WriteHex(int unit, Span<char> output)
    {
        output[0] = '\\';
        output[1] = 'u';
        for (var i = 0; i < 4; i++)
            output[2 + i] = "0123456789abcdef"[(unit >> (12 - (4 * i))) & 0xF];
    }

    private static IEnumerable<int> Plain() => Enumerable.Range(' ', 0x7F - ' ').Where(code => code is not ('"' or '\\'));

    private static IEnumerable<int> Special() => Enumerable.Range(0, ' ').Append('"').Append('\\');
}

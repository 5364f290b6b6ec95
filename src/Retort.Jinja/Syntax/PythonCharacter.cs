using System.Globalization;
using System.Text;

namespace Retort.Jinja.Syntax;

/// <summary>Python's classes of characters, as far as the grammar needs them.</summary>
internal static class PythonCharacter
{
    /// <summary><c>str.isspace</c>: as .NET sees it and the four ASCII separators.</summary>
    public static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1c' and <= '\x1f';

    /// <summary>Part of a word in the sense of <c>\w</c> or of an identifier.</summary>
    public static bool IsWord(Rune rune) => rune.IsAscii
        ? rune.Value == '_' || Rune.IsLetterOrDigit(rune)
        : Rune.IsLetter(rune) || Rune.IsNumber(rune) || IsIdentifierPart(rune);

    /// <summary><c>str.isidentifier</c>.</summary>
    public static bool IsIdentifier(string text)
    {
        var first = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (first ? !IsIdentifierStart(rune) : !IsIdentifierPart(rune))
                return false;
            first = false;
        }
        return !first;
    }

    private static bool IsIdentifierStart(Rune rune) => rune.Value == '_' || Rune.IsLetter(rune)
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.LetterNumber || rune.Value is 0x1885 or 0x1886 or 0x2118 or 0x212e;

    private static bool IsIdentifierPart(Rune rune) => IsIdentifierStart(rune) || rune.Value is 0xb7 or 0x387 or 0x19da or (>= 0x1369 and <= 0x1371)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;
}

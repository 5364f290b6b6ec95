using System.Globalization;
using System.Text;

namespace Retort.Jinja;

/// <summary>Python's classes of characters, by code point.</summary>
internal static class PythonChar
{
    // The property Lowercase beyond category Ll (Other_Lowercase) and Uppercase beyond Lu (Other_Uppercase); pairs of first and last.
    private static readonly int[] OtherLower =
    [
        0xAA, 0xAA, 0xBA, 0xBA, 0x2B0, 0x2B8, 0x2C0, 0x2C1, 0x2E0, 0x2E4, 0x345, 0x345, 0x37A, 0x37A, 0x1D2C, 0x1D6A, 0x1D78, 0x1D78, 0x1D9B, 0x1DBF, 0x2071, 0x2071,
        0x207F, 0x207F, 0x2090, 0x209C, 0x2170, 0x217F, 0x24D0, 0x24E9, 0x2C7C, 0x2C7D, 0xA69C, 0xA69D, 0xA770, 0xA770, 0xA7F8, 0xA7F9, 0xAB5C, 0xAB5F,
    ];

    private static readonly int[] OtherUpper = [0x2160, 0x216F, 0x24B6, 0x24CF, 0x1F130, 0x1F149, 0x1F150, 0x1F169, 0x1F170, 0x1F189];

    public static bool IsSpace(int code) => code < 0x10000 && (char.IsWhiteSpace((char)code) || code is >= 0x1C and <= 0x1F);

    public static bool IsSpace(char character) => character is <= ' ' or > '~' && IsSpace((int)character);

    /// <summary>The first index from here on that holds no space, or the end.</summary>
    public static int SkipSpace(string text, int index)
    {
        while (index < text.Length && IsSpace(text[index]))
            index++;
        return index;
    }

    /// <summary>The first index from here on that holds a space, or the end.</summary>
    public static int SkipWord(string text, int index)
    {
        while (index < text.Length && !IsSpace(text[index]))
            index++;
        return index;
    }

    public static bool IsAsciiSpace(char character) => character is ' ' or >= '\t' and <= '\r';

    public static bool IsAlpha(int code) => CharUnicodeInfo.GetUnicodeCategory(code) <= UnicodeCategory.OtherLetter;

    public static bool IsDecimal(int code) => CharUnicodeInfo.GetUnicodeCategory(code) == UnicodeCategory.DecimalDigitNumber;

    public static bool IsDigit(int code) => DigitValue(code) >= 0;

    public static bool IsNumeric(int code)
    {
        if (code < 0x80)
            return code is >= '0' and <= '9';
        return Rune.TryCreate(code, out var rune) && CharUnicodeInfo.GetNumericValue(rune.ToString(), 0) != -1;
    }

    public static bool IsAlnum(int code) => IsAlpha(code) || IsDecimal(code) || IsNumeric(code) || IsDigit(code);

    /// <summary>What a regular expression's <c>\w</c> matches.</summary>
    public static bool IsWord(int code) => code == '_' || (code < 0x80 ? char.IsAsciiLetterOrDigit((char)code) : IsAlnum(code));

    public static bool IsLower(int code) => CharUnicodeInfo.GetUnicodeCategory(code) == UnicodeCategory.LowercaseLetter || IsIn(OtherLower, code);

    public static bool IsUpper(int code) => CharUnicodeInfo.GetUnicodeCategory(code) == UnicodeCategory.UppercaseLetter || IsIn(OtherUpper, code);

    public static bool IsTitle(int code) => CharUnicodeInfo.GetUnicodeCategory(code) == UnicodeCategory.TitlecaseLetter;

    public static bool IsCased(int code) => IsLower(code) || IsUpper(code) || IsTitle(code);

    public static bool IsPrintable(int code) => code == ' ' || CharUnicodeInfo.GetUnicodeCategory(code)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    /// <summary>A character that case rules look through, such as a combining mark or an apostrophe.</summary>
    public static bool IsCaseIgnorable(int code) => code is '\'' or '.' or ':' or 0xB7 or 0x2019 or 0x2018 or 0x2024 or 0x2027 or 0x387 or 0x55F or 0x5F4
        || CharUnicodeInfo.GetUnicodeCategory(code)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;

    /// <summary>The text of a code point, also of a lone surrogate.</summary>
    public static string ToText(int code) => code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString() : char.ConvertFromUtf32(code);

    /// <summary>The escape that Python's <c>ascii()</c> writes for what is no ASCII.</summary>
    public static string Escape(int code) => code < 0x100 ? $"\\x{code:x2}" : code < 0x10000 ? $"\\u{code:x4}" : $"\\U{code:x8}";

    /// <summary>Python's <c>str.isidentifier</c>.</summary>
    public static bool IsIdentifier(string text)
    {
        var part = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (part ? !IsIdentifierPart(rune.Value) : !IsIdentifierStart(rune.Value))
                return false;
            part = true;
        }
        return part;
    }

    private static bool IsIdentifierStart(int code) => code == '_' || CharUnicodeInfo.GetUnicodeCategory(code) is <= UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
        || code is 0x1885 or 0x1886 or 0x2118 or 0x212E;

    public static bool IsIdentifierPart(int code) => IsIdentifierStart(code) || code is 0xB7 or 0x387 or (>= 0x1369 and <= 0x1371) or 0x19DA
        || CharUnicodeInfo.GetUnicodeCategory(code)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;

    /// <summary>The value of a decimal or other digit, else -1.</summary>
    public static int DigitValue(int code)
    {
        if (code < 0x80)
            return code is >= '0' and <= '9' ? code - '0' : -1;
        return Rune.TryCreate(code, out var rune) ? CharUnicodeInfo.GetDigitValue(rune.ToString(), 0) : -1;
    }

    /// <summary>The value of a decimal digit of any script, else -1.</summary>
    public static int DecimalValue(int code) => code < 0x80 || IsDecimal(code) ? DigitValue(code) : -1;

    /// <summary>A line end for <c>splitlines</c>.</summary>
    public static bool IsLineEnd(char character) => character is '\n' or '\r' or '\v' or '\f' or (>= '\x1c' and <= '\x1e') or '\x85' or '\u2028' or '\u2029';

    private static bool IsIn(int[] ranges, int code)
    {
        for (var i = 0; i < ranges.Length && ranges[i] <= code; i += 2)
        {
            if (code <= ranges[i + 1])
                return true;
        }
        return false;
    }
}

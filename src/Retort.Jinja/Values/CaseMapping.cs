using System.Collections.Frozen;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Unicode's full case mappings as Python applies them; .NET knows those from one character to one only.</summary>
internal static class CaseMapping
{
    // Read only for text beyond ASCII. Source: Unicode 14, SpecialCasing.txt.
    private static class Tables
    {
        /// <summary>Code points whose upper case is longer than one, and the dotless i, which .NET leaves alone.</summary>
        public static readonly FrozenDictionary<int, string> LongUpper = Read("CaseUpper.txt");

        /// <summary>Code points whose title case is not their upper case, but for Georgian, which has no title case.</summary>
        public static readonly FrozenDictionary<int, string> DistinctTitle = Read("CaseTitle.txt");

        private static FrozenDictionary<int, string> Read(string name) =>
            CharacterTable.Read(name).ToFrozenDictionary(entry => CharacterTable.Code(entry.Key), entry => entry.Value);
    }

    public static string Upper(string text) => Ascii.IsValid(text) ? string.Create(text.Length, text, static (target, text) => Ascii.ToUpper(text, target, out _)) : Map(text, static (result, _, _, rune) => AppendUpper(result, rune));

    public static string Lower(string text) =>
        Ascii.IsValid(text) ? string.Create(text.Length, text, static (target, text) => Ascii.ToLower(text, target, out _)) : Map(text, static (result, whole, index, rune) => AppendLower(result, whole, index, rune));

    public static string Capitalize(string text) => Map(text, static (result, whole, index, rune) =>
    {
        if (index == 0)
            AppendTitle(result, rune);
        else
            AppendLower(result, whole, index, rune);
    });

    /// <summary>Python's <c>str.title</c>: the first cased character of each run of cased ones in title case.</summary>
    public static string Title(string text)
    {
        var previousCased = false;
        return Map(text, (result, whole, index, rune) =>
        {
            if (previousCased)
                AppendLower(result, whole, index, rune);
            else
                AppendTitle(result, rune);
            previousCased = PythonChar.IsCased(rune.Value);
        });
    }

    public static string SwapCase(string text) => Map(text, static (result, whole, index, rune) =>
    {
        if (PythonChar.IsUpper(rune.Value))
            AppendLower(result, whole, index, rune);
        else if (PythonChar.IsLower(rune.Value))
            AppendUpper(result, rune);
        else
            Append(result, rune);
    });

    /// <summary>Case folding, which maps through upper case what lower case leaves apart.</summary>
    public static string Fold(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : Map(text, static (result, _, _, rune) => AppendFolded(result, rune));

    private delegate void Mapper(StringBuilder result, string whole, int index, Rune rune);

    private static string Map(string text, Mapper mapper)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                mapper(result, text, i, rune);
                i += rune.Utf16SequenceLength;
            }
            else
            {
                result.Append(text[i++]);
            }
        }
        return result.ToString();
    }

    private static void AppendUpper(StringBuilder result, Rune rune)
    {
        if (Tables.LongUpper.TryGetValue(rune.Value, out var mapped))
            result.Append(mapped);
        else
            Append(result, Rune.ToUpperInvariant(rune));
    }

    private static void AppendTitle(StringBuilder result, Rune rune)
    {
        if (Tables.DistinctTitle.TryGetValue(rune.Value, out var mapped))
            result.Append(mapped);
        else if (rune.Value is >= 0x10D0 and <= 0x10FF)
            Append(result, rune);
        else
            AppendUpper(result, rune);
    }

    private static void AppendLower(StringBuilder result, string whole, int index, Rune rune)
    {
        if (rune.Value == 0x130)
            result.Append("i\u0307");
        else if (rune.Value == 0x3A3)
            result.Append(IsFinalSigma(whole, index) ? '\u03C2' : '\u03C3');
        else
            Append(result, Rune.ToLowerInvariant(rune));
    }

    private static void AppendFolded(StringBuilder result, Rune rune)
    {
        switch (rune.Value)
        {
            case 0x130:
                result.Append("i\u0307");
                return;
            case 0xB5 or 0x3C2 or 0x17F or (>= 0x3D0 and <= 0x3F5) or 0x1E9B or 0x1FBE or 0x345:
                Append(result, Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)));
                return;
            case 0x131:
                Append(result, rune);
                return;
            case 0x1E9E:
                result.Append("ss");
                return;
        }
        if (Tables.LongUpper.TryGetValue(rune.Value, out var mapped))
            result.Append(Fold(mapped));
        else
            Append(result, Rune.ToLowerInvariant(rune));
    }

    // A sigma ends a word when a cased letter stands before it and none after it, not counting marks and the like.
    private static bool IsFinalSigma(string text, int index) => CasedBefore(text, index) && !CasedAfter(text, index + 1);

    private static bool CasedBefore(string text, int index)
    {
        while (index > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, index), out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            index -= length;
            if (!PythonChar.IsCaseIgnorable(rune.Value))
                return PythonChar.IsCased(rune.Value);
        }
        return false;
    }

    private static bool CasedAfter(string text, int index)
    {
        while (index < text.Length && Rune.TryGetRuneAt(text, index, out var rune))
        {
            index += rune.Utf16SequenceLength;
            if (!PythonChar.IsCaseIgnorable(rune.Value))
                return PythonChar.IsCased(rune.Value);
        }
        return false;
    }

    private static void Append(StringBuilder result, Rune rune)
    {
        Span<char> units = stackalloc char[2];
        result.Append(units[..rune.EncodeToUtf16(units)]);
    }
}

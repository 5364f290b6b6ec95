using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Unicode's full case mappings as Python applies them; .NET knows those from one character to one only.</summary>
internal static class CaseMapping
{
    // Code points whose upper case is longer than one, and the dotless i, which .NET leaves alone. Source: Unicode 14, SpecialCasing.txt.
    private static readonly FrozenDictionary<int, string> LongUpper = Parse("""
        DF:53+53 131:49 149:2BC+4E 1F0:4A+30C 390:399+308+301 3B0:3A5+308+301 587:535+552 1E96:48+331 1E97:54+308 1E98:57+30A 1E99:59+30A 1E9A:41+2BE
        1F50:3A5+313 1F52:3A5+313+300 1F54:3A5+313+301 1F56:3A5+313+342 1F80:1F08+399 1F81:1F09+399 1F82:1F0A+399 1F83:1F0B+399 1F84:1F0C+399
        1F85:1F0D+399 1F86:1F0E+399 1F87:1F0F+399 1F88:1F08+399 1F89:1F09+399 1F8A:1F0A+399 1F8B:1F0B+399 1F8C:1F0C+399 1F8D:1F0D+399 1F8E:1F0E+399
        1F8F:1F0F+399 1F90:1F28+399 1F91:1F29+399 1F92:1F2A+399 1F93:1F2B+399 1F94:1F2C+399 1F95:1F2D+399 1F96:1F2E+399 1F97:1F2F+399 1F98:1F28+399
        1F99:1F29+399 1F9A:1F2A+399 1F9B:1F2B+399 1F9C:1F2C+399 1F9D:1F2D+399 1F9E:1F2E+399 1F9F:1F2F+399 1FA0:1F68+399 1FA1:1F69+399 1FA2:1F6A+399
        1FA3:1F6B+399 1FA4:1F6C+399 1FA5:1F6D+399 1FA6:1F6E+399 1FA7:1F6F+399 1FA8:1F68+399 1FA9:1F69+399 1FAA:1F6A+399 1FAB:1F6B+399 1FAC:1F6C+399
        1FAD:1F6D+399 1FAE:1F6E+399 1FAF:1F6F+399 1FB2:1FBA+399 1FB3:391+399 1FB4:386+399 1FB6:391+342 1FB7:391+342+399 1FBC:391+399 1FC2:1FCA+399
        1FC3:397+399 1FC4:389+399 1FC6:397+342 1FC7:397+342+399 1FCC:397+399 1FD2:399+308+300 1FD3:399+308+301 1FD6:399+342 1FD7:399+308+342
        1FE2:3A5+308+300 1FE3:3A5+308+301 1FE4:3A1+313 1FE6:3A5+342 1FE7:3A5+308+342 1FF2:1FFA+399 1FF3:3A9+399 1FF4:38F+399 1FF6:3A9+342
        1FF7:3A9+342+399 1FFC:3A9+399 FB00:46+46 FB01:46+49 FB02:46+4C FB03:46+46+49 FB04:46+46+4C FB05:53+54 FB06:53+54 FB13:544+546 FB14:544+535
        FB15:544+53B FB16:54E+546 FB17:544+53D
        """);

    // Code points whose title case is not their upper case, but for Georgian, which has no title case.
    private static readonly FrozenDictionary<int, string> DistinctTitle = Parse("""
        DF:53+73 1C4:1C5 1C5:1C5 1C6:1C5 1C7:1C8 1C8:1C8 1C9:1C8 1CA:1CB 1CB:1CB 1CC:1CB 1F1:1F2 1F2:1F2 1F3:1F2 587:535+582 1F80:1F88 1F81:1F89
        1F82:1F8A 1F83:1F8B 1F84:1F8C 1F85:1F8D 1F86:1F8E 1F87:1F8F 1F88:1F88 1F89:1F89 1F8A:1F8A 1F8B:1F8B 1F8C:1F8C 1F8D:1F8D 1F8E:1F8E 1F8F:1F8F
        1F90:1F98 1F91:1F99 1F92:1F9A 1F93:1F9B 1F94:1F9C 1F95:1F9D 1F96:1F9E 1F97:1F9F 1F98:1F98 1F99:1F99 1F9A:1F9A 1F9B:1F9B 1F9C:1F9C 1F9D:1F9D
        1F9E:1F9E 1F9F:1F9F 1FA0:1FA8 1FA1:1FA9 1FA2:1FAA 1FA3:1FAB 1FA4:1FAC 1FA5:1FAD 1FA6:1FAE 1FA7:1FAF 1FA8:1FA8 1FA9:1FA9 1FAA:1FAA 1FAB:1FAB
        1FAC:1FAC 1FAD:1FAD 1FAE:1FAE 1FAF:1FAF 1FB2:1FBA+345 1FB3:1FBC 1FB4:386+345 1FB7:391+342+345 1FBC:1FBC 1FC2:1FCA+345 1FC3:1FCC
        1FC4:389+345 1FC7:397+342+345 1FCC:1FCC 1FF2:1FFA+345 1FF3:1FFC 1FF4:38F+345 1FF7:3A9+342+345 1FFC:1FFC FB00:46+66 FB01:46+69 FB02:46+6C
        FB03:46+66+69 FB04:46+66+6C FB05:53+74 FB06:53+74 FB13:544+576 FB14:544+565 FB15:544+56B FB16:54E+576 FB17:544+56D
        """);

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
        if (LongUpper.TryGetValue(rune.Value, out var mapped))
            result.Append(mapped);
        else
            Append(result, Rune.ToUpperInvariant(rune));
    }

    private static void AppendTitle(StringBuilder result, Rune rune)
    {
        if (DistinctTitle.TryGetValue(rune.Value, out var mapped))
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
            case 0x1E9E:
                result.Append("ss");
                return;
        }
        if (LongUpper.TryGetValue(rune.Value, out var mapped))
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

    private static FrozenDictionary<int, string> Parse(string table)
    {
        var map = new Dictionary<int, string>();
        foreach (var entry in table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            var mapped = entry[(colon + 1)..].Split('+').Select(code => (char)int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            map.Add(int.Parse(entry.AsSpan(0, colon), NumberStyles.HexNumber, CultureInfo.InvariantCulture), string.Concat(mapped));
        }
        return map.ToFrozenDictionary();
    }
}

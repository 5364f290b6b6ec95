namespace Retort.Jinja.Values;

/// <summary>Strings counted in code points, as Python does. Text without surrogates, which is nearly all, costs no more than a scan.</summary>
internal static class CodePoints
{
    public static bool HasSurrogates(ReadOnlySpan<char> text)
    {
        Budget.Charge(text.Length);
        return text.IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;
    }

    public static int Count(string text)
    {
        if (!HasSurrogates(text))
            return text.Length;
        var count = text.Length;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && char.IsLowSurrogate(text[i + 1]))
            {
                count--;
                i++;
            }
        }
        return count;
    }

    /// <summary>The UTF-16 offset of a code point's index; the end of the text if the index is beyond it.</summary>
    public static int Offset(string text, long index)
    {
        if (!HasSurrogates(text))
            return (int)Math.Min(index, text.Length);
        var offset = 0;
        for (; index > 0 && offset < text.Length; index--)
            offset += Width(text, offset);
        return offset;
    }

    /// <summary>The index of the code point at a UTF-16 offset.</summary>
    public static int Index(string text, int offset) => HasSurrogates(text) ? Count(text[..offset]) : offset;

    /// <summary>One or two units at an offset.</summary>
    public static int Width(string text, int offset) =>
        char.IsHighSurrogate(text[offset]) && offset + 1 < text.Length && char.IsLowSurrogate(text[offset + 1]) ? 2 : 1;

    /// <summary>The code point at an offset; a lone surrogate is itself.</summary>
    public static int At(string text, int offset) => Width(text, offset) == 2 ? char.ConvertToUtf32(text[offset], text[offset + 1]) : text[offset];

    /// <summary>The first code points of a text.</summary>
    public static string Take(string text, long count) => text[..Offset(text, Math.Max(0, count))];

    /// <summary>Each code point as a string of its own.</summary>
    public static IEnumerable<Value> Split(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var width = Width(text, i);
            yield return Value.From(width == 1 ? Single(text[i]) : text.Substring(i, width));
            i += width;
        }
    }

    /// <summary>A string of one unit; those of ASCII are shared.</summary>
    public static string Single(char character) => character < 128 ? AsciiStrings[character] : character.ToString();

    /// <summary>Compares as Python does: by code point, where ordinal comparison would order by UTF-16 unit.</summary>
    public static int Compare(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        Budget.Charge(length);
        var common = left.AsSpan(0, length).CommonPrefixLength(right.AsSpan(0, length));
        if (common == length)
            return left.Length - right.Length;
        var (a, b) = (left[common], right[common]);
        // A surrogate stands for a code point above all of the plane that U+E000 to U+FFFF belong to.
        if (char.IsSurrogate(a) != char.IsSurrogate(b))
            return char.IsSurrogate(a) ? (b >= 0xE000 ? 1 : a - b) : (a >= 0xE000 ? -1 : a - b);
        return a - b;
    }

    private static readonly string[] AsciiStrings = [.. Enumerable.Range(0, 128).Select(code => ((char)code).ToString())];
}

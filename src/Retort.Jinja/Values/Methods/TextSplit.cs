namespace Retort.Jinja.Values;

/// <summary>Python's ways to take a text apart.</summary>
internal static class TextSplit
{
    public static IEnumerable<string> Split(string text, in Value separator, long max) =>
        separator.IsNone ? SplitAtSpace(text, max) : SplitAt(text, Separator(separator), max);

    public static IEnumerable<string> SplitFromEnd(string text, in Value separator, long max)
    {
        var parts = separator.IsNone ? SplitAtSpaceFromEnd(text, max) : SplitAtFromEnd(text, Separator(separator), max);
        parts.Reverse();
        return parts;
    }

    /// <summary>Lines as <c>splitlines</c> sees them: ended by many characters, and no empty line after the last end.</summary>
    public static IEnumerable<string> Lines(string text, bool keepEnds)
    {
        for (var from = 0; from < text.Length;)
        {
            var end = from;
            while (end < text.Length && !PythonChar.IsLineEnd(text[end]))
                end++;
            var next = end + (end < text.Length ? (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1) : 0);
            yield return text[from..(keepEnds ? next : end)];
            from = next;
        }
    }

    public static (string, string, string) Partition(string text, string separator, bool last)
    {
        if (separator.Length == 0)
            throw PythonError.Value("empty separator");
        var at = last ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0)
            return last ? (string.Empty, string.Empty, text) : (text, string.Empty, string.Empty);
        return (text[..at], separator, text[(at + separator.Length)..]);
    }

    private static string Separator(in Value separator)
    {
        var mark = separator.AsText ?? throw PythonError.Type($"must be str or None, not {Text.TypeName(separator)}");
        return mark.Length > 0 ? mark : throw PythonError.Value("empty separator");
    }

    private static IEnumerable<string> SplitAt(string text, string mark, long max)
    {
        var from = 0;
        for (; max != 0 && text.IndexOf(mark, from, StringComparison.Ordinal) is var at and >= 0; max--)
        {
            yield return text[from..at];
            from = at + mark.Length;
        }
        yield return text[from..];
    }

    private static IEnumerable<string> SplitAtSpace(string text, long max)
    {
        for (var i = PythonChar.SkipSpace(text, 0); i < text.Length; i = PythonChar.SkipSpace(text, i), max--)
        {
            var start = i;
            i = max == 0 ? text.Length : PythonChar.SkipWord(text, i);
            yield return text[start..i];
        }
    }

    private static List<string> SplitAtFromEnd(string text, string mark, long max)
    {
        var parts = new List<string>();
        var to = text.Length;
        for (; max != 0 && text.AsSpan(0, to).LastIndexOf(mark) is var at and >= 0; max--)
        {
            parts.Add(text[(at + mark.Length)..to]);
            to = at;
        }
        parts.Add(text[..to]);
        return parts;
    }

    private static List<string> SplitAtSpaceFromEnd(string text, long max)
    {
        var parts = new List<string>();
        for (var end = EndOfText(text, text.Length); end > 0; max--)
        {
            var start = max == 0 ? 0 : end;
            while (start > 0 && !PythonChar.IsSpace(text[start - 1]))
                start--;
            parts.Add(text[start..end]);
            end = EndOfText(text, start);
        }
        return parts;
    }

    private static int EndOfText(string text, int length) => StringMethods.SpaceBounds(text.AsSpan(0, length), start: false, end: true).To;
}

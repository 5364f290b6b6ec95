using System.Buffers;
using Retort.Jinja.Values;

namespace Retort.Jinja.Builtins;

/// <summary>Python's <c>textwrap.wrap</c> with tabs and white space left as they are. One pass over the text, no patterns that could run long.</summary>
internal sealed class TextWrapper(long width, bool breakLongWords, bool breakOnHyphens)
{
    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \t\n\v\f\r");
    /// <summary>Whether the width may cut a word, for which it has to be an integer.</summary>
    public bool IsWhole { get; init; } = true;

    public List<string> Wrap(string text)
    {
        var chunks = new Stack<string>(Chunks(text).AsEnumerable().Reverse());
        var lines = new List<string>();
        var line = new List<string>();
        while (chunks.Count > 0)
        {
            line.Clear();
            // White space at the start of a line is dropped, but not at the start of the text.
            if (lines.Count > 0 && IsBlank(chunks.Peek()))
                chunks.Pop();
            var length = 0L;
            while (chunks.Count > 0 && length + CodePoints.Count(chunks.Peek()) <= width)
            {
                length += CodePoints.Count(chunks.Peek());
                line.Add(chunks.Pop());
            }
            if (chunks.Count > 0 && CodePoints.Count(chunks.Peek()) > width)
                PlaceLongWord(chunks, line, length);
            if (line.Count > 0 && IsBlank(line[^1]))
                line.RemoveAt(line.Count - 1);
            if (line.Count > 0)
                lines.Add(string.Concat(line));
        }
        return lines;
    }

    // A word that fits no line is cut into pieces, after a hyphen if there is one, or else stands alone.
    private void PlaceLongWord(Stack<string> chunks, List<string> line, long length)
    {
        if (!breakLongWords)
        {
            if (line.Count == 0)
                line.Add(chunks.Pop());
            return;
        }
        if (!IsWhole)
            throw PythonError.Type("slice indices must be integers or None or have an __index__ method");
        var word = chunks.Pop();
        var pieces = new List<string>();
        var from = 0;
        // All full lines but the first piece go back as chunks of exactly one line each, so that the word is read once.
        for (var room = width - length; CodePoints.Count(Window(word, from, room + 1)) > room; room = width)
        {
            var end = from + Window(word, from, room).Length;
            if (breakOnHyphens && end > from && word.LastIndexOf('-', end - 1, end - from) is var hyphen && hyphen > from && word.AsSpan(from, hyphen - from).ContainsAnyExcept('-'))
                end = hyphen + 1;
            pieces.Add(word[from..end]);
            from = end;
        }
        if (from < word.Length)
            chunks.Push(word[from..]);
        for (var i = pieces.Count - 1; i > 0; i--)
            chunks.Push(pieces[i]);
        line.Add(pieces[0]);
    }

    private static string Window(string word, int from, long count)
    {
        var to = (int)Math.Min(word.Length, from + (2 * Math.Max(0, count)));
        return CodePoints.Take(word[from..to], count);
    }

    private static bool IsBlank(string chunk) => chunk.All(character => PythonChar.IsSpace(character));

    private List<string> Chunks(string text)
    {
        var chunks = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var end = PythonChar.IsAsciiSpace(text[i]) ? End(text, i, text.AsSpan(i).IndexOfAnyExcept(Spaces))
                : breakOnHyphens ? WordEnd(text, i) : End(text, i, text.AsSpan(i).IndexOfAny(Spaces));
            chunks.Add(text[i..end]);
            i = end;
        }
        return chunks;
    }

    private static int End(string text, int start, int length) => length < 0 ? text.Length : start + length;

    // A dash of two hyphens or more between words is a chunk; a word ends after a hyphen between letters, before such a dash, or at white space.
    private static int WordEnd(string text, int start)
    {
        if (start > 0 && IsWordPunctuation(text, start - 1) && DashEnd(text, start) is var dash and > 0)
            return dash;
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '-' && IsHyphenated(text, i))
                return i + 1;
            if (PythonChar.IsAsciiSpace(text[i]) || (text[i] == '-' && IsWordPunctuation(text, i - 1) && DashEnd(text, i) > 0))
                return i;
        }
        return text.Length;
    }

    private static int DashEnd(string text, int i)
    {
        var end = i;
        while (end < text.Length && text[end] == '-')
            end++;
        return end - i >= 2 && end < text.Length && PythonChar.IsWord(CodePoints.At(text, end)) ? end : -1;
    }

    private static bool IsHyphenated(string text, int hyphen)
    {
        var before = (hyphen >= 2 && IsLetter(text, hyphen - 1) && IsLetter(text, hyphen - 2))
            || (hyphen >= 3 && IsWordPunctuation(text, hyphen - 1) && text[hyphen - 2] == '-' && IsLetter(text, hyphen - 3));
        if (!before || !IsLetter(text, hyphen + 1))
            return false;
        var second = hyphen + 1 + CodePoints.Width(text, hyphen + 1);
        return IsLetter(text, second) || (second < text.Length && text[second] == '-' && IsLetter(text, second + 1));
    }

    private static bool IsLetter(string text, int i) => i < text.Length && PythonChar.IsWord(Code(text, i)) && PythonChar.DecimalValue(Code(text, i)) < 0;

    private static bool IsWordPunctuation(string text, int i) => text[i] is '!' or '"' or '\'' or '&' or '.' or ',' or '?' || PythonChar.IsWord(Code(text, i));

    // A position may be the second half of a pair when looking back.
    private static int Code(string text, int i) => char.IsLowSurrogate(text[i]) && i > 0 ? CodePoints.At(text, i - 1) : CodePoints.At(text, i);
}

using System.Text;

namespace Retort.Jinja.Values;

/// <summary>Python's ways to fill a text up to a width.</summary>
internal static class Padding
{
    public static string Fill(in Value fill)
    {
        var text = fill.AsText ?? throw PythonError.Type($"The fill character must be a unicode character, not {Text.TypeName(fill)}");
        return CodePoints.Count(text) == 1 ? text : throw PythonError.Type("The fill character must be exactly one character long");
    }

    public static string Left(string text, int width, string fill) => Repeat(fill, width - CodePoints.Count(text)) + text;

    public static string Right(string text, int width, string fill) => text + Repeat(fill, width - CodePoints.Count(text));

    /// <summary>Centers; of an odd rest the extra one goes left if the width is odd, as CPython does.</summary>
    public static string Center(string text, int width, string fill)
    {
        var rest = width - CodePoints.Count(text);
        if (rest <= 0)
            return text;
        var left = (rest / 2) + (rest & width & 1);
        return Repeat(fill, left) + text + Repeat(fill, rest - left);
    }

    public static string Zeros(string text, int width)
    {
        var missing = width - CodePoints.Count(text);
        if (missing <= 0)
            return text;
        return text is ['+' or '-', ..] ? text[0] + new string('0', missing) + text[1..] : new string('0', missing) + text;
    }

    public static string ExpandTabs(EvalContext? context, string text, int size)
    {
        var result = new StringBuilder(text.Length);
        var column = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\t')
            {
                var count = size > 0 ? size - (column % size) : 0;
                result.Append(' ', count);
                column += count;
                Concatenation.Limit(result.Length, context);
                continue;
            }
            result.Append(text[i]);
            column = text[i] is '\n' or '\r' ? 0 : char.IsLowSurrogate(text[i]) ? column : column + 1;
        }
        return result.ToString();
    }

    public static string Repeat(string fill, int count) => count <= 0 ? string.Empty : fill.Length == 1 ? new string(fill[0], count) : new StringBuilder().Insert(0, fill, count).ToString();
}

using System.Globalization;

namespace Retort.Jinja.Values;

/// <summary>A format specification of Python: <c>[[fill]align][sign][z][#][0][width][grouping][.precision][type]</c>.</summary>
/// <param name="Fill">What fills the width, a space if none is given.</param>
/// <param name="Align">One of <c>&lt; &gt; ^ =</c>, or NUL for the type's own.</param>
/// <param name="ZeroPadded">Whether a zero before the width asked for zeros, rather than a fill and an alignment.</param>
/// <param name="Sign">One of <c>+ - space</c>, or NUL.</param>
/// <param name="NoNegativeZero">Whether <c>z</c> is given.</param>
/// <param name="Alternate">Whether <c>#</c> is given.</param>
/// <param name="Width">0 if none is given.</param>
/// <param name="Grouping">A comma, an underscore, or NUL.</param>
/// <param name="Precision">-1 if none is given.</param>
/// <param name="Type">NUL if none is given.</param>
internal readonly record struct FormatSpec(
    string Fill, char Align, bool ZeroPadded, char Sign, bool NoNegativeZero, bool Alternate, int Width, char Grouping, int Precision, char Type)
{
    /// <summary>Reads a specification for a value of the named type.</summary>
    public static FormatSpec Parse(EvalContext? context, string text, string typeName)
    {
        var i = 0;
        var (fill, align) = (" ", '\0');
        var first = text.Length > 0 ? CodePoints.Width(text, 0) : 0;
        if (text.Length > first && text[first] is '<' or '>' or '^' or '=' && first > 0)
            (fill, align, i) = (text[..first], text[first], first + 1);
        else if (text is ['<' or '>' or '^' or '=', ..])
            (align, i) = (text[0], 1);
        var sign = Take(text, ref i, "+- ");
        var noNegativeZero = Take(text, ref i, "z") != '\0';
        var alternate = Take(text, ref i, "#") != '\0';
        // A leading zero fills with zeros after the sign, unless a fill or an alignment was given.
        var zeroPadded = Take(text, ref i, "0") != '\0';
        var aligned = align != '\0';
        if (zeroPadded)
            (fill, align) = align == '\0' ? ("0", '=') : (fill == " " && text[0] == align ? "0" : fill, align);
        var width = Number(context, text, ref i) ?? 0;
        var grouping = Take(text, ref i, ",_");
        if (grouping != '\0' && Take(text, ref i, ",_") is var second and not '\0')
            throw PythonError.Value(second == grouping ? $"Cannot specify '{grouping}' with '{grouping}'." : "Cannot specify both ',' and '_'.");
        var precision = -1;
        if (Take(text, ref i, ".") != '\0')
            precision = Number(context, text, ref i) ?? throw PythonError.Value("Format specifier missing precision");
        var type = i < text.Length ? text[i++] : '\0';
        if (i < text.Length)
            throw PythonError.Value($"Invalid format specifier '{text}' for object of type '{typeName}'");
        return new(fill, align, zeroPadded && !aligned, sign, noNegativeZero, alternate, width, grouping, precision, type);
    }

    private static char Take(string text, ref int i, string candidates) => i < text.Length && candidates.Contains(text[i]) ? text[i++] : '\0';

    /// <summary>The digits from an index on as a width or precision; null if there are none.</summary>
    public static int? Number(EvalContext? context, string text, ref int i, string tooMany = "Too many decimal digits in format string")
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        if (i == start)
            return null;
        if (i - start > 18)
            throw PythonError.Value(tooMany);
        return Argument.Width(context, Value.From(long.Parse(text.AsSpan(start, i - start), CultureInfo.InvariantCulture)));
    }

    /// <summary>Where the bracket closes that was opened before an index, with those inside of it; -1 if nowhere.</summary>
    public static int Closing(string text, int start, char open, char close)
    {
        var depth = 1;
        for (var i = start; i < text.Length; i++)
        {
            depth += text[i] == open ? 1 : text[i] == close ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return -1;
    }
}

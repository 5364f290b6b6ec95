using System.Globalization;
using System.Text;

namespace Retort.Jinja;

/// <summary>
/// Base of everything a template can fail with. <see cref="Reason"/> is the bare text as Python words it; <see cref="Exception.Message"/> adds
/// the place in the template, its source line with a caret, and the includes, imports and macros that led there.
/// Source: Jinja API page, Exceptions.
/// </summary>
public class TemplateError : Exception
{
    private readonly List<TemplateFrame> _frames = [];

    /// <summary>An error with the text as Python words it.</summary>
    public TemplateError(string reason, Exception? inner = null) : base(reason, inner) => Reason = reason;

    /// <summary>Name of the class in Python, such as <c>UndefinedError</c> or <c>TypeError</c>.</summary>
    public virtual string PythonName => "TemplateError";

    /// <summary>What is wrong, in one sentence without a position.</summary>
    public string Reason { get; }

    /// <summary>What to do about it, such as the nearest valid name. Null when there is no better advice than the reason.</summary>
    public string? Advice { get => _advice ??= FindAdvice(); init => _advice = value; }

    private string? _advice;

    /// <summary>Advice that takes long to find, and is looked for when the error is read; most of this kind never are.</summary>
    private protected virtual string? FindAdvice() => null;

    /// <summary>Adds advice that only the place where it happened can give.</summary>
    internal void Advise(string? advice) => _advice ??= advice;

    /// <summary>Where in which template it happened. Null until the engine knows.</summary>
    public TemplatePosition? Position { get; private set; }

    /// <summary>The steps that led to <see cref="Position"/>, innermost first.</summary>
    public IReadOnlyList<TemplateFrame> Frames => _frames;

    /// <summary>How the innermost part that the error has left so far was entered, such as <c>included from</c>; the next outer step says it.</summary>
    internal string? Entered { get; set; }

    /// <summary>What is wrong and what to do about it.</summary>
    internal string Explanation => Advice is null ? Reason : $"{Reason}{(Reason is [.., '.' or '!' or '?'] ? "" : ".")} {Advice}";

    /// <inheritdoc/>
    public override string Message
    {
        get
        {
            if (Position is null && _frames.Count == 0)
                return Explanation;
            var text = new StringBuilder(Explanation);
            Position?.Describe(text);
            AppendFrames(text);
            return text.ToString();
        }
    }

    // Of a recursion without end, its two ends say all.
    private const int ShownFrames = 10;

    private void AppendFrames(StringBuilder text)
    {
        var hidden = _frames.Count - (2 * ShownFrames);
        for (var i = 0; i < _frames.Count; i++)
        {
            if (hidden > 1 && i == ShownFrames)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n  ... {hidden} more steps");
                i += hidden;
            }
            text.Append("\n  ").Append(_frames[i].ToString());
        }
    }

    /// <summary>Says where it happened; the first, innermost caller wins.</summary>
    internal bool Locate(TemplatePosition position)
    {
        if (Position is not null)
            return false;
        Position = position;
        return true;
    }

    /// <summary>Adds the next outer step.</summary>
    internal void AddFrame(TemplateFrame frame) => _frames.Add(frame);
}

/// <summary>A place in a template. Lines and columns count from 1; column 0 means that only the line is known.</summary>
/// <param name="Template">Name given to the loader; null for a template made from a string.</param>
/// <param name="Line">Line in the template.</param>
/// <param name="Column">Column of the first character concerned, counted in UTF-16 units.</param>
/// <param name="SourceLine">The whole line, without its end.</param>
/// <param name="Length">How many characters are concerned; the caret is drawn that often.</param>
public sealed record TemplatePosition(string? Template, int Line, int Column = 0, string? SourceLine = null, int Length = 1)
{
    internal void Describe(StringBuilder text)
    {
        text.Append("\n  ").Append(TemplateFrame.Place(Template, Line));
        if (Column > 0)
            text.Append(CultureInfo.InvariantCulture, $", column {Column}");
        if (Excerpt is { } excerpt)
            text.Append("\n    ").Append(excerpt.Replace("\n", "\n    ", StringComparison.Ordinal));
    }

    /// <summary>The line without its indention, and under it the caret if the column is known. Null if the line is not known.</summary>
    public string? Excerpt
    {
        get
        {
            if (SourceLine is null)
                return null;
            var (line, column) = Window(SourceLine, Column);
            var text = new StringBuilder(line.Trim());
            Underline(text, line, column);
            return text.ToString();
        }
    }

    // The longest line that is shown whole, and how much of a longer one stands before the place.
    private const int WidestLine = 200;
    private const int Before = 120;

    // A page without line breaks is one line; of such a line only the part around the place.
    private static (string Line, int Column) Window(string line, int column)
    {
        if (line.Length <= WidestLine)
            return (line, column);
        var start = Math.Clamp(column - 1 - Before, 0, line.Length - WidestLine);
        var end = start + WidestLine;
        if (char.IsLowSurrogate(line[start]))
            start++;
        if (char.IsHighSurrogate(line[end - 1]))
            end--;
        var (head, tail) = (start > 0 ? "..." : "", end < line.Length ? "..." : "");
        return (head + line[start..end] + tail, column == 0 ? 0 : column - start + head.Length);
    }

    private void Underline(StringBuilder text, string line, int column)
    {
        var indent = line.Length - line.AsSpan().TrimStart().Length;
        var start = column - 1 - indent;
        if (start < 0 || start > line.Length - indent)
            return;
        text.Append('\n');
        // Tabs before the caret stay tabs, so that it stands under its character.
        foreach (var character in line.AsSpan(indent, start))
            text.Append(character == '\t' ? '\t' : ' ');
        text.Append('^', Math.Clamp(Length, 1, Math.Max(1, line.TrimEnd().Length - column + 1)));
    }
}

/// <summary>One step on the way to an error: the tag that included, imported, extended or called, and where it stands.</summary>
/// <param name="What">Such as <c>included from</c> or <c>in macro 'row' called from</c>.</param>
/// <param name="Template">Name of the template that holds the tag; null for one made from a string.</param>
/// <param name="Line">Line of the tag.</param>
public sealed record TemplateFrame(string What, string? Template, int Line)
{
    /// <inheritdoc/>
    public override string ToString() => $"{What} {Place(Template, Line)}";

    internal static string Place(string? template, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"{(template is null ? "template string" : $"template \"{template}\"")}, line {line}");
}

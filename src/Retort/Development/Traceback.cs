using System.Globalization;
using System.Reflection;

namespace Retort.Development;

/// <summary>Where a frame of a traceback comes from.</summary>
internal enum FrameKind
{
    /// <summary>The app's own code.</summary>
    App,

    /// <summary>The framework's, the platform's or a package's code: folded away.</summary>
    Library,

    /// <summary>A template.</summary>
    Template,
}

/// <summary>Lines of a file around the one that was running. Lines and columns count from 1; column 0 means that only the line is known.</summary>
internal sealed record SourceExcerpt(int FirstLine, IReadOnlyList<string> Lines, int Line, int Column = 0, int Length = 1)
{
    /// <summary>The line that was running.</summary>
    public string Text => Lines[Line - FirstLine];

    /// <summary>The lines around the place without what they are all indented by, and the caret below it when its column is known.</summary>
    public IEnumerable<(string Number, string Text, string Class)> Shown
    {
        get
        {
            var indent = Lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Length - line.AsSpan().TrimStart().Length).DefaultIfEmpty(0).Min();
            for (var i = 0; i < Lines.Count; i++)
            {
                var number = FirstLine + i;
                yield return (number.ToString(CultureInfo.InvariantCulture), Lines[i].Length > indent ? Lines[i][indent..] : "", number == Line ? "line failed" : "line");
                if (number == Line && TracebackText.Caret(this) is { } caret)
                    yield return ("", caret[indent..], "line caret");
            }
        }
    }
}

/// <summary>One step on the way to an error.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Name">The function as its author wrote it, or the template.</param>
/// <param name="File">The source file or the template's name; null when it is not known.</param>
/// <param name="Line">The line in it, or 0.</param>
internal sealed record TracebackFrame(FrameKind Kind, string Name, string? File, int Line)
{
    /// <summary>Names the frame for the console.</summary>
    public string Id { get; } = Secrets.Token(8);

    /// <summary>What it did there, such as <c>included from here</c>; null when the name says it all.</summary>
    public string? Note { get; init; }

    /// <summary>The source around it, when it could be read.</summary>
    public SourceExcerpt? Source { get; init; }

    /// <summary>The method that ran, or null for a template.</summary>
    public MethodBase? Method { get; init; }
}

/// <summary>An exception as it is shown: what it says, the steps to it with the outermost first, and the exceptions it came from.</summary>
/// <param name="Error">The exception.</param>
/// <param name="Name">Its class.</param>
/// <param name="Message">What it says.</param>
/// <param name="Frames">The steps, the outermost first.</param>
/// <param name="Causes">The exceptions inside of it.</param>
internal sealed record Traceback(Exception Error, string Name, string Message, IReadOnlyList<TracebackFrame> Frames, IReadOnlyList<Traceback> Causes)
{
    /// <summary>The message's first line after the name, as titles show it.</summary>
    public string Title => $"{Name}: {Message.Split('\n')[0]}";

    /// <summary>This one and all it came from, the first cause first.</summary>
    public IEnumerable<Traceback> InOrder => Causes.SelectMany(cause => cause.InOrder).Append(this);
}

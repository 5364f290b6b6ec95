using System.Globalization;
using System.Text;

namespace Retort.Development;

/// <summary>A traceback as plain text, for terminals: Python's layout, the most recent call last.</summary>
internal static class TracebackText
{
    /// <summary>What stands between an exception and the one it led to.</summary>
    public const string Cause = "The above exception was the direct cause of the following exception:";

    /// <summary>The traceback with those of its causes before it.</summary>
    public static string Of(Traceback traceback)
    {
        var text = new StringBuilder();
        foreach (var each in traceback.InOrder)
        {
            if (text.Length > 0)
                text.Append('\n').Append(Cause).Append("\n\n");
            Append(text, each);
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, Traceback traceback)
    {
        text.Append("Traceback (most recent call last):\n");
        var frames = traceback.Frames;
        var fold = frames.Any(frame => frame.Kind != FrameKind.Library);
        for (var i = 0; i < frames.Count; i++)
        {
            var run = fold ? frames.Skip(i).TakeWhile(frame => frame.Kind == FrameKind.Library).Count() : 0;
            if (run > 1)
            {
                text.Append(CultureInfo.InvariantCulture, $"  ... {run} library frames\n");
                i += run - 1;
                continue;
            }
            text.Append("  ").Append(Place(frames[i])).Append('\n');
            if (frames[i].Source is { } source)
                AppendLine(text, source);
        }
        text.Append(traceback.Name).Append(": ").Append(traceback.Message).Append('\n');
    }

    private static string Place(TracebackFrame frame)
    {
        var line = frame.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $", line {frame.Line}") : "";
        return frame.Kind == FrameKind.Template
            ? $"{(frame.File is null ? "Template from a string" : $"Template \"{frame.File}\"")}{line}{(frame.Note is null ? "" : ", " + frame.Note)}"
            : frame.File is null ? $"In {frame.Name}" : $"File \"{frame.File}\"{line}, in {frame.Name}";
    }

    private static void AppendLine(StringBuilder text, SourceExcerpt source)
    {
        var line = source.Text;
        text.Append("    ").Append(line.AsSpan().Trim()).Append('\n');
        if (Caret(source) is { } caret)
            text.Append("    ").Append(caret[(line.Length - line.AsSpan().TrimStart().Length)..]).Append('\n');
    }

    /// <summary>Blanks and carets for the line below; null when the column is not known.</summary>
    public static string? Caret(SourceExcerpt source)
    {
        var line = source.Text;
        var start = source.Column - 1;
        if (start < line.Length - line.AsSpan().TrimStart().Length || start > line.Length)
            return null;
        // Tabs stay tabs, so that the caret stands under its character.
        return string.Concat(line.AsSpan(0, start).ToString().Select(c => c == '\t' ? '\t' : ' ')) + new string('^', Math.Clamp(source.Length, 1, Math.Max(1, line.TrimEnd().Length - start)));
    }
}

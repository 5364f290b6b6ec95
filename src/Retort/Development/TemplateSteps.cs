using System.Globalization;
using System.Text.RegularExpressions;
using Retort.Jinja;

namespace Retort.Development;

/// <summary>The steps through templates that led to an error.</summary>
internal static partial class TemplateSteps
{
    // Where the engine notes the place in the template that called the function which failed.
    private const string CallerKey = "Retort.Jinja.Position";

    /// <summary>The steps, the outermost first; none for an error that no template had a part in.</summary>
    public static IReadOnlyList<TracebackFrame> Of(Exception error, Func<string, string?> source)
    {
        if (error is TemplateError template)
            return [.. template.Frames.Reverse().Select(step => Outer(step, source)), .. template.Position is { } at ? [Innermost(at, source)] : Array.Empty<TracebackFrame>()];
        return error.Data[CallerKey] is string place && Place().Match(place) is { Success: true } match
            ? [Make(match.Groups["name"] is { Success: true } name ? name.Value : null, int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture), source)]
            : [];
    }

    private static TracebackFrame Outer(TemplateFrame step, Func<string, string?> source) => Make(step.Template, step.Line, source) with { Note = (step.What.EndsWith(" at", StringComparison.Ordinal) ? step.What[..^3] : step.What) + " here" };

    private static TracebackFrame Innermost(TemplatePosition at, Func<string, string?> source)
    {
        var frame = Make(at.Template, at.Line, source);
        // The source may have been changed since; the engine's own line is the one it compiled.
        var excerpt = frame.Source is { } read && (at.SourceLine is null || read.Text == at.SourceLine) ? read
            : at.SourceLine is { } line ? new SourceExcerpt(at.Line, [line], at.Line) : null;
        return frame with { Source = excerpt is null ? null : excerpt with { Column = at.Column, Length = at.Length } };
    }

    private static TracebackFrame Make(string? name, int line, Func<string, string?> source) =>
        new(FrameKind.Template, name is null ? "template from a string" : $"template {name}", name, line)
        {
            Source = name is not null && source(name) is { } text ? SourceReader.Of(text, line) : null,
        };

    [GeneratedRegex("^template (string|\"(?<name>.*)\"), line (?<line>[0-9]{1,9})$", RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}

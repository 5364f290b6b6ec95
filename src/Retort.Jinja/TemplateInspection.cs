using Retort.Jinja.Analysis;
using Retort.Jinja.Syntax;

namespace Retort.Jinja;

/// <summary>A template that is being checked: its tree, and the way to report what is wrong in it. Rules given to <see cref="Meta.Check"/> are handed it.</summary>
public sealed class TemplateInspection
{
    private readonly List<TemplateFinding> _findings;
    private readonly SourceText _source;

    internal TemplateInspection(SourceText source, TemplateNode tree, List<TemplateFinding> findings)
    {
        (_source, Tree, _findings) = (source, tree, findings);
        Outline = TemplateOutline.Of(tree);
    }

    /// <summary>The template's name.</summary>
    public string Name => _source.Name!;

    /// <summary>The file it was read from; null if there is none.</summary>
    public string? FileName => _source.FileName;

    /// <summary>Its syntax tree.</summary>
    public TemplateNode Tree { get; }

    internal TemplateOutline Outline { get; }

    /// <summary>Reports something wrong.</summary>
    /// <param name="at">Where it stands; the caret is drawn under the whole name or text that begins there.</param>
    /// <param name="message">What is wrong and what to do about it.</param>
    /// <param name="isWarning">Whether it may be meant.</param>
    public void Report(SourcePosition at, string message, bool isWarning = false) => _findings.Add(new TemplateFinding(Spanning(_source.Describe(at)), message, isWarning) { FileName = FileName });

    internal void Report(TemplateError error) => _findings.Add(Of(error, FileName));

    internal static TemplateFinding Of(TemplateError error, string? fileName) =>
        new(Spanning(error.Position!), error.Explanation) { FileName = fileName };

    /// <summary>A position with the length of the name or the quoted text that begins there.</summary>
    private static TemplatePosition Spanning(TemplatePosition position)
    {
        if (position.Length > 1 || position.SourceLine is not { } line || position.Column < 1 || position.Column > line.Length)
            return position;
        var start = position.Column - 1;
        var end = start + 1;
        if (line[start] is '"' or '\'')
        {
            while (end < line.Length && line[end] != line[start])
                end += line[end] == '\\' ? 2 : 1;
            end = Math.Min(end + 1, line.Length);
        }
        else if (IsNamePart(line[start]))
        {
            while (end < line.Length && IsNamePart(line[end]))
                end++;
        }
        return position with { Length = end - start };
    }

    private static bool IsNamePart(char c) => c == '_' || char.IsLetterOrDigit(c);
}

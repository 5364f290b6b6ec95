using System.Globalization;

namespace Retort.Jinja;

/// <summary>Something wrong with a template that was found without rendering it. See <see cref="Meta.Check"/>.</summary>
/// <param name="Position">Where it stands.</param>
/// <param name="Message">What is wrong and what to do about it.</param>
/// <param name="IsWarning">Whether it may be meant: the template renders all the same.</param>
public sealed record TemplateFinding(TemplatePosition Position, string Message, bool IsWarning = false)
{
    /// <summary>The file the template was read from; null if there is none.</summary>
    public string? FileName { get; init; }

    /// <summary><c>blog/show.html:3:12: error: ...</c>, which editors turn into a link, and the line with a caret under what is meant.</summary>
    public override string ToString() => Describe(FileName ?? Position.Template ?? "<template>");

    /// <summary>As <see cref="ToString"/>, with another name for the file.</summary>
    public string Describe(string fileName)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{fileName}:{Position.Line}:{Math.Max(1, Position.Column)}: {(IsWarning ? "warning" : "error")}: {Message}");
        return Position.Excerpt is { } excerpt ? $"{text}\n    {excerpt.Replace("\n", "\n    ", StringComparison.Ordinal)}" : text;
    }
}

using System.Globalization;

namespace Retort.Cli;

/// <summary>A shell asks what may follow with <c>[suggest:POSITION]</c> and the whole line; the parser wants both without the command's own name.</summary>
internal static class Suggestion
{
    private const string Directive = "[suggest:";

    /// <summary>The words for the parser.</summary>
    public static IReadOnlyList<string> Of(string[] words)
    {
        if (words is not [var directive, var line] || !directive.StartsWith(Directive, StringComparison.Ordinal) || !int.TryParse(directive[Directive.Length..].TrimEnd(']'), out var position))
            return words;
        var start = line.IndexOf(' ', StringComparison.Ordinal) + 1;
        return start == 0 ? words : [string.Create(CultureInfo.InvariantCulture, $"{Directive}{Math.Max(0, position - start)}]"), line[start..]];
    }
}

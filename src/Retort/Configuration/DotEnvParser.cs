using System.Text.RegularExpressions;

namespace Retort.Configuration;

/// <summary>One statement of a <c>.env</c> file. The value is null for a name alone, which sets nothing.</summary>
internal readonly record struct DotEnvEntry(string Name, string? Value);

/// <summary>
/// Reads the text of a <c>.env</c> file: <c>NAME=value</c>, <c>export NAME='value'</c>, <c>NAME="value over lines" # comment</c>. No text is an error: a statement that
/// cannot be read is left out, its line number kept, and reading goes on with the next line. Variables are not expanded here. Source: python-dotenv's file format.
/// </summary>
internal static partial class DotEnvParser
{
    // Python counts the separators of ASCII as blanks.
    private const string Space = @"[\s\x1c-\x1f]";
    private const string Blank = @"[\s\x1c-\x1f-[\r\n]]";

    // A value ends at the first quote without a backslash before it; where there is none, at the last quote there is.
    private const string Quoted = """
        '(?<single>(?:[^']|(?<=\\)')*)' | "(?<double>(?:[^"]|(?<=\\)")*)"
        """;

    // What begins a quote or a comment but is none of its own is a character as any other.
    private const string Plain = $"""(?!['"]) (?<plain>\#?(?:[^\r\n\#]|(?<!{Space})\#)*)""";

    /// <summary>The statements in their order, and the lines on which those begin that cannot be read.</summary>
    public static (IReadOnlyList<DotEnvEntry> Entries, IReadOnlyList<int> UnreadableLines) Parse(string text)
    {
        var entries = new List<DotEnvEntry>();
        var unreadable = new List<int>();
        var (at, line, counted) = (Spaces().Match(text, 0).Length, 1, 0);
        while (at < text.Length)
        {
            var statement = Statement().Match(text, at);
            if (!statement.Groups["end"].Success)
            {
                line += LineBreak().Count(text[counted..at]);
                counted = at;
                unreadable.Add(line);
            }
            else if (statement.Groups["name"] is { Success: true } name)
            {
                entries.Add(new DotEnvEntry(name.Value, ValueOf(statement.Groups)));
            }
            at = Rest().Match(text, statement.Success ? at + statement.Length : at) is var rest ? rest.Index + rest.Length : at;
        }
        return (entries, unreadable);
    }

    private static string? ValueOf(GroupCollection groups) =>
        groups["single"].Success ? SingleEscape().Replace(groups["single"].Value, Unescaped)
        : groups["double"].Success ? DoubleEscape().Replace(groups["double"].Value, Unescaped)
        : groups["plain"].Success ? TrailingSpaces().Replace(groups["plain"].Value, "") : null;

    private static string Unescaped(Match escape) => escape.Value[1] switch
    {
        'a' => "\a",
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        'v' => "\v",
        var itself => itself.ToString(),
    };

    // Each part keeps what it has taken, as a reader by hand would: what follows never makes it take less.
    [GeneratedRegex($$"""
        \G (?>(?:export{{Blank}}+)?) (?>'(?<name>[^']+)' | (?!')(?<name>[^=\#\s\x1c-\x1f]+) | (?=\#)) (?>{{Blank}}*)
        (?>(?:=(?>{{Blank}}*)(?>{{Quoted}} | {{Plain}}))?) (?>{{Blank}}*) (?>(?:\#[^\r\n]*)?) (?<end>(?=[\r\n]|\z))?
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Statement();

    /// <summary>What is left of a line that cannot be read, and the space before the next statement.</summary>
    [GeneratedRegex($@"\G[^\r\n]*{Space}*")]
    private static partial Regex Rest();

    [GeneratedRegex($@"\G{Space}*")]
    private static partial Regex Spaces();

    [GeneratedRegex($@"{Space}+\z")]
    private static partial Regex TrailingSpaces();

    [GeneratedRegex(@"\r\n|\r|\n")]
    private static partial Regex LineBreak();

    [GeneratedRegex(@"\\[\\']")]
    private static partial Regex SingleEscape();

    [GeneratedRegex(@"\\[\\'""abfnrtv]")]
    private static partial Regex DoubleEscape();
}

using System.Text;
using System.Text.RegularExpressions;

namespace Retort.Examples.Tests;

/// <summary>The names in an expected file: <c>{{name}}</c> stands for a value, <c>{{name?}}</c> takes it from an answer, and <c>...</c> in an answer is any text.</summary>
internal sealed partial class Variables
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string this[string name]
    {
        get => _values.TryGetValue(name, out var value) ? value : throw new FormatException($"there is no {{{{{name}}}}}: known are {string.Join(", ", _values.Keys)}");
        set => _values[name] = value;
    }

    public string Fill(string text) => Name().Replace(text, match => this[match.Groups["name"].Value]);

    /// <summary>Whether a text is what was expected; if so, it is asked for the values that the expectation names.</summary>
    public bool Match(string expected, string actual)
    {
        var pattern = new StringBuilder(@"\A");
        var position = 0;
        foreach (Match piece in Piece().Matches(expected))
        {
            pattern.Append(Regex.Escape(expected[position..piece.Index])).Append(PatternOf(piece));
            position = piece.Index + piece.Length;
        }
        pattern.Append(Regex.Escape(expected[position..])).Append(@"\z");
        var match = Regex.Match(actual, pattern.ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant);
        foreach (var group in match.Groups.Cast<Group>().Where(group => match.Success && !char.IsAsciiDigit(group.Name[0])))
            _values[group.Name] = group.Value;
        return match.Success;
    }

    private string PatternOf(Match piece) => piece.Value == "..."
        ? ".*?"
        : piece.Groups["taken"].Success ? $@"(?<{piece.Groups["name"].Value}>[^\s""'<>&;,]+)" : Regex.Escape(this[piece.Groups["name"].Value]);

    [GeneratedRegex(@"\{\{(?<name>[a-z_]+)\}\}")]
    private static partial Regex Name();

    [GeneratedRegex(@"\.\.\.|\{\{(?<name>[a-z_]+)(?<taken>\?)?\}\}")]
    private static partial Regex Piece();
}

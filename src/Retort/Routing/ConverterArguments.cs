using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Retort.Routing;

/// <summary>
/// What stands in the parentheses after a converter's name: <c>int(min=1, signed=True)</c>, <c>any(red, 'dark blue')</c>.
/// A value is a string, a whole number (<see cref="long"/> or <see cref="BigInteger"/>), a <see cref="double"/>, a bool or null (<c>None</c>).
/// </summary>
public sealed partial class ConverterArguments
{
    private readonly List<object?> _positional = [];
    private readonly Dictionary<string, object?> _named = [];

    private ConverterArguments()
    {
    }

    /// <summary>The values without a name, in order.</summary>
    public IReadOnlyList<object?> Positional => _positional;

    /// <summary>The values with a name; of two with the same name the last.</summary>
    public IReadOnlyDictionary<string, object?> Named => _named;

    /// <summary>
    /// The values of the given parameters, in their order, by position or name, with the fallback for those not given.
    /// Throws <see cref="ArgumentException"/> for a name that is not among them, for one given twice and for too many values.
    /// </summary>
    public object?[] Bind(params ReadOnlySpan<(string Name, object? Fallback)> parameters)
    {
        var names = string.Join(", ", parameters.ToArray().Select(parameter => parameter.Name));
        if (_positional.Count > parameters.Length)
            throw new ArgumentException($"takes {parameters.Length} arguments ({names}), not {_positional.Count}");
        var values = new object?[parameters.Length];
        var used = 0;
        for (var i = 0; i < parameters.Length; i++)
        {
            var named = _named.TryGetValue(parameters[i].Name, out var value);
            if (named && i < _positional.Count)
                throw new ArgumentException($"has '{parameters[i].Name}' twice; give it once");
            used += named ? 1 : 0;
            values[i] = i < _positional.Count ? _positional[i] : named ? value : parameters[i].Fallback;
        }
        if (used == _named.Count)
            return values;
        var known = parameters.ToArray().Select(parameter => parameter.Name).ToHashSet();
        throw new ArgumentException($"has no argument '{_named.Keys.First(name => !known.Contains(name))}'; use {(names.Length == 0 ? "none" : names)}");
    }

    /// <summary>Parses the arguments of a variable. The grammar is Werkzeug's, quirks included: a sign does not parse, a bare word is a string.</summary>
    internal static ConverterArguments Parse(string rule, RuleToken variable)
    {
        var arguments = new ConverterArguments();
        var text = variable.Arguments + ",";
        var position = 0;
        while (Argument().Match(text, position) is { Success: true } match)
        {
            var value = ValueOf(match.Groups[match.Groups["quoted"].Success ? "quoted" : "value"].Value);
            if (match.Groups["name"] is { Success: true } name)
                arguments._named[name.Value] = value;
            else
                arguments._positional.Add(value);
            position += match.Length;
        }
        var rest = text.AsSpan(position).Trim([' ', '\t', '\n', ',']);
        if (rest.IsEmpty)
            return arguments;
        var start = variable.ArgumentsStart + text.IndexOf(rest.ToString(), position, StringComparison.Ordinal);
        throw new RuleSyntaxError(
            $"the arguments of '{variable.Converter}' do not parse; write unsigned numbers, names, True, False, None or quoted text, with commas between them",
            rule, start, rest.Length);
    }

    private static object? ValueOf(string text)
    {
        switch (text)
        {
            case "None": return null;
            case "True": return true;
            case "False": return false;
        }
        if (text[0] is '\'' or '"')
            return text[1..^1];
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var grouped = !text.StartsWith('_') && !text.EndsWith('_') && !text.Contains("__", StringComparison.Ordinal);
        if (grouped && BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            return whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : (object)whole;
        if (text.ToUpperInvariant() is "INF" or "INFINITY")
            return double.PositiveInfinity;
        if (grouped && double.TryParse(digits, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number))
            return number;
        return text;
    }

    [GeneratedRegex("""\G\s*(?:(?<name>\w+)\s*=\s*)?(?<value>True|False|\d+.\d+|\d+.|\d+|[\w.]+|[urUR]?(?<quoted>"[^"]*"|'[^']*'))\s*,""", RegexOptions.CultureInvariant)]
    private static partial Regex Argument();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Retort.Routing;

/// <summary>
/// What stands between two slashes of a rule, with at least one variable in it; or, when a variable takes in slashes, everything from there to the
/// rule's end (<see cref="Final"/>). Literal text and variables alternate.
/// </summary>
internal sealed class RulePart
{
    // A part with several variables can be split in many ways; a text that needs more attempts does not match. Bounds the time of a hostile path.
    private const int MostAttempts = 100_000;

    private readonly (string? Literal, Converter? Converter)[] _elements;
    private readonly int _variables;
    private readonly string _prefix = "";
    private readonly string _suffix = "";
    private readonly Converter? _only;
    private readonly Lazy<Regex>? _regex;

    /// <summary>Builds the part from its literals and converters.</summary>
    /// <param name="elements">Literals and converters in order.</param>
    /// <param name="final">Whether it takes in everything to the end.</param>
    /// <param name="suffixed">Whether the rule ends in a slash that the part takes in: it is matched without, and the slash is looked at afterwards.</param>
    public RulePart(IReadOnlyList<(string? Literal, Converter? Converter)> elements, bool final, bool suffixed)
    {
        _elements = Joined(elements);
        Final = final;
        Suffixed = suffixed;
        Weight = new PartWeight(elements);
        Identity = $"{(final, suffixed)}{string.Concat(_elements.Select(element => element.Literal is { } literal ? $"'{literal}'" : $"({element.Converter!.GetType()} {element.Converter.Expression})"))}";
        _variables = _elements.Count(element => element.Converter is not null);
        if (_variables == 1 && !suffixed)
        {
            _prefix = _elements[0].Literal ?? "";
            _suffix = _elements[^1].Literal ?? "";
            _only = _elements.First(element => element.Converter is not null).Converter;
        }
        else if (_elements.Any(element => element.Converter is { Enumerates: false }))
        {
            _regex = new Lazy<Regex>(WholeExpression);
        }
    }

    public bool Final { get; }

    public bool Suffixed { get; }

    public PartWeight Weight { get; }

    /// <summary>Two parts with the same identity and weight match the same texts and share their place in the machine.</summary>
    public string Identity { get; }

    public int Variables => _variables;

    /// <summary>Matches all of the text and stores where the variables stand. <paramref name="slash"/> tells whether a suffixed part ended in the slash.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the text begins in its path: added to the ranges.</param>
    /// <param name="variable">The number of the part's first variable.</param>
    /// <param name="match">Takes the ranges.</param>
    /// <param name="slash">Whether a suffixed part ended in the slash.</param>
    public bool Match(ReadOnlySpan<char> text, int start, int variable, ref RouteMatch match, out bool slash)
    {
        slash = false;
        if (_regex is not null)
            return MatchWhole(text, start, variable, ref match, out slash);
        if (_only is null)
        {
            var attempts = MostAttempts;
            return MatchFrom(0, text, 0, start, variable, ref match, ref attempts, out slash);
        }
        var length = text.Length - _prefix.Length - _suffix.Length;
        if (length < 0 || !text.StartsWith(_prefix) || !text.EndsWith(_suffix) || !_only.Matches(text.Slice(_prefix.Length, length)))
            return false;
        match.SetRange(variable, start + _prefix.Length, length);
        return true;
    }

    private bool MatchFrom(int element, ReadOnlySpan<char> text, int at, int start, int variable, ref RouteMatch match, ref int attempts, out bool slash)
    {
        slash = false;
        if (element == _elements.Length)
        {
            slash = Suffixed && at == text.Length - 1 && text[at] == '/';
            return (at == text.Length || slash) && !(Suffixed && at > 0 && text[at - 1] == '/');
        }
        var rest = text[at..];
        if (_elements[element].Literal is { } literal)
            return rest.StartsWith(literal) && MatchFrom(element + 1, text, at + literal.Length, start, variable, ref match, ref attempts, out slash);
        var converter = _elements[element].Converter!;
        for (var length = converter.Next(rest, -1); length >= 0 && --attempts > 0; length = converter.Next(rest, length))
        {
            if (!MatchFrom(element + 1, text, at + length, start, variable + 1, ref match, ref attempts, out slash))
                continue;
            match.SetRange(variable, start + at, length);
            return true;
        }
        return false;
    }

    private bool MatchWhole(ReadOnlySpan<char> text, int start, int variable, ref RouteMatch match, out bool slash)
    {
        slash = false;
        try
        {
            if (_regex!.Value.Match(text.ToString()) is not { Success: true } whole)
                return false;
            for (var i = 0; i < _variables; i++)
                match.SetRange(variable + i, start + whole.Groups[GroupName(i)].Index, whole.Groups[GroupName(i)].Length);
            slash = whole.Groups["__slash"].Length > 0;
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private Regex WholeExpression()
    {
        var variable = 0;
        var body = string.Concat(_elements.Select(element => element.Literal is { } literal ? Regex.Escape(literal) : $"(?<{GroupName(variable++)}>{element.Converter!.Expression})"));
        return Pattern.CompileBacktracking($@"\A{body}{(Suffixed ? "(?<!/)(?<__slash>/?)" : "")}\z");
    }

    private static string GroupName(int variable) => string.Create(CultureInfo.InvariantCulture, $"__{variable}");

    private static (string? Literal, Converter? Converter)[] Joined(IReadOnlyList<(string? Literal, Converter? Converter)> elements)
    {
        var joined = new List<(string? Literal, Converter? Converter)>();
        foreach (var element in elements)
        {
            if (element.Literal is not null && joined.Count > 0 && joined[^1].Literal is { } before)
                joined[^1] = (before + element.Literal, null);
            else
                joined.Add(element);
        }
        return [.. joined];
    }
}

/// <summary>
/// The order in which parts at one place are tried: more literals first, then longer ones, then more variables, then lighter ones.
/// Slashes that a part takes in do not count.
/// </summary>
internal sealed class PartWeight(IReadOnlyList<(string? Literal, Converter? Converter)> elements) : IComparable<PartWeight>
{
    private readonly int[] _literals = [.. elements.Where(element => element.Literal is not (null or "/")).Select(element => -element.Literal!.Length)];
    private readonly int[] _converters = [.. elements.Where(element => element.Converter is not null).Select(element => element.Converter!.Weight)];

    public int CompareTo(PartWeight? other)
    {
        if (_literals.Length != other!._literals.Length)
            return other._literals.Length.CompareTo(_literals.Length);
        var byLiterals = _literals.AsSpan().SequenceCompareTo(other._literals);
        if (byLiterals != 0)
            return byLiterals;
        return _converters.Length != other._converters.Length
            ? other._converters.Length.CompareTo(_converters.Length)
            : _converters.AsSpan().SequenceCompareTo(other._converters);
    }
}

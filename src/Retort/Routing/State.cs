namespace Retort.Routing;

/// <summary>A place in the rules: what may come next, and the rules that end here. Changes only while its machine is built.</summary>
internal sealed class State
{
    private readonly Dictionary<string, State> _literals = [];
    private readonly List<(RulePart Part, State State)> _variables = [];
    private readonly List<BoundRule> _rules = [];
    private Dictionary<string, State>? _paths;
    private Dictionary<string, State>.AlternateLookup<ReadOnlySpan<char>> _literalLookup;
    private Dictionary<string, State>.AlternateLookup<ReadOnlySpan<char>> _pathLookup;

    /// <summary>The rules that end here, in the order they were added.</summary>
    public BoundRule[] Rules { get; private set; } = [];

    /// <summary>Parts with variables and where they lead, the lightest first.</summary>
    public (RulePart Part, State State)[] Variables { get; private set; } = [];

    /// <summary>Where a slash at the end leads.</summary>
    public State? Slash { get; private set; }

    public IEnumerable<State> Children => _literals.Values.Concat(_variables.Select(edge => edge.State));

    public State? Literal(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty)
            return Slash;
        return _literals.Count > 0 && _literalLookup.TryGetValue(part, out var state) ? state : null;
    }

    public State? OnlyLiteral(string part) => _variables.Count == 0 && _literals.Count == 1 ? Literal(part) : null;

    /// <summary>The state of a path without variables, beginning after this state's slash.</summary>
    public State? Path(ReadOnlySpan<char> path) => _paths is not null && _pathLookup.TryGetValue(path, out var state) ? state : null;

    public State Child(object part)
    {
        if (part is string literal)
        {
            if (!_literals.TryGetValue(literal, out var next))
                _literals[literal] = next = new State();
            return next;
        }
        var variables = (RulePart)part;
        foreach (var (known, state) in _variables)
        {
            if (known.Identity == variables.Identity && known.Weight.CompareTo(variables.Weight) == 0)
                return state;
        }
        _variables.Add((variables, new State()));
        return _variables[^1].State;
    }

    public void Add(BoundRule rule) => _rules.Add(rule);

    public void Freeze()
    {
        Rules = [.. _rules];
        Variables = [.. _variables.OrderBy(edge => edge.Part.Weight)];
        Slash = _literals.GetValueOrDefault("");
        _literalLookup = _literals.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var child in Children)
            child.Freeze();
    }

    /// <summary>Lists every path below this state that has no variables.</summary>
    public void IndexPaths()
    {
        _paths = [];
        Index("", this);
        _pathLookup = _paths.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private void Index(string prefix, State state)
    {
        foreach (var (part, child) in state._literals)
        {
            if (child.Rules.Length > 0)
                _paths![prefix + part] = child;
            Index($"{prefix}{part}/", child);
        }
    }
}

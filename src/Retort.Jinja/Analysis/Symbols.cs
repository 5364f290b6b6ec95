namespace Retort.Jinja.Analysis;

/// <summary>Where a variable gets its value from before anything is stored in it.</summary>
internal enum LoadKind
{
    /// <summary>Whoever enters the scope stores it first.</summary>
    Parameter,

    /// <summary>The context is asked for the name.</summary>
    Resolve,

    /// <summary>It continues a variable of an outer scope.</summary>
    Alias,

    /// <summary>Nothing: it is stored later in the same scope.</summary>
    Undefined,
}

/// <summary>A body that runs in a frame of its own: a template, a block, a macro, a recursive loop. Scopes inside it share its slots.</summary>
internal sealed class FunctionScope(FunctionScope? outer)
{
    private readonly Dictionary<string, Variable> _resolved = new(StringComparer.Ordinal);

    public FunctionScope? Outer { get; } = outer;

    public int SlotCount { get; private set; }

    /// <summary>Whether something made while it runs reads its variables later: a macro, a call block, a recursive loop, a loop that looks ahead.</summary>
    public bool KeepsFrames { get; set; }

    public int AddSlot() => SlotCount++;

    /// <summary>The one variable for a name that is only ever looked up in the context: its value cannot change while the function runs.</summary>
    public Variable Resolved(string name)
    {
        if (!_resolved.TryGetValue(name, out var variable))
            _resolved.Add(name, variable = new Variable(name, this, LoadKind.Resolve, null, IsShared: true));
        return variable;
    }
}

/// <summary>A name in a scope and the slot that holds it.</summary>
internal sealed record Variable(string Name, FunctionScope Function, LoadKind Load, Variable? Alias, bool IsShared = false)
{
    public int Slot { get; } = Function.AddSlot();

    /// <summary>Whether its value is read as a whole, or shown to others; a loop that is not need not remember its neighbours.</summary>
    public bool IsTaken { get; set; }
}

/// <summary>
/// The names of one scope, worked out before its body is compiled. Follows Jinja's own bookkeeping step by step, because templates see its corners:
/// a name that is assigned anywhere in a scope belongs to that scope from its start.
/// </summary>
internal sealed class Symbols(Symbols? parent, FunctionScope function)
{
    private readonly record struct Load(LoadKind Kind, Variable? Alias = null);

    private Dictionary<string, Load> _loads = new(StringComparer.Ordinal);
    private HashSet<string> _stores = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Variable> _variables = new(StringComparer.Ordinal);

    public FunctionScope Function { get; } = function;

    /// <summary>Names stored in this scope.</summary>
    public IReadOnlyCollection<string> Stores => _stores;

    /// <summary>Names this scope asks the context for.</summary>
    public IEnumerable<string> ResolvedNames => _loads.Where(load => load.Value.Kind == LoadKind.Resolve).Select(load => load.Key);

    /// <summary>The slots that must be emptied whenever the scope is entered anew.</summary>
    public int[] SlotsToClear() => Slots(withParameters: false);

    /// <summary>All slots that belong to this scope alone.</summary>
    public int[] OwnSlots() => Slots(withParameters: true);

    private int[] Slots(bool withParameters)
    {
        var slots = new List<int>();
        foreach (var variable in _variables.Values)
        {
            if (!variable.IsShared && (withParameters || variable.Load != LoadKind.Parameter))
                slots.Add(variable.Slot);
        }
        return [.. slots];
    }

    /// <summary>The variable a name means here.</summary>
    public Variable Find(string name) => TryFind(name) ?? Own(name, new Load(LoadKind.Resolve));

    /// <summary>A name that whoever enters the scope stores.</summary>
    public void DeclareParameter(string name)
    {
        _stores.Add(name);
        _loads[name] = new Load(LoadKind.Parameter);
    }

    /// <summary>A name that is read.</summary>
    public void Read(string name)
    {
        if (!Knows(name))
            _loads[name] = new Load(LoadKind.Resolve);
    }

    /// <summary>A name that is assigned.</summary>
    public void Store(string name)
    {
        _stores.Add(name);
        if (!_loads.ContainsKey(name))
            _loads[name] = parent?.TryFind(name) is { } outer ? new Load(LoadKind.Alias, outer) : new Load(LoadKind.Undefined);
    }

    /// <summary>Runs the analysis of one branch of an if on a copy, to be joined with <see cref="Join"/>.</summary>
    public Symbols Branch() => new(parent, Function)
    {
        _loads = new(_loads, StringComparer.Ordinal),
        _stores = new(_stores, StringComparer.Ordinal),
    };

    /// <summary>Takes over what the branches of an if stored: before that, such a name means what it means outside.</summary>
    public void Join(ReadOnlySpan<Symbols> branches)
    {
        var stored = new HashSet<string>(StringComparer.Ordinal);
        foreach (var branch in branches)
            stored.UnionWith(branch._stores);
        stored.ExceptWith(_stores);
        foreach (var branch in branches)
        {
            // A branch without statements is this scope itself.
            if (branch == this)
                continue;
            foreach (var (name, load) in branch._loads)
                _loads[name] = load;
            _stores.UnionWith(branch._stores);
        }
        foreach (var name in stored)
            _loads[name] = parent?.TryFind(name) is { } outer ? new Load(LoadKind.Alias, outer) : new Load(LoadKind.Resolve);
    }

    /// <summary>Every name stored in this scope or around it, with the variable it means here.</summary>
    public List<Variable> VisibleStores()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var result = new List<Variable>();
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            foreach (var name in scope._stores)
            {
                if (names.Add(name))
                    result.Add(Find(name));
            }
        }
        return result;
    }

    private Symbols? Parent => parent;

    private bool Knows(string name) => _loads.ContainsKey(name) || (parent is not null && parent.Knows(name));

    private Variable? TryFind(string name)
    {
        if (_variables.TryGetValue(name, out var variable))
            return variable;
        return _loads.TryGetValue(name, out var load) ? Own(name, load) : parent?.TryFind(name);
    }

    private Variable Own(string name, Load load)
    {
        var variable = load.Kind == LoadKind.Resolve && !_stores.Contains(name)
            ? Function.Resolved(name)
            : new Variable(name, Function, load.Kind, load.Alias);
        _variables.Add(name, variable);
        return variable;
    }
}

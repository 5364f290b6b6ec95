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
    // What a scope knows of a name: where it is loaded from (null if nothing says so yet), whether it is stored here, and its variable once somebody has asked.
    private sealed class Entry
    {
        public LoadKind? Load { get; set; }

        public Variable? Alias { get; set; }

        public bool IsStored { get; set; }

        public Variable? Variable { get; set; }
    }

    // Many scopes have no names of their own.
    private Dictionary<string, Entry>? _entries;

    public FunctionScope Function { get; } = function;

    /// <summary>Names this scope asks the context for.</summary>
    public IEnumerable<string> ResolvedNames => Entries.Where(entry => entry.Value.Load == LoadKind.Resolve).Select(entry => entry.Key);

    /// <summary>The slots that must be emptied whenever the scope is entered anew; all that belong to this scope alone if those of its parameters are wanted, too.</summary>
    public int[] OwnSlots(bool withParameters)
    {
        var slots = new List<int>();
        foreach (var entry in Entries.Values)
        {
            if (entry.Variable is { IsShared: false } own && (withParameters || own.Load != LoadKind.Parameter))
                slots.Add(own.Slot);
        }
        return [.. slots];
    }

    /// <summary>The variable a name means here.</summary>
    public Variable Find(string name) => TryFind(name) ?? Own(name, LoadKind.Resolve, null);

    /// <summary>A name that whoever enters the scope stores.</summary>
    public void DeclareParameter(string name)
    {
        var entry = this[name];
        (entry.Load, entry.Alias, entry.IsStored) = (LoadKind.Parameter, null, true);
    }

    /// <summary>A name that is read.</summary>
    public void Read(string name)
    {
        if (!Knows(name))
            this[name].Load = LoadKind.Resolve;
    }

    /// <summary>A name that is assigned.</summary>
    public void Store(string name)
    {
        var entry = this[name];
        entry.IsStored = true;
        if (entry.Load is null)
            SetOuter(entry, name, LoadKind.Undefined);
    }

    /// <summary>A name that is assigned in a branch of an if: before that it means what it means outside.</summary>
    public void StorePerhaps(string name)
    {
        var entry = this[name];
        if (!entry.IsStored)
            SetOuter(entry, name, LoadKind.Resolve);
        entry.IsStored = true;
    }

    // What a name means outside, or how it is loaded if it means nothing there.
    private void SetOuter(Entry entry, string name, LoadKind otherwise)
    {
        entry.Alias = parent?.TryFind(name);
        entry.Load = entry.Alias is null ? otherwise : LoadKind.Alias;
    }

    /// <summary>Every name stored in this scope or around it, with the variable it means here.</summary>
    public List<Variable> VisibleStores()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var scope = this; scope is not null; scope = scope.Parent)
            names.UnionWith(scope.StoredNames);
        return [.. names.Select(Find)];
    }

    private Symbols? Parent => parent;

    private Dictionary<string, Entry> Entries => _entries ?? NoEntries;

    private static readonly Dictionary<string, Entry> NoEntries = [];

    private IEnumerable<string> StoredNames => Entries.Where(entry => entry.Value.IsStored).Select(entry => entry.Key);

    private Entry this[string name]
    {
        get
        {
            _entries ??= new(StringComparer.Ordinal);
            if (!_entries.TryGetValue(name, out var entry))
                _entries.Add(name, entry = new Entry());
            return entry;
        }
    }

    private bool Knows(string name) => (_entries is not null && _entries.TryGetValue(name, out var entry) && entry.Load is not null) || (parent is not null && parent.Knows(name));

    private Variable? TryFind(string name)
    {
        if (_entries is null || !_entries.TryGetValue(name, out var entry))
            return parent?.TryFind(name);
        return entry.Variable ?? (entry.Load is { } load ? Own(name, load, entry.Alias) : parent?.TryFind(name));
    }

    private Variable Own(string name, LoadKind load, Variable? alias)
    {
        var entry = this[name];
        return entry.Variable = load == LoadKind.Resolve && !entry.IsStored ? Function.Resolved(name) : new Variable(name, Function, load, alias);
    }
}

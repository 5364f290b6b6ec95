using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>What one template sees while it runs: its data, what it has set at its top level, and the blocks that are in force.</summary>
internal sealed class RenderContext : EvalContext
{
    private readonly VariableSource _data;
    private Dictionary<string, Value>? _variables;
    private HashSet<string>? _exported;
    private ExportsSource? _view;

    public RenderContext(CompiledTemplate template, VariableSource data, RenderState state)
    {
        Template = template;
        Engine = template.Engine;
        _data = data;
        State = state;
        Blocks = template.Blocks;
        Autoescape = template.Autoescape;
    }

    public CompiledTemplate Template { get; }

    public Engine Engine { get; }

    public RenderState State { get; }

    public BlockTable Blocks { get; set; }

    /// <summary>Variables of the loop or block that a function is called from, which <see cref="ResolveVariable"/> sees first.</summary>
    public LocalNames? Locals { get; set; }

    public override bool IsAsync => State.IsAsync;

    public override CancellationToken Cancellation => State.Budget?.Cancellation ?? CancellationToken.None;

    public override Policies Policies => Engine.Policies;

    public override AccessPolicy Access => Engine.Access;

    public override string NewlineSequence => Engine.NewlineSequence;

    public Output NewOutput() => new(Engine.IsNative, State.Budget);

    public override Value MakeUndefined(in UndefinedOrigin origin) => Value.From(Engine.MakeUndefined(origin));

    public Value UndefinedVariable(string name) => MakeUndefined(UndefinedOrigin.Variable(name));

    /// <summary>Reads a variable set at the top level or given from outside.</summary>
    public bool TryResolve(string name, out Value value) => (_variables is not null && _variables.TryGetValue(name, out value)) || _data.TryGet(name, out value);

    public override Value ResolveVariable(string name)
    {
        if (Locals is { } locals && locals.TryGet(name, out var value))
            return value;
        return TryResolve(name, out value) ? value : UndefinedVariable(name);
    }

    /// <summary>Sets a variable that this template's parents and blocks see.</summary>
    public void SetVariable(string name, in Value value) => (_variables ??= new(StringComparer.Ordinal))[name] = value;

    /// <summary>Sets a variable that importers see too, unless its name starts with an underscore.</summary>
    public void Export(string name, in Value value)
    {
        SetVariable(name, value);
        if (!name.StartsWith('_'))
            (_exported ??= new(StringComparer.Ordinal)).Add(name);
    }

    /// <summary>Sets an imported variable: seen here, not passed on.</summary>
    public void SetImported(string name, in Value value)
    {
        SetVariable(name, value);
        _exported?.Remove(name);
    }

    /// <summary>What importers see.</summary>
    public Dictionary<string, Value> Exports()
    {
        var exports = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var name in _exported ?? [])
            exports[name] = _variables![name];
        return exports;
    }

    /// <summary>Everything that can be read by name.</summary>
    public Dictionary<string, Value> All()
    {
        var all = _variables is null ? new Dictionary<string, Value>(StringComparer.Ordinal) : new(_variables, StringComparer.Ordinal);
        _data.CopyTo(all);
        return all;
    }

    /// <summary>A source for another template that sees what this one sees now.</summary>
    public VariableSource Snapshot() => _variables is { Count: > 0 } ? new ExportsSource(new(_variables, StringComparer.Ordinal), _data) : _data;

    /// <summary>The same for something that runs at once and then is gone, such as an include: nothing is copied.</summary>
    public VariableSource View() => _variables is { Count: > 0 } ? _view ??= new ExportsSource(_variables, _data) : _data;

    /// <summary>The same template's context with other variables, for a scoped block.</summary>
    public RenderContext Derive(VariableSource data) => new(Template, data, State) { Blocks = Blocks, Autoescape = Autoescape };

    public override Value CallFilter(string name, Arguments arguments) => Find("filter", name, Engine.Filters)(this, arguments);

    public override bool CallTest(string name, Arguments arguments) => Operators.IsTrue(Find("test", name, Engine.Tests)(this, arguments));

    private JinjaFunction Find(string kind, string name, FunctionTable table)
    {
        State.Budget?.Spend();
        return table.TryGet(name, out var function) ? function : throw new TemplateRuntimeError($"No {kind} named '{name}'.") { Advice = NearestName.Advice(name, table.Names) };
    }

    public override Task<Value> CallAsync(Value callee, params Value[] arguments) => callee.Reference is Renderable renderable && (!Access.IsSandbox || Access.AllowsCall(callee))
        ? renderable.CallAsync(this, new KeptArguments(arguments, [], [])).AsTask()
        : base.CallAsync(callee, arguments);

    public override bool HasFilter(string name) => Engine.Filters.Contains(name);

    public override bool HasTest(string name) => Engine.Tests.Contains(name);
}

/// <summary>The variables assigned in a loop or block so far, in the frame that holds them.</summary>
internal sealed class LocalNames(Frame frame, IReadOnlyList<(string Name, int Slot)> names)
{
    public bool TryGet(string wanted, out Value value)
    {
        foreach (var (name, slot) in names)
        {
            if (name == wanted && !Missing.Is(frame.Slots[slot]))
            {
                value = frame.Slots[slot];
                return true;
            }
        }
        value = default;
        return false;
    }
}

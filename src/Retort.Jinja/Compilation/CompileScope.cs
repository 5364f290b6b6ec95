using Retort.Jinja.Analysis;

namespace Retort.Jinja.Compilation;

/// <summary>Where in a template the compiler is. Follows Jinja's compiler, whose corners templates can see.</summary>
internal sealed record CompileScope
{
    // Every scope of the template, for those who want to know what it looks up.
    private readonly List<Symbols> _all;

    public CompileScope(Symbols symbols, List<Symbols> all)
    {
        Symbols = symbols;
        _all = all;
        all.Add(symbols);
    }

    public Symbols Symbols { get; }

    /// <summary>Whether text is only printed while no extends tag has named a parent.</summary>
    public bool ChecksOutput { get; set; }

    /// <summary>The function scope of the whole template, whose frame knows the parent.</summary>
    public FunctionScope? RootScope { get; set; }

    /// <summary>At the top level of the template, if statements included.</summary>
    public bool IsTopLevel { get; set; }

    /// <summary>At the top level of the template outside of any if.</summary>
    public bool IsRootLevel { get; set; }

    /// <summary>Directly in a loop's body or a block's, where what is set is shown to functions that take the context.</summary>
    public bool ShowsLocals { get; set; }

    /// <summary>Inside an if or an inline if: unknown filters and tests are errors only when they are reached.</summary>
    public bool IsGuarded { get; set; }

    /// <summary>Inside a loop of the same function: break and continue mean it.</summary>
    public bool InLoop { get; set; }

    /// <summary>What has been set in this loop's body or block so far.</summary>
    public List<(string Name, int Slot)> Locals { get; } = [];

    /// <summary>An inner scope with names of its own.</summary>
    public CompileScope Inner(FunctionScope? function = null) =>
        new(new Symbols(Symbols, function ?? Symbols.Function), _all) { ChecksOutput = ChecksOutput, RootScope = RootScope, InLoop = function is null && InLoop };

    /// <summary>The same scope inside an if.</summary>
    public CompileScope Guarded() => this with { IsRootLevel = false, IsGuarded = true };
}

namespace Retort.Jinja.Runtime;

/// <summary>The blocks in force: for each name the outermost child's first. Immutable; extending a template by another is worked out once.</summary>
internal sealed class BlockTable(Dictionary<string, Unit[]> stacks, int parents = 0)
{
    // A template that extends itself would go on until the stack ends, and leave every step of it here.
    private const int MaxParents = 250;

    // The last parent and what became of it; nearly every template has one parent for ever.
    private Link? _last;

    private sealed record Link(BlockTable Parent, BlockTable Result);

    public IEnumerable<string> Names => stacks.Keys;

    /// <summary>A block and those it overrides; empty if there is none of that name.</summary>
    public Unit[] Find(string name) => stacks.TryGetValue(name, out var stack) ? stack : [];

    /// <summary>The table once a template with the given blocks is extended.</summary>
    public BlockTable Extend(BlockTable parent)
    {
        if (_last is { } last && ReferenceEquals(last.Parent, parent))
            return last.Result;
        if (parents == MaxParents)
            throw Depth.Exceeded(null);
        var merged = new Dictionary<string, Unit[]>(stacks, StringComparer.Ordinal);
        foreach (var name in parent.Names)
            merged[name] = [.. Find(name), parent.Find(name)[0]];
        var result = new BlockTable(merged, parents + 1);
        _last = new Link(parent, result);
        return result;
    }
}

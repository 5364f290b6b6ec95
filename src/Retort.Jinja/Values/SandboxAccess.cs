using System.Collections.Frozen;

namespace Retort.Jinja.Values;

/// <summary>
/// The sandbox's rules. Values of the engine show their methods, except names that begin with an underscore; of host objects only the types named
/// here, and anonymous ones, show their members.
/// </summary>
public sealed class SandboxAccess : AccessPolicy
{
    private static readonly FrozenSet<string> ListMutators = FrozenSet.ToFrozenSet(["append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"]);
    private static readonly FrozenSet<string> DictMutators = FrozenSet.ToFrozenSet(["clear", "pop", "popitem", "setdefault", "update"]);

    private static readonly FrozenSet<string> SetMutators = FrozenSet.ToFrozenSet(
        ["add", "clear", "difference_update", "discard", "intersection_update", "pop", "remove", "symmetric_difference_update", "update"]);

    private readonly bool _immutable;
    private readonly FrozenSet<Type> _allowed;

    /// <summary>A sandbox that shows the members of the given types and of those derived from them.</summary>
    public SandboxAccess(bool immutable = false, params Type[] allowed)
    {
        _immutable = immutable;
        _allowed = allowed.ToFrozenSet();
    }

    /// <inheritdoc/>
    public override bool IsSandbox => true;

    /// <inheritdoc/>
    public override long MaxRange => 100_000;

    /// <inheritdoc/>
    public override long MaxRepeat => 10_000_000;

    /// <inheritdoc/>
    public override bool AllowsMember(in Value target, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // Indexers are asked for under their Python name.
        if (target.Kind == ValueKind.Host)
            return (name == "__getitem__" || !name.StartsWith('_')) && (BuiltinMethods.HasOwnMembers(target.Reference) || IsAllowed(target.Reference.GetType()));
        return !name.StartsWith('_') && !(_immutable && Mutates(target.Kind, name));
    }

    private bool IsAllowed(Type type) =>
        (type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false) && type.Name.Contains("AnonymousType", StringComparison.Ordinal))
        || _allowed.Any(allowed => allowed.IsAssignableFrom(type));

    private static bool Mutates(ValueKind kind, string name) => kind switch
    {
        ValueKind.List => ListMutators.Contains(name),
        ValueKind.Dict => DictMutators.Contains(name),
        ValueKind.Set => SetMutators.Contains(name),
        _ => false,
    };
}

namespace Retort.Jinja.Values;

/// <summary>
/// Which members a template may reach. Reflection is out of reach always: what leads to types, methods, assemblies, delegates' insides,
/// services, tasks or streams is no member at all. The sandbox goes further: it shows members of host types only where they are allowed.
/// </summary>
public abstract class AccessPolicy
{
    /// <summary>Everything but reflection.</summary>
    public static AccessPolicy Open { get; } = new OpenAccess();

    /// <summary>Whether a sandbox is on.</summary>
    public virtual bool IsSandbox => false;

    /// <summary>The most items a <c>range</c> may have.</summary>
    public virtual long MaxRange => long.MaxValue;

    /// <summary>The most characters or items that an operator, method or filter may make.</summary>
    public virtual long MaxRepeat => 100_000_000;

    /// <summary>Whether <c>target.name</c> may be read.</summary>
    public virtual bool AllowsMember(in Value target, string name) => true;

    /// <summary>Whether a value may be called.</summary>
    public virtual bool AllowsCall(in Value callee) => true;

    /// <summary>Whether a sandbox applies an operator of so many operands itself.</summary>
    internal virtual bool Intercepts(string op, int operands) => false;

    /// <summary>Applies an operator that it intercepts to one or two operands.</summary>
    internal virtual Value Apply(EvalContext context, string op, ReadOnlySpan<Value> operands) => throw new NotSupportedException();

    private sealed class OpenAccess : AccessPolicy;
}

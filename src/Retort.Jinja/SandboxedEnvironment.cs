using Retort.Jinja.Compilation;
using Retort.Jinja.Extensions;
using Retort.Jinja.Syntax;
using Retort.Jinja.Values;

namespace Retort.Jinja;

/// <summary>
/// An environment for templates of people you do not trust. Names that begin with an underscore, members of host types that were not allowed, and big ranges and
/// repetitions are refused. An object of the host prints as its own <c>ToString</c> says, which of a record shows all of its members. Set <see cref="JinjaEnvironment.Fuel"/> and <see cref="JinjaEnvironment.MaxOutput"/> as well. Source: Jinja sandbox page.
/// </summary>
public class SandboxedEnvironment : JinjaEnvironment
{
    private readonly bool _isImmutable;
    private HashSet<Type> _allowedTypes = [];
    private SandboxAccess _rules;

    /// <summary>A sandbox with some extensions.</summary>
    public SandboxedEnvironment(params IEnumerable<Extension> extensions) : this(immutable: false, extensions)
    {
    }

    private protected SandboxedEnvironment(bool immutable, IEnumerable<Extension> extensions) : base(native: false, extensions)
    {
        _isImmutable = immutable;
        _rules = new SandboxAccess(immutable);
        Engine.Access = new Policy(this);
    }

    /// <summary>The most numbers a <c>range</c> may have. Default 100,000.</summary>
    public long MaxRange { get; set; } = 100_000;

    /// <summary>The most characters or items that an operator, method or filter may make. Default 10,000,000, which leaves room for the texts of language models.</summary>
    public long MaxRepeat { get; set; } = 10_000_000;

    /// <summary>Operators of two operands, such as <c>**</c>, that go through <see cref="CallBinaryOperator"/>. Default none. Set before templates are compiled.</summary>
    public IReadOnlySet<string> InterceptedBinaryOperators { get; set; } = new HashSet<string>();

    /// <summary>Signs, <c>+</c> and <c>-</c>, that go through <see cref="CallUnaryOperator"/>. Default none. Set before templates are compiled.</summary>
    public IReadOnlySet<string> InterceptedUnaryOperators { get; set; } = new HashSet<string>();

    /// <summary>Lets templates read the public members of a type, and of those that derive from it. Anonymous types are always shown.</summary>
    public void AllowType(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        _allowedTypes.Add(type);
        _rules = new SandboxAccess(_isImmutable, [.. _allowedTypes]);
    }

    /// <summary>Whether a template may read <c>target.name</c>. Override to allow more or less.</summary>
    protected internal virtual bool IsSafeAttribute(in Value target, string name) => _rules.AllowsMember(target, name);

    /// <summary>Whether a template may call a value. By default everything that it can get at.</summary>
    protected internal virtual bool IsSafeCallable(in Value callee) => true;

    /// <summary>Applies an operator of <see cref="InterceptedBinaryOperators"/>.</summary>
    protected virtual Value CallBinaryOperator(EvalContext context, string op, in Value left, in Value right)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Arithmetic.Apply(context, (BinaryOperator)Array.IndexOf(Arithmetic.Symbols, op), left, right);
    }

    /// <summary>Applies an operator of <see cref="InterceptedUnaryOperators"/>.</summary>
    protected virtual Value CallUnaryOperator(EvalContext context, string op, in Value operand) => op == "-" ? Operators.Negate(operand) : Operators.Plus(operand);

    private protected override void Separate()
    {
        base.Separate();
        _allowedTypes = [.. _allowedTypes];
        Engine.Access = new Policy(this);
    }

    private sealed class Policy(SandboxedEnvironment environment) : AccessPolicy
    {
        public override bool IsSandbox => true;

        public override long MaxRange => environment.MaxRange;

        public override long MaxRepeat => environment.MaxRepeat;

        public override bool AllowsMember(in Value target, string name) => environment.IsSafeAttribute(target, name);

        public override bool AllowsCall(in Value callee) => environment.IsSafeCallable(callee);

        internal override bool Intercepts(string op, int operands) => (operands == 2 ? environment.InterceptedBinaryOperators : environment.InterceptedUnaryOperators).Contains(op);

        internal override Value Apply(EvalContext context, string op, ReadOnlySpan<Value> operands) =>
            operands.Length == 1 ? environment.CallUnaryOperator(context, op, operands[0]) : environment.CallBinaryOperator(context, op, operands[0], operands[1]);
    }
}

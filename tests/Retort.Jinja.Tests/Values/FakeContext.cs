using Retort.Jinja.Values;

namespace Retort.Jinja.Tests.Values;

/// <summary>A render without a template, for tests of single values.</summary>
internal sealed class FakeContext(AccessPolicy? access = null) : EvalContext
{
    public override bool IsAsync => false;

    public override Policies Policies { get; } = new();

    public override AccessPolicy Access { get; } = access ?? AccessPolicy.Open;

    public override string NewlineSequence => "\n";

    public override Value MakeUndefined(in UndefinedOrigin origin) => Value.From(new Undefined(origin));

    public override Value ResolveVariable(string name) => MakeUndefined(UndefinedOrigin.Variable(name));

    public override Value CallFilter(string name, Arguments arguments) => Retort.Jinja.Builtins.BuiltinTables.Filters[name](this, arguments);

    public override bool CallTest(string name, Arguments arguments) => Operators.IsTrue(Retort.Jinja.Builtins.BuiltinTables.Tests[name](this, arguments));

    public override bool HasFilter(string name) => Retort.Jinja.Builtins.BuiltinTables.Filters.ContainsKey(name);

    public override bool HasTest(string name) => Retort.Jinja.Builtins.BuiltinTables.Tests.ContainsKey(name);
}

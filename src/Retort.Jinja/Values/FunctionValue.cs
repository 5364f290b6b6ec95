namespace Retort.Jinja.Values;

/// <summary>A function as a value: a builtin, a host delegate, or a method bound to its object.</summary>
internal sealed class FunctionValue(JinjaFunction body, string name, string typeName = "function", Value self = default) : TemplateObject
{
    public JinjaFunction Body { get; } = body;
    public string Name { get; } = name;

    /// <summary>The delegate of the host that it calls; null if there is none.</summary>
    public Delegate? Host { get; init; }

    /// <summary>What a method is bound to; None for a function.</summary>
    public Value Self { get; } = self;
    public override string TypeName => typeName;
    public override bool IsTrue => true;
    public override bool IsCallable => true;
    public override Value Call(EvalContext context, Arguments arguments) => Body(context, arguments);

    // Methods are made each time they are read, so what they are of tells them apart.
    public override bool ValueEquals(in Value other) => ReferenceEquals(this, other.Reference)
        || (!Self.IsNone && other.Reference is FunctionValue { Self.IsNone: false } method && method.Name == Name && (method.Self.IsSameAs(Self) || IsSameText(method.Self, Self)));

    // Python keeps one object for a text that a template says twice.
    private static bool IsSameText(in Value left, in Value right) => left.IsPlainString && right.IsPlainString && Equality.AreEqual(left, right);

    public override int ValueHash() => Self.IsNone ? base.ValueHash() : Name.GetHashCode(StringComparison.Ordinal);

    public override string Repr() => TypeName switch
    {
        "type" => $"<class '{Name}'>",
        "builtin_function_or_method" when Self.Kind == ValueKind.Markup && MarkupMethods.IsWrapped(Name) => $"<bound method Markup.{Name} of {Text.Repr(Self)}>",
        "builtin_function_or_method" => $"<built-in method {Name} of {Text.TypeName(Self)} object at 0x{Identity:x12}>",
        "method" => $"<bound method {Name} of {Text.Repr(Self)}>",
        _ => $"<function {Name} at 0x{Identity:x12}>",
    };
}

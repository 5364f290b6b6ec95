namespace Retort.Jinja.Values;

/// <summary>What <c>value.__class__</c> is: a name and nothing that leads further.</summary>
internal sealed class TypeValue(in Value instance) : TemplateObject
{
    private readonly string _name = instance.Reference is TemplateObject own ? own.TypeName : instance.Kind == ValueKind.Markup ? "markupsafe.Markup" : Text.TypeName(instance);

    public override string TypeName => "type";

    public override bool IsTrue => true;

    public override bool TryGetMember(EvalContext context, string name, out Value value)
    {
        value = name == "__name__" ? Value.From(_name[(_name.LastIndexOf('.') + 1)..]) : default;
        return name == "__name__";
    }

    public override string Repr() => $"<class '{_name}'>";

    public override bool ValueEquals(in Value other) => other.Kind == ValueKind.Template && other.Reference is TypeValue type && type._name == _name;

    public override int ValueHash() => _name.GetHashCode(StringComparison.Ordinal);
}

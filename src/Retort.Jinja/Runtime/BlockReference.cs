using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>A block as a value: what <c>super</c> and <c>self.name</c> are.</summary>
internal sealed class BlockReference(string name, RenderContext context, Unit[] stack, int depth) : Renderable
{
    public override string TypeName => "jinja2.runtime.BlockReference";

    public override bool IsSafeFor(EvalContext caller) => context.Autoescape;

    /// <summary>What <c>super</c> is inside the block of a template.</summary>
    public static Value Super(string name, RenderContext context, CompiledTemplate current)
    {
        var stack = context.Blocks.Find(name);
        var index = Array.FindIndex(stack, block => block.Template == current) + 1;
        return index == 0 || index >= stack.Length ? NoParent(context, name) : Value.From(new BlockReference(name, context, stack, index));
    }

    public override bool TryGetMember(EvalContext asking, string member, out Value value)
    {
        value = Value.From(name);
        if (member == "name")
            return true;
        if (member != "super")
            return base.TryGetMember(asking, member, out value);
        value = depth + 1 >= stack.Length ? NoParent(context, name) : Value.From(new BlockReference(name, context, stack, depth + 1));
        return true;
    }

    protected override (Unit Unit, Frame Frame) Bind(Arguments arguments)
    {
        if (arguments.Names.Length > 0)
            throw PythonError.Type($"BlockReference.__call__() got an unexpected keyword argument '{arguments.Names[0]}'");
        if (arguments.Positional.Length > 0)
            throw PythonError.Type($"BlockReference.__call__() takes 1 positional argument but {arguments.Positional.Length + 1} were given");
        return (stack[depth], stack[depth].NewFrame(context, null, null));
    }

    private static Value NoParent(RenderContext context, string name) =>
        context.MakeUndefined(UndefinedOrigin.Because($"there is no parent block called '{name}'.", "super"));
}

/// <summary>What <c>self</c> is: the template's blocks by name.</summary>
internal sealed class TemplateReference(RenderContext context) : TemplateObject
{
    public override string TypeName => "jinja2.runtime.TemplateReference";

    public override bool IsTrue => true;

    // By its private name templates ask for the context, which knows what they themselves are called.
    public override bool TryGetMember(EvalContext asking, string name, out Value value)
    {
        if (name != "_TemplateReference__context")
            return base.TryGetMember(asking, name, out value);
        value = Value.From(new ContextReference(context));
        return true;
    }

    public override bool TryGetItem(in Value key, out Value value)
    {
        var name = key.AsText ?? string.Empty;
        var stack = context.Blocks.Find(name);
        value = stack.Length == 0 ? default : Value.From(new BlockReference(name, context, stack, 0));
        return stack.Length > 0;
    }

    public override string Repr() => $"<TemplateReference {Text.Repr(Value.From(context.Template.Name))}>";
}

/// <summary>What a template sees of the context it runs in: its variables by name, and the name of the template that was asked for.</summary>
internal sealed class ContextReference(RenderContext context) : TemplateObject
{
    public override string TypeName => "jinja2.runtime.Context";

    public override bool IsTrue => true;

    public override bool TryGetMember(EvalContext asking, string name, out Value value)
    {
        value = name == "name" ? Value.From(context.Template.Name) : default;
        return name == "name";
    }

    public override bool TryGetItem(in Value key, out Value value)
    {
        value = default;
        return key.AsText is { } name && context.TryResolve(name, out value);
    }
}

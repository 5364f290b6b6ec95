using Retort.Jinja.Analysis;
using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>The local variables that another template or a scoped block is given to see.</summary>
internal sealed class VisibleLocals(string[] names, (int Hops, VariablePlace Variable)[] places)
{
    /// <summary>They as they are now, and below them what else there is to see.</summary>
    public VariableSource Over(Frame frame, VariableSource rest)
    {
        if (places.Length == 0)
            return rest;
        var values = new Value[places.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var owner = frame;
            for (var hop = 0; hop < places[i].Hops; hop++)
                owner = owner.Outer!;
            values[i] = places[i].Variable.Peek(owner);
        }
        return new LocalsSource(names, values, rest);
    }
}

/// <summary>The whole body of a template with extends tags: what it says itself, then its parent if one of them has named it.</summary>
internal sealed class RootBody(Executable body) : Executable
{
    private const string HowEntered = "extended by";

    public override void Render(Frame frame, Output output)
    {
        body.Render(frame, output);
        Parent(frame)?.Run(frame.Context, output, HowEntered);
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        await body.RenderAsync(frame, output).ConfigureAwait(false);
        if (Parent(frame) is { } parent)
            await parent.RunAsync(frame.Context, output, HowEntered).ConfigureAwait(false);
    }

    private static Unit? Parent(Frame frame)
    {
        if (frame.Parent is not null)
            frame.At = frame.ParentAt;
        return frame.Parent?.Root;
    }
}

/// <summary>
/// Asks the context now for what the macros of a template look up through it: its parent, which runs after it, may set variables of the same names.
/// </summary>
internal sealed class Resolving(Variable[] variables) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        foreach (var variable in variables)
            frame.Slots[variable.Slot] = frame.Context.TryResolve(variable.Name, out var value) ? value : frame.Context.UndefinedVariable(variable.Name);
    }
}

/// <summary>What <c>self</c> is.</summary>
internal sealed class MakeSelf : Evaluable
{
    public override Value Evaluate(Frame frame) => Value.From(new TemplateReference(frame.Context));
}

/// <summary>What <c>super</c> is in a block.</summary>
internal sealed class MakeSuper(CompiledTemplate template, string block) : Evaluable
{
    public override Value Evaluate(Frame frame) => BlockReference.Super(block, frame.Context, template);
}

/// <summary><c>{% extends %}</c>: the parent runs once this template has.</summary>
internal sealed class Extending(TemplateSite template, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        CheckFirst(frame);
        Extend(frame, template.Get(frame, template.Name.Evaluate(frame)));
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        CheckFirst(frame);
        Extend(frame, template.Get(frame, await template.Name.EvaluateAsync(frame).ConfigureAwait(false)));
    }

    private static void CheckFirst(Frame frame)
    {
        if (frame.Parent is not null)
            throw new TemplateRuntimeError("extended multiple times");
    }

    private void Extend(Frame frame, CompiledTemplate parent)
    {
        var context = frame.Context;
        frame.Parent = parent;
        frame.ParentAt = at;
        context.Blocks = context.Blocks.Extend(parent.Blocks);
    }
}

/// <summary><c>{% block %}</c>: runs the block of that name that is in force.</summary>
internal sealed class PlacingBlock(string name, VisibleLocals? scope, bool required, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        var block = Find(frame, out var context);
        block.Run(context, output);
    }

    public override ValueTask RenderAsync(Frame frame, Output output)
    {
        var block = Find(frame, out var context);
        return block.RunAsync(context, output);
    }

    private Unit Find(Frame frame, out RenderContext context)
    {
        frame.At = at;
        var stack = frame.Context.Blocks.Find(name);
        if (required && stack.Length <= 1)
            throw new TemplateRuntimeError($"Required block '{name}' not found");
        context = scope is null ? frame.Context : frame.Context.Derive(scope.Over(frame, frame.Context.View()));
        return stack[0];
    }
}

/// <summary><c>{% include %}</c>.</summary>
internal sealed class Including(TemplateSite template, bool ignoreMissing, VisibleLocals? scope, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        if (Load(frame, template.Name.Evaluate(frame)) is not { } included)
            return;
        frame.Context.State.Budget?.Spend();
        if (scope is null)
            included.SharedModule(frame.Context.State).CopyTo(output);
        else
            included.Root.Run(NewContext(frame, included, scope), output, HowEntered);
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        if (Load(frame, await template.Name.EvaluateAsync(frame).ConfigureAwait(false)) is not { } included)
            return;
        frame.Context.State.Budget?.Spend();
        if (scope is null)
            (await included.SharedModuleAsync(frame.Context.State).ConfigureAwait(false)).CopyTo(output);
        else
            await included.Root.RunAsync(NewContext(frame, included, scope), output, HowEntered).ConfigureAwait(false);
    }

    private const string HowEntered = "included from";

    private static RenderContext NewContext(Frame frame, CompiledTemplate included, VisibleLocals scope) =>
        new(included, scope.Over(frame, frame.Context.View()), frame.Context.State);

    private CompiledTemplate? Load(Frame frame, in Value name)
    {
        try
        {
            return template.Get(frame, name);
        }
        catch (TemplateNotFoundError error) when (ignoreMissing && error.Position is null)
        {
            return null;
        }
    }
}

/// <summary><c>{% import %}</c> and <c>{% from ... import %}</c>: stores members of a module, and the module itself where there is no name.</summary>
internal sealed class Importing(
    CompiledTemplate source, TemplateSite template, VisibleLocals? scope, (string? Name, string Alias, int Slot)[] names, bool isTopLevel, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        var imported = template.Get(frame, template.Name.Evaluate(frame));
        Store(frame, NewContext(frame, imported) is { } context ? imported.MakeModule(context) : imported.DefaultModule(frame.Context));
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        var imported = template.Get(frame, await template.Name.EvaluateAsync(frame).ConfigureAwait(false));
        var module = NewContext(frame, imported) is { } context ? imported.MakeModuleAsync(context) : imported.DefaultModuleAsync(frame.Context);
        Store(frame, await module.ConfigureAwait(false));
    }

    // Null for an import without context.
    private RenderContext? NewContext(Frame frame, CompiledTemplate imported) =>
        scope is null ? null : new(imported, scope.Over(frame, frame.Context.Snapshot()), frame.Context.State);

    private void Store(Frame frame, TemplateModule imported)
    {
        foreach (var (name, alias, slot) in names)
        {
            var value = name is null ? Value.From(imported) : imported.TryGetMember(frame.Context, name, out var member) ? member : NotExported(frame, imported, name);
            frame.Slots[slot] = value;
            if (isTopLevel)
                frame.Context.SetImported(alias, value);
        }
    }

    private Value NotExported(Frame frame, TemplateModule imported, string name) => frame.Context.MakeUndefined(UndefinedOrigin.Because(
        $"the template {Text.Repr(Value.From(imported.Name))} (imported on {source.Place(at)}) does not export the requested name '{name}'", name));
}

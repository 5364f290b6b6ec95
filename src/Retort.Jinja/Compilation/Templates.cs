using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>The local variables that another template or a scoped block is given to see.</summary>
internal sealed class VisibleLocals(string[] names, (int Hops, int Slot)[] places)
{
    public string[] Names => names;

    public Value[] Read(Frame frame)
    {
        if (places.Length == 0)
            return [];
        var values = new Value[places.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var owner = frame;
            for (var hop = 0; hop < places[i].Hops; hop++)
                owner = owner.Outer!;
            values[i] = owner.Slots[places[i].Slot];
        }
        return values;
    }
}

/// <summary>A template's whole body: what it says itself, then its parent if an extends tag has named one.</summary>
internal sealed class RootBody(Executable body, int selfSlot, bool hasExtends) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        if (selfSlot >= 0)
            frame.Slots[selfSlot] = Value.From(new TemplateReference(frame.Context));
        body.Render(frame, output);
        if (hasExtends && frame.Parent is { } parent)
        {
            frame.At = frame.ParentAt;
            parent.Root.Run(frame.Context, output, "extended by");
        }
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        if (selfSlot >= 0)
            frame.Slots[selfSlot] = Value.From(new TemplateReference(frame.Context));
        await body.RenderAsync(frame, output).ConfigureAwait(false);
        if (hasExtends && frame.Parent is { } parent)
            await parent.Root.RunAsync(EnterParent(frame, parent), output).ConfigureAwait(false);
    }

    private static Frame EnterParent(Frame frame, CompiledTemplate parent)
    {
        frame.At = frame.ParentAt;
        return new Frame(frame.Context, parent.Root.Slots) { Entered = "extended by" };
    }
}

/// <summary><c>{% extends %}</c>: the parent runs once this template has.</summary>
internal sealed class Extending(TemplateSite template, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        CheckFirst(frame);
        Extend(frame, template.Get(frame));
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        CheckFirst(frame);
        Extend(frame, await template.GetAsync(frame).ConfigureAwait(false));
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

/// <summary>The body of a block.</summary>
internal sealed class BlockBody(string name, Executable body, int selfSlot, int superSlot) : Executable
{
    /// <summary>The unit this is the body of; what super looks for.</summary>
    public Unit Unit { get; set; } = null!;

    public override void Render(Frame frame, Output output)
    {
        Prepare(frame);
        body.Render(frame, output);
    }

    public override ValueTask RenderAsync(Frame frame, Output output)
    {
        Prepare(frame);
        return body.RenderAsync(frame, output);
    }

    private void Prepare(Frame frame)
    {
        if (selfSlot >= 0)
            frame.Slots[selfSlot] = Value.From(new TemplateReference(frame.Context));
        if (superSlot >= 0)
            frame.Slots[superSlot] = BlockReference.Super(name, frame.Context, Unit);
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
        return block.RunAsync(new Frame(context, block.Slots), output);
    }

    private Unit Find(Frame frame, out RenderContext context)
    {
        frame.At = at;
        var stack = frame.Context.Blocks.Find(name);
        if (required && stack.Length <= 1)
            throw new TemplateRuntimeError($"Required block '{name}' not found");
        context = scope is null ? frame.Context : frame.Context.Derive(scope.Names, scope.Read(frame));
        return stack[0];
    }
}

/// <summary>How an include names what it wants.</summary>
internal enum TemplateChoice
{
    One,
    FirstOf,
    Either,
}

/// <summary><c>{% include %}</c>.</summary>
internal sealed class Including(
    CompiledTemplate source, Evaluable template, TemplateChoice choice, bool ignoreMissing, VisibleLocals? scope, SourcePosition at) : Executable
{
    private readonly TemplateSite _site = new(source, template);

    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        if (Load(frame, template.Evaluate(frame)) is not { } included)
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
        if (Load(frame, await template.EvaluateAsync(frame).ConfigureAwait(false)) is not { } included)
            return;
        frame.Context.State.Budget?.Spend();
        if (scope is null)
            (await included.SharedModuleAsync(frame.Context.State).ConfigureAwait(false)).CopyTo(output);
        else
            await included.Root.RunAsync(new Frame(NewContext(frame, included, scope), included.Root.Slots) { Entered = HowEntered }, output).ConfigureAwait(false);
    }

    private const string HowEntered = "included from";

    private static RenderContext NewContext(Frame frame, CompiledTemplate included, VisibleLocals scope) =>
        new(included, frame.Context.View(scope.Names, scope.Read(frame)), frame.Context.State);

    private CompiledTemplate? Load(Frame frame, in Value name)
    {
        var engine = frame.Context.Engine;
        try
        {
            return choice switch
            {
                TemplateChoice.One => _site.Get(frame),
                TemplateChoice.FirstOf => engine.SelectTemplate(name, source.Name),
                _ => engine.GetOrSelectTemplate(name, source.Name),
            };
        }
        catch (TemplateNotFoundError error) when (ignoreMissing && error.Position is null)
        {
            return null;
        }
    }
}

/// <summary>Loads a template as a module.</summary>
internal sealed class ModuleSource(TemplateSite template, VisibleLocals? scope)
{
    public TemplateModule Load(Frame frame)
    {
        var imported = template.Get(frame);
        return scope is null ? imported.DefaultModule(frame.Context) : imported.MakeModule(NewContext(frame, imported, scope));
    }

    public async ValueTask<TemplateModule> LoadAsync(Frame frame)
    {
        var imported = await template.GetAsync(frame).ConfigureAwait(false);
        return scope is null
            ? await imported.DefaultModuleAsync(frame.Context).ConfigureAwait(false)
            : await imported.MakeModuleAsync(NewContext(frame, imported, scope)).ConfigureAwait(false);
    }

    private static RenderContext NewContext(Frame frame, CompiledTemplate imported, VisibleLocals scope) =>
        new(imported, frame.Context.Snapshot(scope.Names, scope.Read(frame)), frame.Context.State);
}

/// <summary><c>{% import %}</c> and <c>{% from ... import %}</c>: stores members of a module, and the module itself where there is no name.</summary>
internal sealed class Importing(
    CompiledTemplate source, ModuleSource module, (string? Name, string Alias, int Slot)[] names, bool isTopLevel, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        Store(frame, module.Load(frame));
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        Store(frame, await module.LoadAsync(frame).ConfigureAwait(false));
    }

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

    private Value NotExported(Frame frame, TemplateModule imported, string name)
    {
        var place = source.Name is null ? $"line {at.Line}" : $"line {at.Line} in '{source.Name}'";
        return frame.Context.MakeUndefined(UndefinedOrigin.Because(
            $"the template {Text.Repr(Value.From(imported.Name))} (imported on {place}) does not export the requested name '{name}'", name));
    }
}

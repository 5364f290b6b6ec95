using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>What a value can be stored in.</summary>
internal abstract class Assignable
{
    public abstract void Store(Frame frame, in Value value);

    /// <summary>Whether <see cref="Check"/> does anything.</summary>
    public virtual bool IsChecked => false;

    /// <summary>Checks, before the value is computed, that attributes are set on namespaces only.</summary>
    public virtual void Check(Frame frame)
    {
    }
}

/// <summary>A variable of the running frame.</summary>
internal sealed class LocalSlot(int slot) : Assignable
{
    public int Slot => slot;

    public override void Store(Frame frame, in Value value) => frame.Slots[slot] = value;
}

/// <summary>Nowhere: the target of an expression whose value nobody wants.</summary>
internal sealed class Nowhere : Assignable
{
    public override void Store(Frame frame, in Value value)
    {
    }
}

/// <summary>A variable at the top level, which parents, blocks and importers see.</summary>
internal sealed class ExportedSlot(int slot, string name) : Assignable
{
    public override void Store(Frame frame, in Value value)
    {
        frame.Slots[slot] = value;
        frame.Context.Export(name, value);
    }
}

/// <summary>An attribute of a namespace.</summary>
internal sealed class NamespaceSlot(Evaluable owner, string attribute) : Assignable
{
    public override bool IsChecked => true;

    public override void Check(Frame frame)
    {
        var value = owner.Evaluate(frame);
        if (value.Kind != ValueKind.Template || value.Reference is not NamespaceValue)
            throw new TemplateRuntimeError("cannot assign attribute on non-namespace object");
    }

    // A block is not checked: Jinja then sets an item, which a dictionary takes as well.
    public override void Store(Frame frame, in Value value)
    {
        var target = owner.Evaluate(frame);
        if (target.Kind == ValueKind.Template && target.Reference is NamespaceValue space)
            space.Set(attribute, value);
        else if (target.Kind == ValueKind.Dict)
            DictMethods.Set(target, Value.From(attribute), value);
        else
            throw PythonError.Type(target.Kind == ValueKind.List ? "list indices must be integers or slices, not str" : $"'{Text.TypeName(target)}' object does not support item assignment");
    }
}

/// <summary>Several targets at once.</summary>
internal sealed class Unpacked(Assignable[] targets) : Assignable
{
    public override bool IsChecked => Array.Exists(targets, target => target.IsChecked);

    public override void Check(Frame frame)
    {
        foreach (var target in targets)
            target.Check(frame);
    }

    public override void Store(Frame frame, in Value value)
    {
        if (targets.Length <= ArgumentBuffer.Capacity)
        {
            var buffer = default(ArgumentBuffer);
            StoreAll(frame, value, ((Span<Value>)buffer)[..targets.Length]);
            return;
        }
        StoreAll(frame, value, new Value[targets.Length]);
    }

    private void StoreAll(Frame frame, in Value value, Span<Value> values)
    {
        Iteration.Unpack(value, values);
        for (var i = 0; i < targets.Length; i++)
            targets[i].Store(frame, values[i]);
    }
}

/// <summary><c>{% set target = value %}</c>, and all else that stores one value.</summary>
internal sealed class Setting(Assignable target, Evaluable value, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        target.Store(frame, value.Evaluate(frame));
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        target.Store(frame, await value.EvaluateAsync(frame).ConfigureAwait(false));
    }
}

/// <summary>Goes before a <see cref="Setting"/> of a namespace's attribute. Jinja checks this before the statement begins, so that its error has the place of the one before.</summary>
internal sealed class CheckingNamespace(Assignable target, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        target.Check(frame);
    }
}

/// <summary>
/// <c>{% set target %}...{% endset %}</c>, through its filter if it has one, and <c>{% filter name %}...{% endfilter %}</c>, which prints instead of setting a target.
/// </summary>
internal sealed class Capturing(Executable body, Assignable? target, Evaluable? filter, int textSlot, Escaping escaping, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        var mark = output.BeginCapture();
        body.Render(frame, output);
        if (TryTake(frame, output.EndCapture(mark), out var text))
            Put(frame, output, filter is null ? text : filter.Evaluate(frame));
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        var mark = output.BeginCapture();
        await body.RenderAsync(frame, output).ConfigureAwait(false);
        if (TryTake(frame, output.EndCapture(mark), out var text))
            Put(frame, output, filter is null ? text : await filter.EvaluateAsync(frame).ConfigureAwait(false));
    }

    // False if the body was left by break or continue.
    private bool TryTake(Frame frame, in Value captured, out Value text)
    {
        text = captured;
        if (frame.Signal != Signal.None)
            return false;
        frame.At = at;
        // To the filter it is safe where it was escaped.
        if (filter is not null)
            frame.Slots[textSlot] = escaping.IsOn(frame.Context) ? Renderable.MarkSafe(text) : text;
        return true;
    }

    private void Put(Frame frame, Output output, in Value value)
    {
        if (target is null)
            output.WriteResult(value);
        else
            target.Store(frame, frame.Context.Autoescape ? Renderable.MarkSafe(value) : value);
    }
}

using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>A callable of the engine whose result is text it prints: a macro, a block, a recursive loop. Where the result is printed at once, no string is made.</summary>
internal abstract class Renderable : TemplateObject
{
    public override bool IsTrue => true;

    public override bool IsCallable => true;

    /// <summary>Calls it and prints its result. The caller has checked <see cref="PrintsAsIs"/>.</summary>
    public abstract void Render(RenderContext caller, Arguments arguments, Output output);

    public abstract ValueTask RenderAsync(RenderContext caller, KeptArguments arguments, Output output);

    /// <summary>Whether its result counts as safe text for this caller.</summary>
    public abstract bool IsSafeFor(EvalContext caller);

    /// <summary>Whether printing its result with or without escaping is the same as printing what it prints.</summary>
    public bool PrintsAsIs(RenderContext caller, bool escape) => !escape || IsSafeFor(caller);

    public override Value Call(EvalContext context, Arguments arguments)
    {
        var caller = (RenderContext)context;
        using var output = caller.Engine.NewOutput(caller.State.Budget);
        var mark = output.BeginCapture();
        Render(caller, arguments, output);
        return Result(output.EndCapture(mark), caller);
    }

    public async ValueTask<Value> CallAsync(RenderContext caller, KeptArguments arguments)
    {
        using var output = caller.Engine.NewOutput(caller.State.Budget);
        var mark = output.BeginCapture();
        await RenderAsync(caller, arguments, output).ConfigureAwait(false);
        return Result(output.EndCapture(mark), caller);
    }

    private Value Result(in Value value, EvalContext caller) => IsSafeFor(caller) ? MarkSafe(value) : value;

    /// <summary>Python's <c>Markup(value)</c>.</summary>
    public static Value MarkSafe(in Value value) => Value.From(new Markup(value.AsText ?? Text.Str(value)));
}

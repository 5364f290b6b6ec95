using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>A callable of the engine whose result is text it prints: a macro, a block, a recursive loop. Where the result is printed at once, no string is made.</summary>
internal abstract class Renderable : TemplateObject
{
    public override bool IsTrue => true;

    public override bool IsCallable => true;

    /// <summary>What a call runs, and the frame for it with the arguments stored.</summary>
    protected abstract (Unit Unit, Frame Frame) Bind(Arguments arguments);

    /// <summary>Whether its result counts as safe text for this caller.</summary>
    public abstract bool IsSafeFor(EvalContext caller);

    /// <summary>Calls it and prints its result as it is.</summary>
    public void Render(Arguments arguments, Output output)
    {
        var (unit, frame) = Bind(arguments);
        unit.Run(frame, output);
    }

    public override Value Call(EvalContext context, Arguments arguments)
    {
        var caller = (RenderContext)context;
        using var output = caller.NewOutput();
        var mark = output.BeginCapture();
        Render(arguments, output);
        return Result(output.EndCapture(mark), caller);
    }

    public async ValueTask<Value> CallAsync(RenderContext caller, KeptArguments arguments)
    {
        using var output = caller.NewOutput();
        var mark = output.BeginCapture();
        var (unit, frame) = Bind(arguments.ToArguments());
        await unit.RunAsync(frame, output).ConfigureAwait(false);
        return Result(output.EndCapture(mark), caller);
    }

    private Value Result(in Value value, EvalContext caller) => IsSafeFor(caller) ? MarkSafe(value) : value;

    /// <summary>Python's <c>Markup(value)</c>.</summary>
    public static Value MarkSafe(in Value value) => Value.From(new Markup(value.AsText ?? Text.Str(value)));
}

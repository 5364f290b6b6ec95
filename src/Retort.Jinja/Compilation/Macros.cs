using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>Sets parameters that were not passed, then runs the body.</summary>
internal sealed class MacroBody((int Slot, string Name, Evaluable? Default)[] parameters, Executable body, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        foreach (ref readonly var parameter in parameters.AsSpan())
        {
            if (Missing.Is(frame.Slots[parameter.Slot]))
                frame.Slots[parameter.Slot] = parameter.Default is { } value ? value.Evaluate(frame) : NotProvided(frame, parameter.Name);
        }
        body.Render(frame, output);
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        foreach (var parameter in parameters)
        {
            if (Missing.Is(frame.Slots[parameter.Slot]))
                frame.Slots[parameter.Slot] = parameter.Default is { } value ? await value.EvaluateAsync(frame).ConfigureAwait(false) : NotProvided(frame, parameter.Name);
        }
        await body.RenderAsync(frame, output).ConfigureAwait(false);
    }

    private static Value NotProvided(Frame frame, string name) =>
        frame.Context.MakeUndefined(UndefinedOrigin.Because($"parameter '{name}' was not provided", name));
}

/// <summary>A macro, or the body of a call block for its call, as a value.</summary>
internal sealed class MakeMacro(MacroDefinition definition) : Evaluable
{
    public override Value Evaluate(Frame frame) => Value.From(new MacroValue(definition, frame));
}

/// <summary><c>{% call %}</c>: the call is printed as it is.</summary>
internal sealed class CallingBlock(Calling call, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        if (output.Natives is null)
            call.PrintResult(frame, output);
        else
            output.WriteResult(call.Evaluate(frame));
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        output.WriteResult(await call.EvaluateAsync(frame).ConfigureAwait(false));
    }
}

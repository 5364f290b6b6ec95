using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>Nothing.</summary>
internal sealed class Nothing : Executable
{
    public static Nothing Instance { get; } = new();

    public override void Render(Frame frame, Output output)
    {
    }
}

/// <summary>Statements one after the other, up to a break or continue.</summary>
internal sealed class Sequence(Executable[] parts) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        foreach (var part in parts)
        {
            part.Render(frame, output);
            if (frame.Signal != Signal.None)
                return;
        }
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        foreach (var part in parts)
        {
            await part.RenderAsync(frame, output).ConfigureAwait(false);
            if (frame.Signal != Signal.None)
                return;
            if (output.Flush is { } flush && output.Captures == 0)
                await flush(output).ConfigureAwait(false);
        }
    }
}

/// <summary>break and continue.</summary>
internal sealed class Interrupt(Signal signal) : Executable
{
    public override void Render(Frame frame, Output output) => frame.Signal = signal;
}

/// <summary>Empties variables whenever the scope they belong to is entered.</summary>
internal sealed class Entering(int[] slots, Executable body) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.Clear(slots);
        body.Render(frame, output);
    }

    public override ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.Clear(slots);
        return body.RenderAsync(frame, output);
    }
}

/// <summary>if, elif and else.</summary>
internal sealed class Branching((Evaluable Test, SourcePosition At, Executable Body)[] branches, Executable? otherwise) : Executable
{
    // Where the first tests ask whether one and the same text is this or that, it is read once.
    private readonly (ReadKey? Asked, string[] Answers) _choice = ComparingText.Choices(Array.ConvertAll(branches, branch => branch.Test));

    public override void Render(Frame frame, Output output)
    {
        var next = 0;
        if (_choice.Asked is { } asked && asked.PeekText(frame) is { } text)
        {
            var answers = _choice.Answers;
            while (next < answers.Length && text != answers[next])
                next++;
            if (next < answers.Length)
            {
                branches[next].Body.Render(frame, output);
                return;
            }
        }
        foreach (ref readonly var branch in branches.AsSpan(next))
        {
            frame.At = branch.At;
            if (!branch.Test.IsTrue(frame))
                continue;
            branch.Body.Render(frame, output);
            return;
        }
        otherwise?.Render(frame, output);
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        foreach (var branch in branches)
        {
            frame.At = branch.At;
            if (!Values.Operators.IsTrue(await branch.Test.EvaluateAsync(frame).ConfigureAwait(false)))
                continue;
            await branch.Body.RenderAsync(frame, output).ConfigureAwait(false);
            return;
        }
        if (otherwise is not null)
            await otherwise.RenderAsync(frame, output).ConfigureAwait(false);
    }
}

/// <summary>autoescape: sets the context's flag for its body. What fails in its value is blamed on what stands before, as in Jinja; a value without truth on the tag.</summary>
internal sealed class Escape(Evaluable value, Executable body, SourcePosition at, SourcePosition tag) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        var before = frame.Context.Autoescape;
        frame.Context.Autoescape = IsTrue(frame, value.Evaluate(frame));
        body.Render(frame, output);
        frame.Context.Autoescape = before;
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        var before = frame.Context.Autoescape;
        frame.Context.Autoescape = IsTrue(frame, await value.EvaluateAsync(frame).ConfigureAwait(false));
        await body.RenderAsync(frame, output).ConfigureAwait(false);
        frame.Context.Autoescape = before;
    }

    private bool IsTrue(Frame frame, in Value result)
    {
        frame.At = tag;
        var isTrue = Operators.IsTrue(result);
        frame.At = at;
        return isTrue;
    }
}

/// <summary>An error that the template's text asks for.</summary>
internal sealed class Failing(Func<TemplateError> error, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        throw error();
    }
}

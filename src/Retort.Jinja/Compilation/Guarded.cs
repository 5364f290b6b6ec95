using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>An expression deep inside others: it makes sure that the stack has room for the next stretch of them.</summary>
internal sealed class GuardedExpression(Evaluable inner) : Evaluable
{
    public override bool IsConstant => inner.IsConstant;

    public override Value Evaluate(Frame frame)
    {
        Depth.EnsureStack();
        return inner.Evaluate(frame);
    }

    public override async ValueTask<Value> EvaluateAsync(Frame frame)
    {
        var levels = AwaitingLevels.Current;
        levels.Enter();
        try
        {
            var value = await inner.EvaluateAsync(frame).ConfigureAwait(false);
            levels.Leave();
            return value;
        }
        catch (Exception error)
        {
            throw levels.LeaveBy(error);
        }
    }
}

/// <summary>The same for a statement.</summary>
internal sealed class GuardedStatement(Executable inner) : Executable
{
    public override void Render(Frame frame, Runtime.Output output)
    {
        Depth.EnsureStack();
        inner.Render(frame, output);
    }

    public override async ValueTask RenderAsync(Frame frame, Runtime.Output output)
    {
        var levels = AwaitingLevels.Current;
        levels.Enter();
        try
        {
            await inner.RenderAsync(frame, output).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            throw levels.LeaveBy(error);
        }
        levels.Leave();
    }
}

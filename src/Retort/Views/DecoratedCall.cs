namespace Retort.Views;

/// <summary>A decorator around a view, or around the next decorator.</summary>
internal sealed class DecoratedCall(DecoratorAttribute decorator, Call inner, string name) : Call
{
    public override ValueTask<Outcome> Invoke(Context context)
    {
        var pending = decorator.Run(context, () => CallInner(context));
        return pending.IsCompletedSuccessfully ? new ValueTask<Outcome>(Outcome.Of(pending.Result)) : Wait(pending);
    }

    private ValueTask<Response> CallInner(Context context)
    {
        var pending = inner.Invoke(context);
        return pending.IsCompletedSuccessfully ? new ValueTask<Response>(Responses.Make(context, pending.Result, name)) : Wait(context, pending);
    }

    private static async ValueTask<Outcome> Wait(ValueTask<Response> pending) => Outcome.Of(await pending);

    private async ValueTask<Response> Wait(Context context, ValueTask<Outcome> pending) => Responses.Make(context, await pending, name);
}

namespace Retort.Views;

/// <summary>A view or hook compiled to one call: bind the parameters, run the delegate, name what it returned.</summary>
internal abstract class Call
{
    public abstract ValueTask<Outcome> Invoke(Context context);
}

/// <summary>Reads one parameter from the request.</summary>
internal delegate T Source<out T>(Context context);

// One class for each number of parameters: calling a delegate of a known type takes nanoseconds, DynamicInvoke a hundred times that.

internal sealed class Call<TReturn>(Func<TReturn> run, Func<Context, TReturn, ValueTask<Outcome>> finish) : Call
{
    public override ValueTask<Outcome> Invoke(Context context) => finish(context, run());
}

internal sealed class Call<T1, TReturn>(Func<T1, TReturn> run, Source<T1> first, Func<Context, TReturn, ValueTask<Outcome>> finish) : Call
{
    public override ValueTask<Outcome> Invoke(Context context) => finish(context, run(first(context)));
}

internal sealed class Call<T1, T2, TReturn>(Func<T1, T2, TReturn> run, Source<T1> first, Source<T2> second, Func<Context, TReturn, ValueTask<Outcome>> finish) : Call
{
    public override ValueTask<Outcome> Invoke(Context context) => finish(context, run(first(context), second(context)));
}

internal sealed class Call<T1, T2, T3, TReturn>(
    Func<T1, T2, T3, TReturn> run, Source<T1> first, Source<T2> second, Source<T3> third, Func<Context, TReturn, ValueTask<Outcome>> finish) : Call
{
    public override ValueTask<Outcome> Invoke(Context context) => finish(context, run(first(context), second(context), third(context)));
}

internal sealed class Call<T1, T2, T3, T4, TReturn>(
    Func<T1, T2, T3, T4, TReturn> run, Source<T1> first, Source<T2> second, Source<T3> third, Source<T4> fourth, Func<Context, TReturn, ValueTask<Outcome>> finish) : Call
{
    public override ValueTask<Outcome> Invoke(Context context) => finish(context, run(first(context), second(context), third(context), fourth(context)));
}

/// <summary>Any number of parameters, through reflection: rare enough not to need a class of its own.</summary>
internal sealed class ReflectedCall<TReturn>(Delegate run, Source<object?>[] sources, Func<Context, TReturn, ValueTask<Outcome>> finish) : Call
{
    private readonly System.Reflection.MethodInfo _invoke = run.GetType().GetMethod("Invoke")!;

    public override ValueTask<Outcome> Invoke(Context context) =>
        finish(context, _invoke.Invoke(run, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [.. sources.Select(source => source(context))], null) is TReturn value ? value : default!);
}

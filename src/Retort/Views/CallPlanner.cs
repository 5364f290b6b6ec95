using System.Reflection;

namespace Retort.Views;

/// <summary>
/// Compiles a delegate to a <see cref="Call"/> when it is registered: generic classes closed over its types, no expression trees, whose first compilation
/// costs more than the rest of a start-up.
/// </summary>
/// <param name="name">How errors name the delegate.</param>
/// <param name="run">The delegate.</param>
/// <param name="sourceOf">The source of a parameter, or an error.</param>
/// <param name="mustAnswer">Whether a type that is no response is an error; a hook that happens to return a number returns nothing.</param>
/// <param name="instance">For a delegate of a method without its object: the source of that.</param>
internal sealed class CallPlanner(string name, Delegate run, Func<ParameterInfo, object> sourceOf, bool mustAnswer, object? instance = null)
{
    // By the number of parameters.
    private static readonly Type[] Calls = [typeof(Call<>), typeof(Call<,>), typeof(Call<,,>), typeof(Call<,,,>), typeof(Call<,,,,>)];
    private static readonly Type[] Funcs = [typeof(Func<>), typeof(Func<,>), typeof(Func<,,>), typeof(Func<,,,>), typeof(Func<,,,,>)];
    private static readonly Type[] Actions = [typeof(Action), typeof(Action<>), typeof(Action<,>), typeof(Action<,,>), typeof(Action<,,,>)];

    public Call Plan()
    {
        var parameters = ParametersOf(run);
        var finish = MakeFinish(run.Method.ReturnType, out var returnType);
        object[] sources = [.. instance is null ? [] : new[] { instance }, .. parameters.Select(sourceOf)];
        if (parameters.Any(parameter => parameter.ParameterType.IsByRef))
            throw new ViewError($"cannot use {name}: its parameter '{parameters.First(p => p.ParameterType.IsByRef).Name}' is passed by reference. Take it by value.");
        Type[] types = [.. instance is null ? [] : instance.GetType().GenericTypeArguments, .. parameters.Select(parameter => parameter.ParameterType), returnType];
        if (sources.Length >= Calls.Length)
            return Reflected(types, sources, finish);
        var call = Calls[sources.Length].MakeGenericType(types);
        return (Call)Activator.CreateInstance(call, [Typed(types), .. sources, finish])!;
    }

    /// <summary>The parameters as they were written: delegates of static methods that the compiler closed over a null first argument still show it.</summary>
    public static ParameterInfo[] ParametersOf(Delegate run)
    {
        var parameters = run.Method.GetParameters();
        var isClosed = run.Method.IsStatic && parameters.Length == run.GetType().GetMethod("Invoke")!.GetParameters().Length + 1;
        return isClosed ? parameters[1..] : parameters;
    }

    /// <summary>The delegate as a Func of its types; one that returns nothing is wrapped to return <see cref="Nothing"/>.</summary>
    private Delegate Typed(Type[] types)
    {
        if (types[^1] != typeof(Nothing))
            return Convert(Funcs[types.Length - 1].MakeGenericType(types));
        var action = types.Length == 1 ? typeof(Action) : Actions[types.Length - 1].MakeGenericType(types[..^1]);
        var wrap = typeof(CallPlanner).GetMethods(GenericMethod.All).Single(method => method.Name == nameof(Wrap) && method.GetGenericArguments().Length == types.Length - 1);
        return (Delegate)(types.Length == 1 ? wrap : wrap.MakeGenericMethod(types[..^1])).Invoke(null, [Convert(action)])!;
    }

    private Delegate Convert(Type type) =>
        run.GetType() == type ? run : instance is not null ? Delegate.CreateDelegate(type, run.Method) : run.HasSingleTarget ? Delegate.CreateDelegate(type, run.Target, run.Method) : Delegate.CreateDelegate(type, run, "Invoke");

    private static Func<Nothing> Wrap(Action run) => () => { run(); return default; };

    private static Func<T1, Nothing> Wrap<T1>(Action<T1> run) => first => { run(first); return default; };

    private static Func<T1, T2, Nothing> Wrap<T1, T2>(Action<T1, T2> run) => (first, second) => { run(first, second); return default; };

    private static Func<T1, T2, T3, Nothing> Wrap<T1, T2, T3>(Action<T1, T2, T3> run) => (first, second, third) => { run(first, second, third); return default; };

    private static Func<T1, T2, T3, T4, Nothing> Wrap<T1, T2, T3, T4>(Action<T1, T2, T3, T4> run) =>
        (first, second, third, fourth) => { run(first, second, third, fourth); return default; };

    private Call Reflected(Type[] types, object[] sources, object finish)
    {
        var boxed = sources.Select((source, i) => Boxed(types[i], source)).ToArray();
        return (Call)Activator.CreateInstance(typeof(ReflectedCall<>).MakeGenericType(types[^1]), run, boxed, finish)!;
    }

    /// <summary>A source of any type as one of objects.</summary>
    public static Source<object?> Boxed(Type type, object source) => (Source<object?>)GenericMethod.Call(typeof(CallPlanner), nameof(Box), [type], source)!;

    private static Source<object?> Box<T>(Source<T> source) => context => source(context);

    // The end of a call: the value becomes an outcome at once, or when its task is done.

    private object MakeFinish(Type declared, out Type returnType)
    {
        returnType = declared == typeof(void) ? typeof(Nothing) : declared;
        if (declared == typeof(Task))
            return (Func<Context, Task, ValueTask<Outcome>>)(async (_, task) => { await task; return default; });
        if (declared == typeof(ValueTask))
            return (Func<Context, ValueTask, ValueTask<Outcome>>)(async (_, task) => { await task; return default; });
        var (method, type) = declared.IsGenericType && declared.GetGenericTypeDefinition() == typeof(Task<>) ? (nameof(FinishTask), declared.GetGenericArguments()[0])
            : declared.IsGenericType && declared.GetGenericTypeDefinition() == typeof(ValueTask<>) ? (nameof(FinishValueTask), declared.GetGenericArguments()[0])
            : (nameof(FinishNow), returnType);
        try
        {
            return GenericMethod.Call(typeof(CallPlanner), method, [type], name, mustAnswer)!;
        }
        catch (ArgumentException error)
        {
            throw new ViewError($"cannot use {name}: {error.Message}");
        }
    }

    private static Func<Context, T, ValueTask<Outcome>> FinishNow<T>(string name, bool mustAnswer)
    {
        var make = Returns.Plan<T>(name, mustAnswer);
        return (context, value) => new ValueTask<Outcome>(make(context, value));
    }

    private static Func<Context, Task<T>, ValueTask<Outcome>> FinishTask<T>(string name, bool mustAnswer)
    {
        var make = Returns.Plan<T>(name, mustAnswer);
        return async (context, task) => make(context, await task);
    }

    private static Func<Context, ValueTask<T>, ValueTask<Outcome>> FinishValueTask<T>(string name, bool mustAnswer)
    {
        var make = Returns.Plan<T>(name, mustAnswer);
        return async (context, task) => make(context, await task);
    }
}

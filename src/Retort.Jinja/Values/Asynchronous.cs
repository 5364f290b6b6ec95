using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Retort.Jinja.Values;

/// <summary>Tasks of the host and their results.</summary>
internal static class Awaiting
{
    // How to await the tasks of a type; null if they are none.
    private static readonly ConcurrentDictionary<Type, Func<object, ValueTask<Value>>?> Readers = new();

    /// <summary>Whether the value is a task, and its result as a value if so; a task without a result gives None.</summary>
    public static bool TryGetTask(in Value value, out ValueTask<Value> task)
    {
        task = default;
        if (value.Kind != ValueKind.Host || Readers.GetOrAdd(value.Reference.GetType(), FindReader) is not { } read)
            return false;
        task = read(value.Reference);
        return true;
    }

    /// <summary>
    /// Throws where a task or an asynchronous sequence is used as if it were what it gives, which is so when the render is not asynchronous. Null for all else.
    /// </summary>
    public static string? Refuse(object value)
    {
        var isTask = Readers.GetOrAdd(value.GetType(), FindReader) is not null;
        return isTask || AsyncSources.Find(value) is not null
            ? throw new TemplateRuntimeError(
                $"{(isTask ? "a task is not awaited here; render" : "an asynchronous sequence is not read here; loop over it and render")} with RenderAsync or GenerateAsync, or await it before the template gets it")
            : null;
    }

    private static Func<object, ValueTask<Value>>? FindReader(Type type)
    {
        if (type == typeof(ValueTask))
            return static task => OfTask(((ValueTask)task).AsTask(), null);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            var asTask = Trimming.Kept(type).GetMethod("AsTask")!;
            var (invoker, result) = (MethodInvoker.Create(asTask), Result(asTask.ReturnType));
            return task => OfTask(invoker.Invoke(task)!, result);
        }
        for (var part = type; part is not null; part = part.BaseType)
        {
            // The result type of a method without one is internal and named so; it carries nothing.
            if (part.IsGenericType && part.GetGenericTypeDefinition() == typeof(Task<>) && part.GetGenericArguments()[0].Name != "VoidTaskResult")
            {
                var result = Result(part);
                return task => OfTask(task, result);
            }
        }
        return typeof(Task).IsAssignableFrom(type) ? static task => OfTask(task, null) : null;
    }

    private static HostMember Result(Type task) => HostMembers.Property(task, Trimming.Kept(task).GetProperty("Result")!);

    private static async ValueTask<Value> OfTask(object task, HostMember? result)
    {
        await ((Task)task).ConfigureAwait(false);
        return result?.Get(task) ?? default;
    }
}

/// <summary>Asynchronous sequences of the host.</summary>
internal static class AsyncSources
{
    private static readonly ConcurrentDictionary<Type, Func<object, CancellationToken, IAsyncEnumerable<Value>>?> Adapters = new();

    public static IAsyncEnumerable<Value>? Find(object source) => source as IAsyncEnumerable<Value> ?? Adapters.GetOrAdd(source.GetType(), FindAdapter)?.Invoke(source, default);

    /// <summary>All items.</summary>
    public static async Task<List<Value>> ToListAsync(IAsyncEnumerable<Value> source, CancellationToken cancellation)
    {
        var items = new List<Value>();
        await foreach (var item in source.WithCancellation(cancellation).ConfigureAwait(false))
            items.Add(item);
        return items;
    }

    private static Func<object, CancellationToken, IAsyncEnumerable<Value>>? FindAdapter(Type type)
    {
        if (HostShapes.Interface(type, typeof(IAsyncEnumerable<>)) is not { } source)
            return null;
        var start = Trimming.Kept(source).GetMethod("GetAsyncEnumerator")!;
        var items = Trimming.Kept(start.ReturnType);
        var (invoker, next, current) = (MethodInvoker.Create(start), items.GetMethod("MoveNextAsync")!, HostMembers.Property(items, items.GetProperty("Current")!));
        return (target, cancellation) => Adapt(target, invoker, next, current, cancellation);
    }

    private static async IAsyncEnumerable<Value> Adapt(object source, MethodInvoker start, MethodInfo next, HostMember current, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var items = (IAsyncDisposable)start.Invoke(source, cancellation)!;
        await using var closed = items.ConfigureAwait(false);
        var moveNext = next.CreateDelegate<Func<ValueTask<bool>>>(items);
        while (await moveNext().ConfigureAwait(false))
            yield return current.Get(items);
    }
}

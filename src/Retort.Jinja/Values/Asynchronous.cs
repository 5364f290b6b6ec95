using System.Collections.Concurrent;
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
            return static task => OfTask(((ValueTask)task).AsTask());
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            return HostShapes.Generic<Func<object, ValueTask<Value>>>(OfValueTask<object>, type);
        for (var part = type; part is not null; part = part.BaseType)
        {
            // The result type of a method without one is internal and named so; it carries nothing.
            if (part.IsGenericType && part.GetGenericTypeDefinition() == typeof(Task<>) && part.GetGenericArguments()[0].Name != "VoidTaskResult")
                return HostShapes.Generic<Func<object, ValueTask<Value>>>(OfTask<object>, part);
        }
        return typeof(Task).IsAssignableFrom(type) ? OfTask : null;
    }

    private static async ValueTask<Value> OfTask(object task)
    {
        await ((Task)task).ConfigureAwait(false);
        return default;
    }

    private static async ValueTask<Value> OfTask<T>(object task) => HostValues.FromTyped(await ((Task<T>)task).ConfigureAwait(false));

    private static async ValueTask<Value> OfValueTask<T>(object task) => HostValues.FromTyped(await ((ValueTask<T>)task).ConfigureAwait(false));
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

    private static Func<object, CancellationToken, IAsyncEnumerable<Value>>? FindAdapter(Type type) => HostShapes.Interface(type, typeof(IAsyncEnumerable<>)) is { } source
        ? HostShapes.Generic<Func<object, CancellationToken, IAsyncEnumerable<Value>>>(Adapt<object>, source)
        : null;

    private static async IAsyncEnumerable<Value> Adapt<T>(object source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var item in ((IAsyncEnumerable<T>)source).WithCancellation(cancellation).ConfigureAwait(false))
            yield return HostValues.FromTyped(item);
    }
}

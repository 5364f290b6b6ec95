using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Retort.Jinja.Values;

// What an asynchronous render awaits, one adapter a result type.

/// <summary>Tasks of the host and their results.</summary>
internal static class Awaiting
{
    private static readonly ConcurrentDictionary<Type, TaskAdapter?> Adapters = new();

    /// <summary>Whether the value is a task, and its result as a value if so; a task without a result gives None.</summary>
    public static bool TryGetTask(in Value value, out ValueTask<Value> task)
    {
        task = default;
        if (value.Kind != ValueKind.Host)
            return false;
        var adapter = Adapters.GetOrAdd(value.Reference.GetType(), FindAdapter);
        if (adapter is null)
            return false;
        task = adapter.Await(value.Reference);
        return true;
    }

    /// <summary>
    /// Throws where a task or an asynchronous sequence is used as if it were what it gives, which is so when the render is not asynchronous. Null for all else.
    /// </summary>
    public static string? Refuse(object value)
    {
        var isTask = Adapters.GetOrAdd(value.GetType(), FindAdapter) is not null;
        return isTask || AsyncSources.Find(value) is not null
            ? throw new TemplateRuntimeError(
                $"{(isTask ? "a task is not awaited here; render" : "an asynchronous sequence is not read here; loop over it and render")} with RenderAsync or GenerateAsync, or await it before the template gets it")
            : null;
    }

    private static TaskAdapter? FindAdapter(Type type)
    {
        if (type == typeof(ValueTask))
            return new PlainValueTask();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            return Make(typeof(ValueTaskOf<>), type.GetGenericArguments()[0]);
        for (var part = type; part is not null; part = part.BaseType)
        {
            // The result type of a method without one is internal and named so; it carries nothing.
            if (part.IsGenericType && part.GetGenericTypeDefinition() == typeof(Task<>) && part.GetGenericArguments()[0].Name != "VoidTaskResult")
                return Make(typeof(TaskOf<>), part.GetGenericArguments()[0]);
        }
        return typeof(Task).IsAssignableFrom(type) ? new PlainTask() : null;
    }

    private static TaskAdapter Make([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type adapter, Type result) => (TaskAdapter)Activator.CreateInstance(adapter.MakeGenericType(result))!;

    private abstract class TaskAdapter
    {
        public abstract ValueTask<Value> Await(object task);
    }

    private sealed class PlainTask : TaskAdapter
    {
        public override async ValueTask<Value> Await(object task)
        {
            await ((Task)task).ConfigureAwait(false);
            return default;
        }
    }

    private sealed class PlainValueTask : TaskAdapter
    {
        public override async ValueTask<Value> Await(object task)
        {
            await ((ValueTask)task).ConfigureAwait(false);
            return default;
        }
    }

    private sealed class TaskOf<T> : TaskAdapter
    {
        public override async ValueTask<Value> Await(object task) => HostValues.FromTyped(await ((Task<T>)task).ConfigureAwait(false));
    }

    private sealed class ValueTaskOf<T> : TaskAdapter
    {
        public override async ValueTask<Value> Await(object task) => HostValues.FromTyped(await ((ValueTask<T>)task).ConfigureAwait(false));
    }
}

/// <summary>Asynchronous sequences of the host.</summary>
internal static class AsyncSources
{
    private static readonly ConcurrentDictionary<Type, SourceAdapter?> Adapters = new();

    public static IAsyncEnumerable<Value>? Find(object source) => source as IAsyncEnumerable<Value> ?? Adapters.GetOrAdd(source.GetType(), FindAdapter)?.Adapt(source);

    /// <summary>All items.</summary>
    public static async Task<List<Value>> ToListAsync(IAsyncEnumerable<Value> source, CancellationToken cancellation)
    {
        var items = new List<Value>();
        await foreach (var item in source.WithCancellation(cancellation).ConfigureAwait(false))
            items.Add(item);
        return items;
    }

    private static SourceAdapter? FindAdapter(Type type)
    {
        var source = HostShapes.Interface(type, typeof(IAsyncEnumerable<>));
        return source is null ? null : (SourceAdapter)Activator.CreateInstance(typeof(SourceOf<>).MakeGenericType(source.GetGenericArguments()))!;
    }

    private abstract class SourceAdapter
    {
        public abstract IAsyncEnumerable<Value> Adapt(object source, CancellationToken cancellation = default);
    }

    [SuppressMessage("Performance", "CA1812", Justification = "Made by reflection, once for each type of item.")]
    private sealed class SourceOf<T> : SourceAdapter
    {
        public override async IAsyncEnumerable<Value> Adapt(object source, [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            await foreach (var item in ((IAsyncEnumerable<T>)source).WithCancellation(cancellation).ConfigureAwait(false))
                yield return HostValues.FromTyped(item);
        }
    }
}

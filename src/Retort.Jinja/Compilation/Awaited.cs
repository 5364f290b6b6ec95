using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>The places where an asynchronous render awaits what it got.</summary>
internal static class Awaited
{
    /// <summary>The value, or the result of the task it is.</summary>
    public static ValueTask<Value> Of(Frame frame, in Value value) =>
        frame.Context.IsAsync && value.Kind == ValueKind.Host && Awaiting.TryGetTask(value, out var task)
            ? frame.Context.Cancellation is { CanBeCanceled: true } cancellation ? new(task.AsTask().WaitAsync(cancellation)) : task
            : new(value);

    /// <summary>The same for a variable, which then holds the result: some tasks can be awaited once only.</summary>
    public static ValueTask<Value> Variable(Frame frame, int slot, in Value value)
    {
        return frame.Context.IsAsync && value.Kind == ValueKind.Host ? Keep(frame, slot, value) : new(value);

        static async ValueTask<Value> Keep(Frame frame, int slot, Value value) => frame.Slots[slot] = await Of(frame, value).ConfigureAwait(false);
    }
}

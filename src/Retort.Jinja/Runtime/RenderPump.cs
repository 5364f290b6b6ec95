using System.Threading.Tasks.Sources;

namespace Retort.Jinja.Runtime;

/// <summary>Lets a render stop at each piece until the reader wants the next: both run in turn on the reader's thread.</summary>
internal sealed class RenderPump : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;

    /// <summary>Stops the render here, if there is something to give away.</summary>
    public ValueTask Wait(Output output)
    {
        if (output.Length == 0)
            return default;
        _core.Reset();
        return new ValueTask(this, _core.Version);
    }

    /// <summary>Lets it go on.</summary>
    public void Resume() => _core.SetResult(true);

    /// <summary>Ends it: what it has open is closed as by an error.</summary>
    public void Stop() => _core.SetException(new OperationCanceledException());

    public void GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags & ~ValueTaskSourceOnCompletedFlags.UseSchedulingContext);
}

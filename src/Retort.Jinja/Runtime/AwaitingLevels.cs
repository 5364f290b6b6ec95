using System.Runtime.ExceptionServices;

namespace Retort.Jinja.Runtime;

/// <summary>
/// The levels of one asynchronous render that wait for each other: blocks, includes, macros, recursive loops, stretches of deep expressions. It follows the flow of control, as a
/// macro of a shared module runs in many renders at a time.
/// </summary>
internal sealed class AwaitingLevels(int outside)
{
    // Python's limit of frames.
    private const int Most = 1000;

    private static readonly AsyncLocal<AwaitingLevels?> Running = new();

    private readonly int _outside = outside;
    private int _open = outside;
    private ExceptionDispatchInfo? _origin;

    /// <summary>Those of the render that runs.</summary>
    public static AwaitingLevels Current => Running.Value ??= new AwaitingLevels(0);

    /// <summary>Counts for a render that begins, until the asynchronous method that calls this ends. One inside another begins at that one's level.</summary>
    public static void Begin() => Running.Value = new AwaitingLevels(Running.Value?._open ?? 0);

    /// <summary>Enters a level. Throws Python's RecursionError where there are too many.</summary>
    public void Enter()
    {
        Depth.EnsureStack();
        if (Interlocked.Increment(ref _open) <= Most)
            return;
        Leave();
        throw Depth.Exceeded(null);
    }

    public void Leave() => Interlocked.Decrement(ref _open);

    /// <summary>
    /// Leaves a level because of an error, which is to be thrown anew: what is thrown again at each level has a longer trace each time, and copying these took minutes. The
    /// outermost level gives back the trace it had.
    /// </summary>
    public Exception LeaveBy(Exception error)
    {
        var origin = _origin;
        if (origin?.SourceException != error)
            _origin = origin = ExceptionDispatchInfo.Capture(error);
        if (Interlocked.Decrement(ref _open) <= _outside)
            origin.Throw();
        return error;
    }
}

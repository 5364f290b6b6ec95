using System.Diagnostics;

namespace Retort.Toolbar;

/// <summary>The moments between a request's phases, in order.</summary>
internal enum Moment
{
    /// <summary>The functions before the request begin.</summary>
    Before,

    /// <summary>The view begins.</summary>
    View,

    /// <summary>The functions after the request begin.</summary>
    After,

    /// <summary>The response is made.</summary>
    End,
}

/// <summary>Measures the phases of a request, and what the process spends meanwhile.</summary>
internal sealed class PhaseTimer
{
    private readonly long[] _moments = new long[4];
    private readonly Environment.ProcessCpuUsage _cpu = Environment.CpuUsage;
    private readonly long _allocated = GC.GetTotalAllocatedBytes();
    private readonly int _collections = GC.CollectionCount(0);

    public PhaseTimer() => Mark(Moment.Before);

    /// <summary>When the request began, for what is told as an offset from it.</summary>
    public long Start => _moments[0];

    /// <summary>What passed since the request began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(Start, _moments[(int)Moment.End] is > 0 and var end ? end : Stopwatch.GetTimestamp());

    public void Mark(Moment moment) => _moments[(int)moment] = Stopwatch.GetTimestamp();

    /// <summary>A phase, as the offset it began at and its length; null where it did not come to it: a view that a function before it answered for.</summary>
    public (TimeSpan Offset, TimeSpan Length)? PhaseFrom(Moment moment)
    {
        var from = _moments[(int)moment];
        if (from == 0)
            return null;
        var next = _moments.Skip((int)moment + 1).FirstOrDefault(mark => mark > 0);
        return (Stopwatch.GetElapsedTime(Start, from), Stopwatch.GetElapsedTime(from, next > 0 ? next : Stopwatch.GetTimestamp()));
    }

    /// <summary>What the whole process has spent since the request began.</summary>
    public ProcessCost Cost()
    {
        var cpu = Environment.CpuUsage;
        return new ProcessCost(cpu.UserTime - _cpu.UserTime, cpu.PrivilegedTime - _cpu.PrivilegedTime, GC.GetTotalAllocatedBytes() - _allocated, GC.CollectionCount(0) - _collections);
    }
}

/// <summary>Processor time, memory and garbage collections of the process, which may serve other requests meanwhile.</summary>
internal sealed record ProcessCost(TimeSpan User, TimeSpan System, long AllocatedBytes, int Collections);

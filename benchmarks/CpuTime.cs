using System.Diagnostics;

namespace Retort.Benchmarks;

/// <summary>CPU time of the whole process for one call of an action.</summary>
internal static class CpuTime
{
    private const int Batch = 10;

    /// <summary>Microseconds a call, over so many seconds.</summary>
    public static double Measure(Action action, double seconds)
    {
        using var process = Process.GetCurrentProcess();
        var (start, count) = (process.TotalProcessorTime, 0);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            for (var i = 0; i < Batch; i++, count++)
                action();
        }
        process.Refresh();
        return (process.TotalProcessorTime - start).TotalMicroseconds / count;
    }

    /// <summary>Runs an action until it gets no faster: the runtime compiles hot code again in the background, which takes a second or two.</summary>
    public static void WarmUp(Action action)
    {
        var (best, unchanged) = (double.MaxValue, 0);
        for (var round = 0; round < 60 && unchanged < 10; round++)
        {
            var time = Measure(action, 0.1);
            unchanged = time < best * 0.97 ? 0 : unchanged + 1;
            best = Math.Min(best, time);
        }
    }
}

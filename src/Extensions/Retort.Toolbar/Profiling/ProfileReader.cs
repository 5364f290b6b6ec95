using System.Text.RegularExpressions;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Etlx;

namespace Retort.Toolbar.Profiling;

/// <summary>Reads the runtime's trace of a request.</summary>
internal static partial class ProfileReader
{
    private const string Sampler = "Microsoft-DotNETCore-SampleProfiler";
    private const int Deepest = 200;

    // What lies between the methods that someone wrote: how a thread is stopped for a sample, how an await goes on, how the framework calls a view, and the marks of this profiler.
    private static readonly string[] Machinery =
    [
        "System.Threading.Thread.<PollGC>", "System.Runtime.CompilerServices.Async", "System.Runtime.CompilerServices.TaskAwaiter", "System.Threading.ExecutionContext.", "System.Threading.Tasks.AwaitTaskContinuation",
        "System.Threading.Tasks.Task.RunContinuations", "System.Threading.Tasks.Task.TrySetResult", "System.Threading.Tasks.Task.ExecuteWithThreadLocal", "System.Threading.ThreadPoolWorkQueue",
        "System.Threading.PortableThreadPool", "System.Threading.Thread.StartCallback", "Retort.Views.", "Retort.Route.", "Retort.Toolbar.Profiling.", "Retort.Toolbar.ToolbarOfApp", "System.Diagnostics.Tracing.",
    ];

    public static Profile Read(string traceFile)
    {
        using var log = new TraceLog(TraceLog.CreateFromEventPipeDataFile(traceFile, traceFile + ".etlx"));
        var inside = new HashSet<int>();
        var counts = new Dictionary<string, (IReadOnlyList<string> Methods, int Count)>(StringComparer.Ordinal);
        var (samples, first, last) = (0, double.NaN, 0.0);
        foreach (var happened in log.Events)
        {
            if (happened.ProviderName == ProfileEvents.SourceName)
            {
                _ = (int)happened.ID == ProfileEvents.EnterId ? inside.Add(happened.ThreadID) : inside.Remove(happened.ThreadID);
                first = double.IsNaN(first) ? happened.TimeStampRelativeMSec : first;
                last = happened.TimeStampRelativeMSec;
            }
            else if (happened.ProviderName == Sampler && inside.Contains(happened.ThreadID) && StackOf(happened) is { Count: > 0 } stack)
            {
                samples++;
                var key = string.Join('\n', stack);
                counts[key] = (stack, counts.GetValueOrDefault(key).Count + 1);
            }
        }
        return new Profile([.. counts.Values.Select(each => new SampledStack(each.Methods, each.Count)).OrderByDescending(stack => stack.Count)], samples,
            TimeSpan.FromMilliseconds(double.IsNaN(first) ? 0 : last - first));
    }

    private static List<string> StackOf(TraceEvent sample)
    {
        var methods = new List<string>();
        for (var frame = sample.CallStack(); frame is not null && methods.Count < Deepest; frame = frame.Caller)
        {
            var method = frame.CodeAddress.FullMethodName;
            // From here downwards it is the server and the framework, the same for all.
            if (method.StartsWith("Retort.Dispatcher", StringComparison.Ordinal))
                break;
            if (method.Length > 0 && !Array.Exists(Machinery, part => method.StartsWith(part, StringComparison.Ordinal)))
                methods.Add(Written(method));
        }
        return methods;
    }

    /// <summary>A method as it stands in the source: <c>Notes.Index</c> for <c>Notes+&lt;Index&gt;d__3.MoveNext()</c>.</summary>
    internal static string Written(string method)
    {
        var open = method.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? method : method[..open]).Replace("<Main>$", "Main", StringComparison.Ordinal);
        name = Closure().Replace(name, "");
        name = StateMachine().Replace(name, ".${name}");
        name = LocalFunction().Replace(name, "${name}");
        return Lambda().Replace(name, "${name} (lambda)").Replace('+', '.');
    }

    [GeneratedRegex(@"\+<>c(?:__DisplayClass[\d_]+)?(?:`\d+(?:\[[^\]]*\])?)?(?=[.+])")]
    private static partial Regex Closure();

    [GeneratedRegex(@"\+<(?<name>.+)>d(?:__\d+)?(?:`\d+(?:\[[^\]]*\])?)?\.MoveNext$")]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"<.*>g__(?<name>[^|]+)\|[\d_]+")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"<(?<name>[^<>]*)>b__[\d_]+")]
    private static partial Regex Lambda();
}

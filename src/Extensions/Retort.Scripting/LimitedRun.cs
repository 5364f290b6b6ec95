using System.Runtime;
using System.Text;
using Retort.Development;
using Retort.Hosting;

namespace Retort.Scripting;

/// <summary>What running a submission came to.</summary>
internal sealed record RunResult(string Output, object? Value, string? Error);

/// <summary>Runs a submission on a thread of its own, listens to what it writes, and cuts it off when its time is over.</summary>
internal static class LimitedRun
{
    // After being told to stop; code that is outside of the runtime's reach, in a native call, is left behind then.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Runs it.</summary>
    /// <param name="run">The submission.</param>
    /// <param name="limit">How long it may take, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="enter">Is called on the thread first.</param>
    public static RunResult Of(Func<Task<object?>> run, TimeSpan limit, Action enter)
    {
        var written = new RunOutput();
        var output = TextWriter.Synchronized(written);
        object? value = null;
        string? error = null;
        var thread = new Thread(() => (value, error) = Run(run, limit, enter, output)) { IsBackground = true, Name = "Retort console" };
        thread.Start();
        var ended = limit == Timeout.InfiniteTimeSpan ? Join(thread) : thread.Join(limit + Grace);
        return new RunResult(Text(written, output), ended ? value : null, ended ? error : TooLong(limit) + " It did not stop and still runs.");
    }

    private static string Text(RunOutput written, TextWriter output)
    {
        // A synchronised writer locks itself; a submission that was left behind may still write.
        lock (output)
            return written.ToString();
    }

    private static bool Join(Thread thread)
    {
        thread.Join();
        return true;
    }

    private static (object? Value, string? Error) Run(Func<Task<object?>> run, TimeSpan limit, Action enter, TextWriter output)
    {
        using var stop = new CancellationTokenSource(limit);
        try
        {
            enter();
            object? value = null;
            using (FlowConsole.Out.Into(output))
            using (FlowConsole.Error.Into(output))
                ControlledExecution.Run(() => value = run().GetAwaiter().GetResult(), stop.Token);
            return (value, null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return (null, TooLong(limit));
        }
        catch (Exception error)
        {
            return (null, Explain(error));
        }
    }

    private static string TooLong(TimeSpan limit) => $"Cut off after {limit.TotalSeconds:0.##} s.";

    /// <summary>The exception and where in the code it was thrown.</summary>
    private static string Explain(Exception error)
    {
        var text = new StringBuilder();
        for (var each = error; each is not null; each = each.InnerException)
            text.Append(text.Length == 0 ? "" : "\n  caused by ").Append(each.GetType().FullName).Append(": ").Append(each.Message);
        var frames = new System.Diagnostics.StackTrace(error, fNeedFileInfo: true).GetFrames();
        foreach (var frame in frames.TakeWhile(frame => frame.GetMethod()?.DeclaringType?.Assembly.GetName().Name?.StartsWith("retort-console-", StringComparison.Ordinal) is not true).Take(5))
        {
            if (frame.GetMethod() is { } method)
                text.Append("\n  in ").Append(MethodNames.Of(method)).Append(frame.GetFileLineNumber() is > 0 and var line ? $", line {line}" : "");
        }
        return text.ToString();
    }
}

using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Retort.Jinja;

namespace Retort.Development;

/// <summary>Makes the traceback of an exception: what the runtime recorded without its own machinery, with the templates' steps where they were taken.</summary>
/// <param name="templateSource">The text of a template by its name, or null.</param>
/// <param name="isApp">Whether an assembly is the app's own.</param>
internal sealed class TracebackReader(Func<string, string?> templateSource, Func<Assembly, bool> isApp)
{
    // A chain of causes that is deeper than this says nothing more, and one may lead back to itself.
    private const int DeepestCause = 8;

    /// <summary>The traceback, with those of the exceptions inside.</summary>
    public Traceback Read(Exception error) => Read(error, 0);

    private Traceback Read(Exception error, int depth)
    {
        IEnumerable<Exception> inner = error is AggregateException many ? many.InnerExceptions : error.InnerException is { } one ? [one] : [];
        var causes = depth < DeepestCause ? inner.Select(cause => Read(cause, depth + 1)).ToList() : [];
        return new Traceback(error, NameOf(error), Message(error), Frames(error), causes);
    }

    private static string NameOf(Exception error) =>
        error is TemplateError template ? template.PythonName : error.GetType().FullName?.Split('`')[0].Replace('+', '.') ?? error.GetType().Name;

    /// <summary>The message; of a template's error without the place, which the frames show.</summary>
    private static string Message(Exception error)
    {
        try
        {
            return error is TemplateError template ? template.Advice is { } advice ? $"{template.Reason.TrimEnd('.')}. {advice}" : template.Reason : error.Message;
        }
        catch (Exception broken)
        {
            return $"(its message could not be read: {broken.GetType().Name})";
        }
    }

    private List<TracebackFrame> Frames(Exception error)
    {
        var frames = new List<TracebackFrame>();
        var templates = TemplateSteps.Of(error, templateSource);
        var entered = false;
        foreach (var frame in new StackTrace(error, fNeedFileInfo: true).GetFrames().Reverse())
        {
            if (frame.GetMethod() is not { } method || IsMachinery(method))
                continue;
            // The templates ran inside of the engine, before what they called.
            if (!entered && method.DeclaringType?.Assembly == typeof(TemplateError).Assembly)
            {
                frames.AddRange(templates);
                entered = true;
            }
            frames.Add(Read(frame, method));
        }
        if (!entered)
            frames.AddRange(templates);
        return frames;
    }

    private TracebackFrame Read(StackFrame frame, MethodBase method)
    {
        var file = frame.GetFileName();
        var line = frame.GetFileLineNumber();
        var written = MethodNames.Written(method);
        var assembly = written.DeclaringType?.Assembly;
        var isOwn = (file is not null || assembly == Assembly.GetEntryAssembly()) && (assembly is null || isApp(assembly));
        return new TracebackFrame(isOwn ? FrameKind.App : FrameKind.Library, MethodNames.Of(method), file, line)
        {
            Method = written,
            Source = isOwn ? SourceReader.OfFile(file, line) : null,
        };
    }

    /// <summary>What the compiler and the runtime put between two functions that await each other.</summary>
    private static bool IsMachinery(MethodBase method)
    {
        var type = method.DeclaringType;
        return method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)
            || (type is not null && (type.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)
                || type.Namespace is "System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices" or "System.Threading.Tasks.Sources"
                || (type.Namespace == "System.Threading.Tasks" && type.Name is "Task" or "Task`1" or "ValueTask" or "ValueTask`1")))
            || (typeof(IAsyncStateMachine).IsAssignableFrom(type) && method.Name == nameof(IAsyncStateMachine.SetStateMachine));
    }
}

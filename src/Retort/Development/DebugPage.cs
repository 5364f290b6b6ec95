using System.Globalization;
using System.Runtime.InteropServices;

namespace Retort.Development;

/// <summary>The page that shows an error, with a console in each frame.</summary>
internal sealed class DebugPage(Traceback traceback, FailedRequest request)
{
    /// <summary>The page.</summary>
    /// <param name="secret">Names the page when it calls the debugger.</param>
    /// <param name="console">Whether there is a compiler for the consoles.</param>
    /// <param name="nonce">Names the page's own script and style.</param>
    public string Write(string secret, bool console, string nonce) => DebugShell.Page("debug.html", new
    {
        title = $"{traceback.Title} // Retort Debugger",
        nonce,
        secret,
        console,
        advice = Consoles.Advice,
        method = request.Method,
        url = request.Url,
        name = traceback.Name,
        message = traceback.Message,
        tracebacks = traceback.InOrder.Select(each => new { each.Name, each.Message, Runs = RunsOf(each) }).ToList(),
        cause = TracebackText.Cause,
        plain = TracebackText.Of(traceback),
        tables = Filled(request.Tables),
        runtime = RuntimeInformation.FrameworkDescription,
    });

    /// <summary>Steps through libraries that follow each other are folded together.</summary>
    private List<List<object>> RunsOf(Traceback each)
    {
        var open = ReferenceEquals(each, traceback) ? each.Frames.LastOrDefault(frame => frame.Kind != FrameKind.Library && frame.Source is not null) : null;
        var runs = new List<List<object>>();
        var last = FrameKind.App;
        foreach (var frame in each.Frames)
        {
            if (frame.Kind != FrameKind.Library || last != FrameKind.Library)
                runs.Add([]);
            runs[^1].Add(Shown(each, frame, isOpen: frame == open));
            last = frame.Kind;
        }
        return runs;
    }

    private object Shown(Traceback each, TracebackFrame frame, bool isOpen) => new
    {
        Kind = frame.Kind switch { FrameKind.App => "app", FrameKind.Template => "template", _ => "library" },
        frame.Id,
        frame.Name,
        frame.Note,
        frame.File,
        Place = Place(frame),
        Quick = frame.Source?.Text.Trim(),
        Source = frame.Source?.Shown.ToList(),
        Tables = Filled(request.ValuesOf(each, frame)),
        IsOpen = isOpen,
    };

    private string Place(TracebackFrame frame)
    {
        var line = frame.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"line {frame.Line}") : "";
        return frame.Kind == FrameKind.Template || frame.File is null ? line : line.Length == 0 ? request.Short(frame.File) : $"{request.Short(frame.File)}, {line}";
    }

    private static List<ValueTable> Filled(IEnumerable<ValueTable> tables) => [.. tables.Where(table => table.Rows.Count > 0)];
}

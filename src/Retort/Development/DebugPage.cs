using System.Globalization;

namespace Retort.Development;

/// <summary>The page that shows an error, with a console in each frame.</summary>
/// <param name="traceback">The error.</param>
/// <param name="request">The request.</param>
/// <param name="secret">Names the page when it calls the debugger.</param>
/// <param name="console">Whether there is a compiler for the consoles.</param>
/// <param name="nonce">Names the page's own script and style.</param>
internal sealed class DebugPage(Traceback traceback, FailedRequest request, string secret, bool console, string nonce)
{
    private readonly HtmlWriter _html = DebugShell.Begin($"{traceback.Title} // Retort Debugger", nonce);

    /// <summary>The page.</summary>
    public string Write()
    {
        _html.Add($"<body data-secret=\"{secret}\" data-console=\"{(console ? "yes" : "no")}\">\n");
        WriteHead();
        _html.Add($"<div class=columns>\n<main id=traceback aria-label=\"Traceback\">\n");
        WriteTracebacks();
        WritePlainText();
        _html.Add($"</main>\n<aside aria-label=\"Values\">\n");
        foreach (var table in request.Tables.Where(table => table.Rows.Count > 0))
            WriteTable(table, isOpen: table == request.Tables[0]);
        _html.Add($"</aside>\n</div>\n");
        WriteFoot();
        _html.Add($"<script nonce=\"{nonce}\">\n");
        _html.AddOwn(Asset.Script);
        _html.Add($"</script>\n</body>\n</html>\n");
        return _html.ToString();
    }

    private void WriteHead()
    {
        var message = traceback.Message;
        _html.Add($"""
            <header>
            <p class=request><b>{request.Method}</b> <span>{request.Url}</span></p>
            <h1><span class=type>{traceback.Name}</span></h1>
            <p class=message>{message}</p>
            <nav><button type=button id=copy>Copy traceback</button> <a href="#plain">Plain text</a></nav>

            """);
        if (!console)
            _html.Add($"<p class=advice>{Consoles.Advice}</p>\n");
        _html.Add($"</header>\n");
    }

    private void WriteTracebacks()
    {
        var all = traceback.InOrder.ToList();
        foreach (var each in all)
        {
            if (all.Count > 1)
                _html.Add($"<h2><span class=type>{each.Name}</span>: {each.Message}</h2>\n");
            WriteFrames(each, isMain: ReferenceEquals(each, traceback));
            if (!ReferenceEquals(each, traceback))
                _html.Add($"<p class=cause>{TracebackText.Cause}</p>\n");
        }
    }

    private void WriteFrames(Traceback each, bool isMain)
    {
        _html.Add($"<p class=order>Traceback <small>(most recent call last)</small></p>\n<div class=frames>\n");
        var open = each.Frames.LastOrDefault(frame => frame.Kind != FrameKind.Library && frame.Source is not null);
        for (var i = 0; i < each.Frames.Count;)
        {
            var run = each.Frames.Skip(i).TakeWhile(frame => frame.Kind == FrameKind.Library).Count();
            if (run == 0)
            {
                WriteFrame(each, each.Frames[i], isOpen: isMain && each.Frames[i] == open);
                i++;
                continue;
            }
            _html.Add($"<details class=fold>\n<summary>{run} library {(run == 1 ? "frame" : "frames")}</summary>\n");
            foreach (var frame in each.Frames.Skip(i).Take(run))
                WriteFrame(each, frame, isOpen: false);
            _html.Add($"</details>\n");
            i += run;
        }
        _html.Add($"</div>\n");
    }

    private void WriteFrame(Traceback each, TracebackFrame frame, bool isOpen)
    {
        var kind = frame.Kind switch { FrameKind.App => "app", FrameKind.Template => "template", _ => "library" };
        _html.Add($"<details class=\"frame {kind}\" data-frame=\"{frame.Id}\"");
        _html.Add($"{(isOpen ? " open" : "")}");
        _html.Add($"><summary><code class=name>{frame.Name}</code>");
        if (frame.Note is { } note)
            _html.Add($" <span class=note>{note}</span>");
        if (Place(frame) is { Length: > 0 } place)
            _html.Add($" <span class=place title=\"{frame.File}\">{place}</span>");
        if (frame.Source is { } quick)
            _html.Add($"<code class=quick>{quick.Text.Trim()}</code>");
        _html.Add($"</summary>\n");
        if (frame.Source is { } source)
            WriteSource(_html, source);
        foreach (var table in request.ValuesOf(each, frame).Where(table => table.Rows.Count > 0))
            WriteTable(table, isOpen: true);
        _html.Add($"</details>\n");
    }

    private string Place(TracebackFrame frame)
    {
        var line = frame.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"line {frame.Line}") : "";
        return frame.Kind == FrameKind.Template || frame.File is null ? line : line.Length == 0 ? request.Short(frame.File) : $"{request.Short(frame.File)}, {line}";
    }

    /// <summary>Writes the lines around a place, with a caret below it when its column is known.</summary>
    internal static void WriteSource(HtmlWriter html, SourceExcerpt source)
    {
        var indent = source.Lines.Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Length - line.AsSpan().TrimStart().Length).DefaultIfEmpty(0).Min();
        html.Add($"<pre class=source tabindex=0>");
        for (var i = 0; i < source.Lines.Count; i++)
        {
            var number = source.FirstLine + i;
            var text = source.Lines[i];
            text = text.Length > indent ? text[indent..] : "";
            if (number != source.Line)
            {
                html.Add($"<span class=line><i>{number}</i>{text}\n</span>");
                continue;
            }
            html.Add($"<span class=\"line failed\" aria-current=step><i>{number}</i>{text}\n</span>");
            if (TracebackText.Caret(source) is { } caret)
                html.Add($"<span class=\"line caret\"><i></i>{caret[indent..]}\n</span>");
        }
        html.Add($"</pre>\n");
    }

    private void WriteTable(ValueTable table, bool isOpen)
    {
        _html.Add($"<details class=values");
        _html.Add($"{(isOpen ? " open" : "")}");
        _html.Add($"><summary>{table.Title} <small>{table.Rows.Count}</small></summary>\n<table><tbody>\n");
        foreach (var (name, text) in table.Shown)
            _html.Add($"<tr><th scope=row>{name}</th><td><code>{text}</code></td></tr>\n");
        _html.Add($"</tbody></table>\n</details>\n");
    }

    private void WritePlainText() =>
        _html.Add($"<details id=plain><summary>Traceback as plain text</summary>\n<pre class=plain tabindex=0>{TracebackText.Of(traceback)}</pre>\n</details>\n");

    private void WriteFoot()
    {
        var runtime = System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription;
        _html.Add($"""
            <footer>
            <p>Retort's debugger is shown because the app runs in debug mode. Never use it on a public address.</p>
            <p><small>{runtime}</small></p>
            </footer>
            <template id=console-form><form class=console autocomplete=off>
            <output class=log role=log aria-label="Console" tabindex=0 hidden></output>
            <label><span aria-hidden=true>&gt;</span><textarea rows=1 spellcheck=false autocapitalize=off autocomplete=off aria-label="C# to evaluate" placeholder="C#, Shift+Enter: new line"></textarea><button type=submit>Run</button></label>
            </form></template>
            <dialog id=pin aria-labelledby=pin-title><form method=dialog>
            <h2 id=pin-title>Unlock the console</h2>
            <p>The console runs C# on this machine. Enter the debugger PIN that was printed in the terminal where the app runs.</p>
            <label>PIN <input name=pin inputmode=numeric autocomplete=off required></label>
            <p class=problem role=alert></p>
            <p class=buttons><button type=button value=cancel>Cancel</button><button type=submit>Unlock</button></p>
            </form></dialog>

            """);
    }
}

namespace Retort.Development;

/// <summary>An error that was shown and can be asked about: its frames and the consoles that were opened in them.</summary>
internal sealed class ErrorPage(Traceback traceback, FailedRequest request) : IDisposable
{
    private readonly Dictionary<string, (Traceback Of, TracebackFrame Frame)> _frames =
        traceback.InOrder.SelectMany(each => each.Frames.Select(frame => (Of: each, Frame: frame))).ToDictionary(pair => pair.Frame.Id, StringComparer.Ordinal);

    private readonly Dictionary<string, EvaluationConsole> _consoles = new(StringComparer.Ordinal);

    /// <summary>What the page proves itself with.</summary>
    public string Secret { get; } = Development.Secrets.Token();

    /// <summary>The request that failed.</summary>
    public FailedRequest Request => request;

    /// <summary>The frame of that name, or null.</summary>
    public TracebackFrame? FrameOf(string id) => _frames.TryGetValue(id, out var found) ? found.Frame : null;

    /// <summary>The console of a frame, which keeps what was declared in it.</summary>
    public EvaluationConsole ConsoleOf(TracebackFrame frame, Consoles consoles)
    {
        lock (_consoles)
        {
            if (!_consoles.TryGetValue(frame.Id, out var console))
                _consoles[frame.Id] = console = consoles.Open(VariablesOf(frame), request.Usings);
            return console;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_consoles)
        {
            foreach (var console in _consoles.Values)
                console.Dispose();
            _consoles.Clear();
        }
    }

    /// <summary>The frame's own values; of those that every frame has the ones whose names are not taken.</summary>
    private List<ConsoleVariable> VariablesOf(TracebackFrame frame)
    {
        var of = _frames[frame.Id].Of;
        return
        [
            .. request.ValuesOf(of, frame).SelectMany(table => table.Rows)
                .Concat(request.Variables)
                .Append(new ConsoleVariable("error", of.Error))
                .DistinctBy(variable => variable.Name, StringComparer.Ordinal),
        ];
    }
}

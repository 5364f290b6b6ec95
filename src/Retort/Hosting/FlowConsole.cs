using System.Text;

namespace Retort.Hosting;

/// <summary>
/// A console stream that each flow of execution may have elsewhere. The console belongs to the process; what others write meanwhile is none of a test's command or of a debugger's evaluation.
/// </summary>
internal sealed class FlowConsole : TextWriter
{
    /// <summary>The standard output.</summary>
    public static FlowConsole Out { get; } = new(() => Console.Out, Console.SetOut);

    /// <summary>The standard error.</summary>
    public static FlowConsole Error { get; } = new(() => Console.Error, Console.SetError);

    private readonly AsyncLocal<TextWriter?> _target = new();
    private readonly Func<TextWriter> _current;
    private readonly Action<TextWriter> _replace;
    private TextWriter _original = Null;
    private readonly TextWriter _synchronized;

    private FlowConsole(Func<TextWriter> current, Action<TextWriter> replace)
    {
        _current = current;
        _replace = replace;
        // The console wraps what it is given, but not this: there must be one wrapper, or this could come to write to itself.
        _synchronized = Synchronized(this);
    }

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    private TextWriter Target => _target.Value ?? _original;

    /// <summary>Sends what the calling flow, and those it starts, write to a writer until the result is disposed.</summary>
    public IDisposable Into(TextWriter writer)
    {
        lock (_target)
        {
            // Someone may have put another stream in our place meanwhile, which is then the original.
            if (!ReferenceEquals(_current(), _synchronized))
            {
                _original = _current();
                _replace(_synchronized);
            }
        }
        var before = _target.Value;
        _target.Value = Synchronized(writer);
        return new End(this, before);
    }

    /// <inheritdoc/>
    public override void Write(char value) => Target.Write(value);

    /// <inheritdoc/>
    public override void Write(string? value) => Target.Write(value);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Target.WriteLine(value);

    /// <inheritdoc/>
    public override void Flush() => Target.Flush();

    private sealed class End(FlowConsole console, TextWriter? before) : IDisposable
    {
        public void Dispose() => console._target.Value = before;
    }
}

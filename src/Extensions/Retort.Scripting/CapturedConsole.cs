using System.Text;

namespace Retort.Scripting;

/// <summary>
/// Takes what a flow of execution writes to the console. The console belongs to the process, so what others write meanwhile is passed on to where it went before.
/// </summary>
internal sealed class CapturedConsole : TextWriter
{
    private static readonly AsyncLocal<TextWriter?> Target = new();
    private static readonly Lock Gate = new();
    private static CapturedConsole? _output;
    private static CapturedConsole? _error;
    private static int _users;

    private readonly TextWriter _original;

    private CapturedConsole(TextWriter original) => _original = original;

    /// <inheritdoc/>
    public override Encoding Encoding => _original.Encoding;

    private TextWriter Current => Target.Value ?? _original;

    /// <summary>Takes what the calling flow writes until it is disposed.</summary>
    public static IDisposable Into(StringWriter writer)
    {
        lock (Gate)
        {
            if (_users++ == 0)
            {
                System.Console.SetOut(_output = new CapturedConsole(System.Console.Out));
                System.Console.SetError(_error = new CapturedConsole(System.Console.Error));
            }
        }
        Target.Value = Synchronized(writer);
        return new Release();
    }

    /// <summary>What was written so far, cut at a length.</summary>
    public static string Text(StringWriter writer, int longest)
    {
        // Writers are synchronised on themselves by Synchronized; a submission that was left behind may still write.
        lock (writer)
        {
            var text = writer.ToString();
            return text.Length > longest ? text[..longest] + "\n… (cut)" : text;
        }
    }

    /// <inheritdoc/>
    public override void Write(char value) => Current.Write(value);

    /// <inheritdoc/>
    public override void Write(string? value) => Current.Write(value);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Current.Write(buffer, index, count);

    /// <inheritdoc/>
    public override void Flush() => Current.Flush();

    private sealed class Release : IDisposable
    {
        public void Dispose()
        {
            Target.Value = null;
            lock (Gate)
            {
                if (--_users > 0)
                    return;
                System.Console.SetOut(_output!._original);
                System.Console.SetError(_error!._original);
            }
        }
    }
}

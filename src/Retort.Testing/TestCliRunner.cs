using Retort.Hosting;

namespace Retort.Testing;

/// <summary>What a command did.</summary>
/// <param name="ExitCode">0 when it succeeded.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
public sealed record CliResult(int ExitCode, string Output, string Error);

/// <summary>Runs an app's commands. What they write to the console is collected, also when other tests run meanwhile. Source: flask.testing.FlaskCliRunner.</summary>
public sealed class TestCliRunner
{
    private readonly App _app;

    internal TestCliRunner(App app) => _app = app;

    /// <summary>Runs a command as if these words had been typed after the program's name: <c>Invoke("init-db", "--seed", "x.sql")</c>.</summary>
    public CliResult Invoke(params string[] words)
    {
        // Neither is closed: what the command has started may go on to write when it has ended.
        var (written, complained) = (new StringWriter(), new StringWriter());
        var (output, errors) = (TextWriter.Synchronized(written), TextWriter.Synchronized(complained));
        int code;
        using (FlowConsole.Out.Into(output))
        using (FlowConsole.Error.Into(errors))
            code = _app.RunCommand(words, Console.Out, Console.Error);
        // A synchronised writer locks itself.
        lock (output)
        {
            lock (errors)
                return new CliResult(code, written.ToString(), complained.ToString());
        }
    }
}

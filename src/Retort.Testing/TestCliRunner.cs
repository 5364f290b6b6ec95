namespace Retort.Testing;

/// <summary>What a command did.</summary>
/// <param name="ExitCode">0 when it succeeded.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
public sealed record CliResult(int ExitCode, string Output, string Error);

/// <summary>Runs an app's commands. What they write to the console is collected. Source: flask.testing.FlaskCliRunner.</summary>
public sealed class TestCliRunner
{
    // The console belongs to the process, so only one command can be listened to at a time.
    private static readonly Lock Console = new();
    private readonly App _app;

    internal TestCliRunner(App app) => _app = app;

    /// <summary>Runs a command as if these words had been typed after the program's name: <c>Invoke("init-db", "--seed", "x.sql")</c>.</summary>
    public CliResult Invoke(params string[] words)
    {
        lock (Console)
        {
            var (output, error) = (System.Console.Out, System.Console.Error);
            using var written = new StringWriter();
            using var complained = new StringWriter();
            System.Console.SetOut(written);
            System.Console.SetError(complained);
            try
            {
                var code = _app.RunCommand(words, written, complained);
                return new CliResult(code, written.ToString(), complained.ToString());
            }
            finally
            {
                System.Console.SetOut(output);
                System.Console.SetError(error);
            }
        }
    }
}

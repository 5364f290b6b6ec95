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
        using var written = new StringWriter();
        using var complained = new StringWriter();
        int code;
        using (FlowConsole.Out.Into(written))
        using (FlowConsole.Error.Into(complained))
            code = _app.RunCommand(words, Console.Out, Console.Error);
        return new CliResult(code, written.ToString(), complained.ToString());
    }
}

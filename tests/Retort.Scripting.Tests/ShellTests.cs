using Retort.Testing;

// A shell reads the process's console, and what other tests log would get into what it writes.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Retort.Scripting.Tests;

/// <summary>The command <c>shell</c>, reading from a pipe.</summary>
public sealed class ShellTests
{
    [Fact]
    public void Each_piece_of_the_input_is_evaluated_in_the_apps_context()
    {
        var result = Shell("app.Name\nCurrentApp == app\nvar n = 1;\nif (n == 1)\n{\n    Console.WriteLine(\"one\");\n}\nUrlFor(\"index\", external: false)\nanswer\n");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("\"shelled\"\ntrue\none\n\"/\"\n42\n", result.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_first_error_ends_it()
    {
        var result = Shell("1\nnone\n2\n");
        Assert.Equal((1, "1\n"), (result.ExitCode, result.Output.ReplaceLineEndings("\n")));
        Assert.StartsWith("(1,1): CS0103", result.Error, StringComparison.Ordinal);
    }

    private static CliResult Shell(string input)
    {
        var app = new App("shelled", rootPath: Path.GetTempPath()) { StaticFolder = null };
        app.Config["SERVER_NAME"] = "localhost";
        app.Get("/", () => "", endpoint: "index");
        app.ShellContextProcessor(() => new { answer = 42 });
        var before = System.Console.In;
        System.Console.SetIn(new StringReader(input));
        try
        {
            return app.TestCliRunner().Invoke("shell");
        }
        finally
        {
            System.Console.SetIn(before);
        }
    }
}

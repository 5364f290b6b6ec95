using Retort.Development;
using Retort.Hosting;

namespace Retort;

/// <summary>
/// The command <c>shell</c>: C# with the app, its context and what the app's shell context processors add. Reads from a pipe as well, and then ends with 1 at the
/// first error. Source: flask.cli.shell_command.
/// </summary>
internal static class AppShell
{
    private const string Prompt = ">>> ";
    private const string MorePrompt = "... ";

    /// <summary>Reads and evaluates until the input ends.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="HostError">The package with the compiler is not there.</exception>
    public static int Run(App app, TextReader input, TextWriter output)
    {
        if (Consoles.Find() is not { } consoles)
            throw new HostError($"cannot open a shell: the C# compiler is not there. {Consoles.Advice}");
        var context = Context.Require("shell");
        using var console = consoles.Open(Variables(app, context), ["Retort", "static Retort.Globals"]);
        var isTyped = !Console.IsInputRedirected && ReferenceEquals(input, Console.In);
        if (isTyped)
            Greet(app, output);
        while (Read(console, input, isTyped ? output : null) is { } code)
        {
            if (isTyped && code.Trim() is "exit" or "exit()" or "quit" or "quit()")
                break;
            var evaluation = console.Evaluate(code, Timeout.InfiniteTimeSpan, context.Push);
            output.Write(evaluation.Output);
            if (evaluation.Value is { } value)
                output.WriteLine(value);
            if (evaluation.Error is not { } error)
                continue;
            (isTyped ? output : Console.Error).WriteLine(error);
            if (!isTyped)
                return 1;
        }
        return 0;
    }

    private static List<ConsoleVariable> Variables(App app, Context context)
    {
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["app"] = app, ["context"] = context };
        foreach (var processor in app.ShellContextProcessors)
        {
            foreach (var (name, value) in ObjectValues.Of(processor()))
                variables[name] = value;
        }
        return [.. variables.Select(pair => new ConsoleVariable(pair.Key, pair.Value))];
    }

    private static void Greet(App app, TextWriter output)
    {
        output.WriteLine($"C# on {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
        output.WriteLine($"App: {app.Name}");
        output.WriteLine($"Instance: {app.InstancePath}");
        output.WriteLine("'exit' or the end of the input ends the shell.");
    }

    /// <summary>One whole piece of code, which may take several lines; null at the end of the input. An empty line ends what is never whole.</summary>
    private static string? Read(EvaluationConsole console, TextReader input, TextWriter? prompt)
    {
        var code = "";
        while (true)
        {
            prompt?.Write(code.Length == 0 ? Prompt : MorePrompt);
            prompt?.Flush();
            if (input.ReadLine() is not { } line)
                return code.Length == 0 ? null : code;
            code = code.Length == 0 ? line : code + "\n" + line;
            if (code.Trim().Length == 0)
                code = "";
            else if (console.IsComplete(code) || (prompt is not null && line.Length == 0))
                return code;
        }
    }
}

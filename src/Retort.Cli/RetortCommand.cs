using System.CommandLine;
using Retort.Configuration;
using Spectre.Console;

namespace Retort.Cli;

/// <summary>The command <c>retort</c>: what it does itself, and the door to the commands of an app, which it starts with <c>dotnet run</c>.</summary>
internal static class RetortCommand
{
    // What every app has; an app's own commands are passed on as well, but only the app knows them.
    private static readonly (string Name, string Help)[] OfEveryApp =
    [
        ("routes", "Show the app's routes."),
        ("shell", "Run C# in the app's context."),
        ("check", "Compile all templates of the app and report every mistake."),
        ("config", "Show the app's configuration."),
    ];

    private static int Main(string[] words) => Run(words, Console.Out, Console.Error);

    /// <summary>Runs what was typed.</summary>
    /// <returns>The exit code: 0, that of the app, 1 for an error, 2 for words not understood.</returns>
    public static int Run(string[] words, TextWriter output, TextWriter error)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        var root = Make(console, output);
        try
        {
            return words is [var first, ..] && IsOfTheApp(first, root) ? Forward(words, root) : Invoke(root, Suggestion.Of(words), output, error);
        }
        catch (CliError wrong)
        {
            error.WriteLine($"Error: {wrong.Message}");
            return wrong.ExitCode;
        }
    }

    /// <summary>Whether a word is no command of this tool: then only the app can tell whether it has one of that name.</summary>
    private static bool IsOfTheApp(string word, RootCommand root) => !word.StartsWith('-') && !word.StartsWith('[') && root.Subcommands.All(command => command.Name != word);

    private static int Forward(string[] words, RootCommand root)
    {
        var near = Nearest.Suggest(words[0], root.Subcommands.Select(command => command.Name));
        try
        {
            return AppProcess.Run(AppTarget.Find(ref words), words);
        }
        catch (CliError) when (near.Length > 0)
        {
            throw new CliError($"no such command '{words[0]}'.{near} See 'retort --help'.", 2);
        }
    }

    private static int Invoke(RootCommand root, IReadOnlyList<string> words, TextWriter output, TextWriter error)
    {
        var parsed = root.Parse(words.Count == 0 ? ["--help"] : words);
        if (parsed.Errors.Count > 0)
        {
            error.WriteLine($"Error: {parsed.Errors[0].Message} See 'retort --help'.");
            return 2;
        }
        using var text = new StringWriter();
        var code = parsed.Invoke(new InvocationConfiguration { Output = text, Error = error, EnableDefaultExceptionHandler = false });
        // The help calls the command by the name of its assembly.
        output.Write(text.ToString().Replace(RootCommand.ExecutableName, "retort", StringComparison.Ordinal));
        return code;
    }

    /// <summary>The command with all it has of its own. Nothing of it is shared with another: what two threads showed at a time would be changed by both.</summary>
    internal static RootCommand Make(IAnsiConsole console, TextWriter output)
    {
        var root = new RootCommand("Start, run and check Retort apps. Any other command is the app's own: 'retort init-db' runs it in the app of this folder.");
        root.Subcommands.Add(new NewCommand(console));
        root.Subcommands.Add(new RunCommand());
        foreach (var (name, help) in OfEveryApp)
            root.Subcommands.Add(Forwarded(name, help));
        root.Subcommands.Add(new RenderCommand(output));
        root.Subcommands.Add(new CompletionCommand(output));
        return root;
    }

    /// <summary>A command that every app has: its words go to the app as they are.</summary>
    private static Command Forwarded(string name, string help)
    {
        var command = new Command(name, help + $" Its options are the app's: 'retort {name} -- --help'.") { TreatUnmatchedTokensAsErrors = false };
        var app = AppTarget.MakeOption();
        command.Options.Add(app);
        command.SetAction(parsed => AppProcess.Run(AppTarget.Of(parsed.GetValue(app)), [name, .. parsed.UnmatchedTokens.Where(token => token != "--")]));
        return command;
    }
}

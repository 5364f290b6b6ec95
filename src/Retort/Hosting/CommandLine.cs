using System.Globalization;
using Retort.Configuration;

namespace Retort.Hosting;

/// <summary>Reads the words typed after the program's name, finds the command they mean and runs it.</summary>
internal sealed class CommandLine(AppGroup commands, string program, TextWriter output, TextWriter error)
{
    /// <summary>Runs the command; without one, the command <c>run</c>. Returns the exit code: 0, what the command gave, 1 for an error, 2 for words not understood.</summary>
    public int Run(IReadOnlyList<string> words, Func<Func<int>, int> invoke)
    {
        try
        {
            var (envFile, rest) = EnvFileOption.Take(words);
            if (envFile is not null)
                DotEnv.Load(envFile, loadDefaults: false);
            return RunIn(commands, rest, program, invoke);
        }
        catch (UsageError wrong)
        {
            error.WriteLine($"Error: {wrong.Message}");
            return 2;
        }
        catch (Exception wrong) when (wrong is HostError or ConfigError)
        {
            error.WriteLine($"Error: {wrong.Message}");
            return 1;
        }
    }

    private int RunIn(AppGroup group, IReadOnlyList<string> words, string path, Func<Func<int>, int> invoke)
    {
        if (words is ["--help", ..])
            return PrintHelp(group, path);
        if (group == commands && words is ["--version"])
            return PrintVersions();
        var first = words is [var word, ..] ? word : null;
        // Options without a command belong to the command that is meant when none is named.
        var isDefault = group == commands && (first is null || first.StartsWith('-'));
        if (first is null && !isDefault)
            return PrintHelp(group, path);
        var name = isDefault ? "run" : first!;
        var rest = isDefault ? words : [.. words.Skip(1)];
        if (!group.Entries.TryGetValue(name, out var entry))
            throw new UsageError($"no such command '{name}'.{Nearest.Suggest(name, group.Entries.Keys)} See '{path} --help'.");
        return entry switch
        {
            CommandGroup inner => RunIn(inner.Commands, rest, $"{path} {name}", invoke),
            Command command when rest.Contains("--help") => PrintHelp(command, path),
            Command command => RunCommand(command, rest, Variables(path, name), invoke),
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>What the environment variables that give a command's options begin with: RETORT_RUN_ for <c>run</c>, RETORT_DB_UPGRADE_ for <c>db upgrade</c>.</summary>
    private string Variables(string path, string name) =>
        $"RETORT{path[program.Length..]} {name} ".Replace(' ', '_').Replace('-', '_').ToUpperInvariant();

    private static int RunCommand(Command command, IReadOnlyList<string> words, string variables, Func<Func<int>, int> invoke)
    {
        var arguments = new CommandArguments(command, words, variables).Parse();
        return command.NeedsContext ? invoke(() => command.Invoke(arguments)) : command.Invoke(arguments);
    }

    private int PrintVersions()
    {
        output.WriteLine($".NET {Environment.Version}");
        output.WriteLine($"Retort {typeof(CommandLine).Assembly.GetName().Version?.ToString(3)}");
        output.WriteLine($"ASP.NET Core {RuntimeVersion.Running}");
        return 0;
    }

    private int PrintHelp(AppGroup group, string path)
    {
        output.WriteLine($"Usage: {path} COMMAND [ARGUMENTS]...");
        output.WriteLine();
        if (group == commands)
        {
            output.WriteLine("Options:");
            PrintTable([(EnvFileOption.Form, EnvFileOption.Help), ("--version", "Show the versions of Retort and what it runs on."), ("--help", "Show this message and exit.")]);
            output.WriteLine();
        }
        output.WriteLine("Commands:");
        PrintTable([.. group.Entries.Values.Select(entry => (entry.Name, entry.Help))]);
        return 0;
    }

    private int PrintHelp(Command command, string path)
    {
        output.WriteLine($"Usage: {path} {command.Name} {string.Join(' ', command.Parameters.Where(p => !p.IsOption).Select(p => p.Shown).Prepend("[OPTIONS]"))}");
        if (command.Help.Length > 0)
            output.WriteLine($"\n  {command.Help}");
        output.WriteLine("\nOptions:");
        PrintTable([.. command.Parameters.Where(p => p.IsOption).Select(p => (OptionForm(command, p), OptionHelp(p))), ("--help", "Show this message and exit.")]);
        return 0;
    }

    private static string OptionForm(Command command, CommandParameter option)
    {
        var shorts = command.Aliases.Where(alias => alias.Value == option.Name).Select(alias => alias.Key + ", ");
        if (option.IsFlag)
            return $"{string.Concat(shorts)}--[no-]{option.Name}";
        return string.Concat(shorts) + option.Shown + (option.Type == typeof(int) ? " INTEGER" : " TEXT");
    }

    private static string OptionHelp(CommandParameter option) =>
        option.Default is null or "" or bool ? option.Help : string.Create(CultureInfo.InvariantCulture, $"{option.Help}  [default: {option.Default}]").Trim();

    private void PrintTable(IReadOnlyList<(string Left, string Right)> rows)
    {
        var width = rows.Max(row => row.Left.Length) + 2;
        foreach (var (left, right) in rows)
            output.WriteLine($"  {left.PadRight(width)}{right}".TrimEnd());
    }
}

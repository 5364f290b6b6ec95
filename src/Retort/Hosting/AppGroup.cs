namespace Retort.Hosting;

/// <summary>
/// A named group of commands: <c>app.Cli</c> is the outermost. A command is any delegate: parameters without a default are arguments,
/// parameters with one are options. Source: flask.cli.AppGroup.
/// </summary>
public sealed class AppGroup
{
    private readonly SortedDictionary<string, CommandEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Adds a command.</summary>
    /// <param name="name">What is typed, such as <c>init-db</c>.</param>
    /// <param name="run">
    /// What is run, inside an application context. <c>(string name, int times = 1, bool loud = false)</c> is called as <c>NAME --times 3 --loud</c>.
    /// It may return an exit code, nothing, or a task of either.
    /// </param>
    /// <param name="help">One sentence for <c>--help</c>.</param>
    /// <exception cref="ArgumentException">The name is taken or not a single word, or a parameter has a type that text cannot become.</exception>
    public void Command(string name, Delegate run, string help = "") => Add(name, new Command(name, run, help));

    /// <summary>Adds a group of commands, or returns the one of that name.</summary>
    public AppGroup Group(string name, string help = "")
    {
        if (_entries.TryGetValue(name, out var entry) && entry is CommandGroup existing)
            return existing.Commands;
        var group = new CommandGroup(name, help, new AppGroup());
        Add(name, group);
        return group.Commands;
    }

    internal IReadOnlyDictionary<string, CommandEntry> Entries => _entries;

    internal void Add(string name, CommandEntry entry)
    {
        if (name.Length == 0 || name.StartsWith('-') || name.Any(char.IsWhiteSpace))
            throw new ArgumentException($"cannot add the command '{name}': a command is one word that does not begin with '-'.", nameof(name));
        if (!_entries.TryAdd(name, entry))
            throw new ArgumentException($"cannot add the command '{name}': there is one of that name. Choose another name.", nameof(name));
    }
}

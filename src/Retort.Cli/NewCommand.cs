using System.CommandLine;
using Spectre.Console;

namespace Retort.Cli;

/// <summary><c>retort new</c>: the beginning of an app.</summary>
internal sealed class NewCommand : Command
{
    private readonly Argument<string> _name = new("NAME") { Description = "The app's name, and that of its folder: letters, digits and underscores." };

    private readonly Option<string> _template = new("--template", "-t")
    {
        Description = string.Join(" ", ProjectTemplate.All.Select(template => $"{template.Name}: {template.Help}")),
        DefaultValueFactory = _ => ProjectTemplate.All[0].Name,
        HelpName = string.Join('|', ProjectTemplate.All.Select(template => template.Name)),
    };

    /// <summary>The command.</summary>
    public NewCommand(IAnsiConsole console) : base("new", "Start an app in a folder of its own.")
    {
        Arguments.Add(_name);
        Options.Add(_template);
        SetAction(parsed => Write(parsed.GetValue(_name)!, parsed.GetValue(_template)!, console));
    }

    private static int Write(string name, string template, IAnsiConsole console)
    {
        var chosen = ProjectTemplate.All.FirstOrDefault(each => each.Name == template)
            ?? throw new CliError($"there is no template '{template}': give one of {string.Join(", ", ProjectTemplate.All.Select(each => each.Name))}.", 2);
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
            throw new CliError($"'{name}' is no name for an app: begin with a letter, and use letters, digits and underscores.", 2);
        var folder = Path.GetFullPath(name);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new CliError($"the folder '{name}' is there already and not empty. Choose another name, or remove it.");
        foreach (var file in chosen.WriteTo(folder, name))
            console.MarkupLineInterpolated($"[green]+[/] {Path.Combine(name, file)}");
        console.WriteLine();
        console.MarkupLineInterpolated($"Serve it:  [bold]cd {name} && retort run --debug[/]");
        console.MarkupLineInterpolated($"Test it:   [bold]cd {name} && {chosen.TestCommand}[/]");
        return 0;
    }
}

using System.CommandLine;
using Spectre.Console;

namespace Retort.Cli.Tests;

public sealed class RetortCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("retort-command").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Help_calls_the_command_by_its_name_and_lists_what_it_can()
    {
        var (code, output, _) = Run();
        Assert.Equal(0, code);
        Assert.Contains("retort [command] [options]", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Retort.Cli", output, StringComparison.Ordinal);
        Assert.All(["new", "run", "routes", "shell", "check", "config", "render", "completion"], name => Assert.Contains($"\n  {name} ", output, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_commands_share_no_option_and_no_argument()
    {
        // What is shared, both change: the accepted words of an argument are a plain list.
        var first = Symbols(RetortCommand.Make(AnsiConsole.Console, TextWriter.Null)).ToHashSet<Symbol>(ReferenceEqualityComparer.Instance);
        Assert.True(first.Count > 30);
        Assert.All(Symbols(RetortCommand.Make(AnsiConsole.Console, TextWriter.Null)), symbol => Assert.DoesNotContain(symbol, first));

        static IEnumerable<Symbol> Symbols(Command command) => [command, .. command.Options, .. command.Arguments, .. command.Subcommands.SelectMany(Symbols)];
    }

    [Theory]
    [InlineData("retort re", 9, "render")]
    [InlineData("retort run --po", 15, "--port")]
    public void A_shell_is_told_what_may_follow(string line, int position, string expected)
    {
        var (code, output, _) = Run($"[suggest:{position}]", line);
        Assert.Equal(0, code);
        Assert.Contains(expected, output.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void Each_shell_gets_its_completion(string shell) => Assert.Contains("[suggest:", Run("completion", shell).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("Error: no such command 'nwe'. Did you mean 'new'? See 'retort --help'.", 2, "nwe", "--app", "/nowhere")]
    [InlineData("Error: '/nowhere' of --app is not there. Name a file such as app.cs, a project, or a folder with one.", 1, "init-db", "--app", "/nowhere")]
    [InlineData("Error: the option --app needs a value: a file such as app.cs, a project, or a folder with one.", 2, "init-db", "--app")]
    [InlineData("Error: '2x' is no name for an app: begin with a letter, and use letters, digits and underscores.", 2, "new", "2x")]
    [InlineData("Error: '../x' is no name for an app: begin with a letter, and use letters, digits and underscores.", 2, "new", "../x")]
    [InlineData("Error: there is no template 'nothing': give one of app, site, blueprint, api.", 2, "new", "x", "-t", "nothing")]
    public void Words_that_mean_nothing_are_one_line_with_the_fix(string message, int code, params string[] words)
    {
        var result = Run(words);
        Assert.Equal((code, message), (result.Code, result.Error));
    }

    [Fact]
    public void The_app_is_the_one_in_the_folder()
    {
        Assert.Equal($"there is no app in '{_folder}'. Go to its folder, name it with --app PATH or RETORT_APP, or start one with 'retort new'.", Assert.Throws<CliError>(() => AppTarget.Of(_folder)).Message);
        File.WriteAllText(Path.Combine(_folder, "hello.cs"), "");
        Assert.Equal((Path.Combine(_folder, "hello.cs"), true), (AppTarget.Of(_folder).Path, AppTarget.Of(_folder).IsFile));
        File.WriteAllText(Path.Combine(_folder, "app.cs"), "");
        Assert.Equal(Path.Combine(_folder, "app.cs"), AppTarget.Of(_folder).Path);
        File.WriteAllText(Path.Combine(_folder, "blog.csproj"), "<Project/>");
        Assert.Equal((Path.Combine(_folder, "blog.csproj"), false), (AppTarget.Of(_folder).Path, AppTarget.Of(_folder).IsFile));
        File.WriteAllText(Path.Combine(_folder, "other.csproj"), "<Project/>");
        Assert.Contains("there is more than one project", Assert.Throws<CliError>(() => AppTarget.Of(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_app_is_not_written_over_what_is_there()
    {
        File.WriteAllText(Path.Combine(_folder, "precious.txt"), "");
        var before = Environment.CurrentDirectory;
        var template = ProjectTemplate.All[0];
        Assert.Equal(["app.cs", "app_test.cs", "templates/index.html"], template.WriteTo(Path.Combine(_folder, "blog"), "blog").ToList());
        Assert.Equal(before, Environment.CurrentDirectory);
        Assert.DoesNotContain("__", File.ReadAllText(Path.Combine(_folder, "blog", "app.cs")), StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Run(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = RetortCommand.Run(words, output, error);
        return (code, output.ToString(), error.ToString().TrimEnd('\n'));
    }
}

using Retort.Tests.Shared;

namespace Retort.Examples.Tests;

/// <summary>Each example runs and answers as the file beside it says.</summary>
[Collection("Examples")]
public sealed class ExampleTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "examples");

    public static TheoryData<string> Examples => [.. Directory.EnumerateDirectories(Folder).Where(HasSource).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_answers_as_expected(string example)
    {
        var expected = ExpectedFile.Read($"examples/{example}/expected.http");
        var temporary = Directory.CreateTempSubdirectory("retort-example-");
        try
        {
            var variables = new Variables { ["temp"] = temporary.FullName };
            foreach (var command in expected.Commands.SkipLast(1))
                Assert.True(variables.Match(command.Output, ExampleApp.Run(CommandLine.Parse(variables.Fill(command.Line)))), $"{command.Line} did not print what was expected:\n{command.Output}");
            await Play(expected, CommandLine.Parse(variables.Fill(expected.Commands[^1].Line)), variables);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static async Task Play(ExpectedFile expected, CommandLine command, Variables variables)
    {
        using var app = await ExampleApp.Serve(command);
        variables["base"] = app.Url;
        using var player = new Player(variables);
        var problems = new List<string>();
        foreach (var exchange in expected.Exchanges)
            problems.AddRange((await player.Play(exchange)).Select(problem => $"{expected.Path}:{exchange.Line}: {exchange.Title}: {problem}"));
        Assert.True(problems.Count == 0, $"{string.Join('\n', problems)}\nThe example printed:\n{app.Output}");
    }

    private static bool HasSource(string folder) => Directory.EnumerateFiles(folder, "*.cs").Any();
}

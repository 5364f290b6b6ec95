using Retort.Tests.Shared;

namespace Retort.Documentation.Tests;

/// <summary>Blocks that show a file of the repository, <c>html file (path)</c> or a piece of one, <c>csharp part (path)</c>, show what is in it: the file itself is compiled and run.</summary>
public sealed class ShownFileTests
{
    private const string Answers = "expected.http";

    [Fact]
    public void Shown_files_and_parts_are_those_of_the_repository() =>
        AssertNone(Page.All.SelectMany(page => page.Blocks).Where(block => block.File is not null).Select(Difference).OfType<string>());

    [Fact]
    public void The_tutorial_ends_with_the_example()
    {
        var shown = Page.All.Where(page => page.Path.StartsWith("docs/tutorial/", StringComparison.Ordinal)).SelectMany(page => page.Blocks)
            .Where(block => block.IsWholeFile).Select(block => block.File!).ToHashSet(StringComparer.Ordinal);
        var missing = SourcesIn("examples/flaskr").Concat(SourcesIn("tests/Flaskr.Tests")).Where(file => !shown.Contains(file)).ToList();
        AssertNone(missing.Select(file => $"docs/tutorial: no page shows {file} as a whole"));
    }

    [Theory]
    [InlineData("csharp file (examples/hello/app.cs)", "using Retort;", "page.md:10: is not what stands in examples/hello/app.cs")]
    [InlineData("csharp part (examples/hello/app.cs)", "var app = new Application();", "page.md:10: is no part of examples/hello/app.cs")]
    [InlineData("csharp part (examples/hello/none.cs)", "app.Run();", "page.md:10: there is no examples/hello/none.cs")]
    [InlineData("csharp part (examples/hello/app.cs)", "var app = new App();", null)]
    public void What_differs_is_reported_with_its_line(string info, string code, string? expected) =>
        Assert.Equal(expected, Difference(new CodeBlock("page.md", 10, info, code)));

    private static string? Difference(CodeBlock block)
    {
        var path = Path.Combine(Repository.Root, block.File!);
        if (!File.Exists(path))
            return $"{block}: there is no {block.File}";
        var text = File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n');
        if (block.IsWholeFile)
            return text == block.Code ? null : $"{block}: is not what stands in {block.File}";
        return text.Contains(block.Code, StringComparison.Ordinal) ? null : $"{block}: is no part of {block.File}";
    }

    private static IEnumerable<string> SourcesIn(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "instance") && Path.GetFileName(file) != Answers && !file.EndsWith(".csproj", StringComparison.Ordinal));

    private static void AssertNone(IEnumerable<string> problems)
    {
        var lines = problems.ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }
}

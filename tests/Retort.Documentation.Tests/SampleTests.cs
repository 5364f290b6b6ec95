namespace Retort.Documentation.Tests;

/// <summary>What the pages show compiles, as an app would compile it.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Blocks => [.. CSharpBlocks.Keys];

    private static Dictionary<string, CodeBlock> CSharpBlocks { get; } =
        Page.All.SelectMany(page => page.Blocks).Where(block => block.Language is "csharp" or "cs" or "c#" or "C#" && block.File is null).ToDictionary(block => block.ToString());

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Each_block_of_CSharp_compiles_without_a_warning(string block) => AssertNone(Sample.Problems(CSharpBlocks[block]));

    public static TheoryData<string> Programs => [.. Outputs.Keys];

    /// <summary>The output blocks, each under the program that it follows.</summary>
    private static Dictionary<string, (CodeBlock Program, CodeBlock Output)> Outputs { get; } = Page.All
        .SelectMany(page => page.Blocks.Zip(page.Blocks.Skip(1))).Where(pair => pair.First.Language == "csharp" && pair.Second.Info == "text output").ToDictionary(pair => pair.First.ToString());

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_prints_what_its_page_says(string block)
    {
        var (program, output) = Outputs[block];
        Assert.Equal(output.Code, Sample.Run(program).ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    [Fact]
    public void The_front_page_shows_a_program() =>
        Assert.Contains(CSharpBlocks.Values, block => block.Page == "README.md" && block.Code.Contains("app.Run();", StringComparison.Ordinal));

    [Fact]
    public void Blocks_say_csharp_or_csharp_fragment() =>
        AssertNone(CSharpBlocks.Values
            .Where(block => block.Info != "csharp" && block.Info != "csharp fragment" && block.SavedAs is null && !block.Info.StartsWith("csharp fragment (", StringComparison.Ordinal))
            .Select(block => $"{block}: '{block.Info}' is not csharp, csharp fragment, csharp fragment (parameters), csharp saved (path), csharp file (path) or csharp part (path)"));

    [Theory]
    [InlineData("csharp", "using Retort;\n\nvar app = new App();\napp.Gett(\"/\", () => \"\");", "page.md:14: CS1061")]
    [InlineData("csharp", "using Retort;\nvar app = new App();\nstring text = null;\napp.Get(text, () => text);", "page.md:13: CS8600")]
    [InlineData("csharp", "class A { int Missing() { } }", "page.md:11: CS0161")]
    [InlineData("csharp fragment (App app)", "app.Get(\"/\", () => missing);", "page.md:11: CS0103")]
    [InlineData("csharp fragment", "app.Run();", "page.md:11: CS0103")]
    // What docs/requests.md tells how to avoid.
    [InlineData("csharp", "using Retort.Http;\nusing static Retort.Globals;\nSystem.Console.WriteLine(Request.Method + nameof(FileStorage));", "page.md:13: CS0229: Ambiguity between 'Request' and 'Globals.Request'")]
    public void A_block_that_does_not_compile_is_reported_with_the_line_of_its_page(string info, string code, string expected) =>
        Assert.StartsWith(expected, Sample.Problems(new CodeBlock("page.md", 10, info, code))[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("csharp", "#:package Retort@0.1.0\n#:property PublishAot=false\nusing Retort;\nnew App().Run();")]
    [InlineData("csharp", "namespace Shop;\n\npublic sealed record Item(string Name);")]
    [InlineData("csharp fragment (App app)", "using System.Text;\n\napp.Get(\"/\", () => Encoding.UTF8.WebName);\nstring Title() => UrlFor(\"index\");\napp.Get(\"/title\", Title);")]
    public void Programs_types_and_fragments_compile(string info, string code) => AssertNone(Sample.Problems(new CodeBlock("page.md", 10, info, code)));

    private static void AssertNone(IEnumerable<string> problems)
    {
        var lines = problems.ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }
}

namespace Retort.Documentation.Tests;

/// <summary>
/// What pages show in a terminal is typed for real, block after block as a reader does, with the files that the page has them save. Blocks that cannot say why:
/// <c>sh shown (it needs Docker)</c>. <c>sh serves</c> starts an app, which is stopped when it serves.
/// </summary>
public sealed class ShellTests
{
    private const string Quickstart = "docs/quickstart.md";
    private const string Tutorial = "docs/tutorial/";
    private const string Example = "examples/flaskr/";
    private const string ExampleTests = "tests/Flaskr.Tests/";

    public static TheoryData<string> Pages =>
        [.. Page.All.Where(page => page.Blocks.Any(IsTyped) && page.Path != Quickstart && !page.Path.StartsWith(Tutorial, StringComparison.Ordinal)).Select(page => page.Path)];

    [Fact]
    public void Each_block_is_run_or_says_why_not()
    {
        var unclear = Page.All.SelectMany(page => page.Blocks).Where(block => block.IsShell && block.Info != block.Language && !block.Serves && block.WhyOnlyShown is null).ToList();
        Assert.True(unclear.Count == 0, string.Join('\n', unclear.Select(block => $"{block}: '{block.Info}' is not sh, sh serves or sh shown (why the tests do not run it)")));
    }

    [Fact]
    public void The_quickstart_can_be_followed()
    {
        using var terminal = new Terminal();
        Follow(terminal, Find(Quickstart).Blocks);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_reader_of_the_quickstart_can_type_what_the_page_shows(string page)
    {
        using var terminal = new Terminal();
        var app = Find(Quickstart).Blocks.Single(block => block.SavedAs is not null);
        terminal.Run("mkdir hello\ncd hello");
        terminal.Save(app.SavedAs!, app.Code);
        Follow(terminal, Find(page).Blocks);
    }

    [Fact]
    public void The_tutorial_can_be_followed_from_an_empty_folder_to_a_published_app()
    {
        using var terminal = new Terminal();
        var setup = Find(Tutorial + "setup.md");
        Follow(terminal, setup.Blocks);
        // How the pages between change files, a person has to read. They end with the files they show.
        var later = Find(Tutorial + "README.md").Links.Select(link => Tutorial + link.Target).Distinct().Select(path => Page.All.FirstOrDefault(page => page.Path == path)).OfType<Page>()
            .Where(page => page != setup).SelectMany(page => page.Blocks).ToList();
        Assert.NotEmpty(later);
        foreach (var block in later)
        {
            if (block.AddedTo is { } project)
                terminal.Add(project, block.Code);
            else if (block.IsWholeFile && block.File!.StartsWith(Example, StringComparison.Ordinal))
                terminal.Save(block.File[Example.Length..], block.Code);
        }
        Follow(terminal, later);
        Assert.True(File.Exists(Path.Combine(terminal.Folder, "instance", "flaskr.sqlite")), "the command init-db made no database");
        Assert.True(File.Exists(Path.Combine(terminal.Folder, "..", "site", "templates", "blog", "index.html")), "the templates were not published");
    }

    [Fact]
    public void A_command_that_fails_is_reported()
    {
        using var terminal = new Terminal();
        var error = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => terminal.Run("true\nfalse\ntrue"));
        Assert.Contains("ended with 1", error.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => terminal.Serve("echo started"));
    }

    [Fact]
    public void An_app_is_stopped_when_it_serves_wherever_it_says_so()
    {
        using var terminal = new Terminal();
        Assert.Equal("building\nat http://127.0.0.1:5000\nPress CTRL+C to quit", terminal.Serve("echo building; echo 'at http://127.0.0.1:49152' >&2; echo 'Press CTRL+C to quit' >&2; exec sleep 600"));
    }

    private static bool IsTyped(CodeBlock block) => block.IsShell && block.WhyOnlyShown is null;

    private static void Follow(Terminal terminal, IReadOnlyList<CodeBlock> blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            if (block.SavedAs is { } file)
                terminal.Save(file, block.Code);
            else if (block.IsWholeFile && block.File!.StartsWith(Example, StringComparison.Ordinal))
                terminal.Save(block.File[Example.Length..], block.Code);
            else if (block.IsWholeFile && block.File!.StartsWith(ExampleTests, StringComparison.Ordinal))
                terminal.Save($"../flaskr.Tests/{block.File[ExampleTests.Length..]}", block.Code);
            if (!IsTyped(block))
                continue;
            var printed = block.Serves ? terminal.Serve(block.Code) : terminal.Run(block.Code);
            if (i + 1 < blocks.Count && blocks[i + 1].Info == "text output")
                Assert.Equal($"{block}:\n{blocks[i + 1].Code}", $"{block}:\n{printed}");
        }
    }

    private static Page Find(string path) => Page.All.Single(page => page.Path == path);
}

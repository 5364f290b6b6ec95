using Retort.Tests.Shared;

namespace Retort.Documentation.Tests;

/// <summary>What the pages point at is there.</summary>
public sealed class LinkTests
{
    [Fact]
    public void Each_relative_link_leads_to_a_file_and_its_heading() => AssertNone(Page.All.SelectMany(BrokenIn));

    [Fact]
    public void Each_command_names_files_that_are_there() =>
        AssertNone(
            from page in Page.All
            from line in CommandLines.In(page)
            from file in CommandLines.FilesIn(line.Command)
            where !Path.Exists(Path.Combine(Repository.Root, file))
            select $"{page.Path}:{line.Line}: there is no {file} (in '{line.Command}')");

    [Fact]
    public void Pages_name_no_folder_of_anybodys_machine() =>
        AssertNone(
            from page in Page.All
            from line in File.ReadLines(Path.Combine(Repository.Root, page.Path)).Select((text, index) => (Text: text, Number: index + 1))
            where line.Text.Contains("/home/", StringComparison.Ordinal) || line.Text.Contains("/Users/", StringComparison.Ordinal) || line.Text.Contains(Repository.Root + "/", StringComparison.Ordinal)
            select $"{page.Path}:{line.Number}: {line.Text.Trim()}");

    [Fact]
    public void A_broken_link_is_found()
    {
        var page = Page.Of("docs/page.md",
            """
            # Über uns: `code` & more

            ## Same
            ## Same
            [here](#same-1) [there](../README.md) [top](#über-uns-code--more) [web](https://example.com/x) `[not a link](nowhere.md)`
            ```md
            [not a link](nowhere.md)
            ```
            [gone](gone.md) [gone too](#sameness)
            ![picture](picture.png "with a title")
            [reference]: ../gone.md
            """);
        Assert.Equal(
            [
                "docs/page.md:9: gone.md leads nowhere",
                "docs/page.md:9: #sameness leads nowhere: docs/page.md has no such heading",
                "docs/page.md:10: picture.png leads nowhere",
                "docs/page.md:11: ../gone.md leads nowhere",
            ],
            BrokenIn(page));
    }

    [Fact]
    public void Commands_are_found_in_blocks_and_in_prose()
    {
        var page = Page.Of("page.md",
            """
            Type `dotnet run examples/hello/app.cs -- run/it` or `./check NAME/PART`, not `a/b`.
            ```sh
            # starts examples/none
            dotnet run --project tests/Some.Tests -- -class A/B
            curl http://127.0.0.1:5000/
            ```
            """);
        Assert.Equal(["tests/Some.Tests", "examples/hello/app.cs", "./check"], CommandLines.In(page).SelectMany(line => CommandLines.FilesIn(line.Command)));
    }

    private static IEnumerable<string> BrokenIn(Page page)
    {
        foreach (var (line, target) in page.Links.Where(link => !link.Target.Contains(':', StringComparison.Ordinal)))
        {
            var parts = target.Split('#', 2);
            var path = parts[0].Length == 0 ? page.Path : Normal(Path.Combine(Path.GetDirectoryName(page.Path)!, Uri.UnescapeDataString(parts[0])));
            if (parts[0].Length > 0 && !Path.Exists(Path.Combine(Repository.Root, path)))
                yield return $"{page.Path}:{line}: {target} leads nowhere";
            else if (parts.Length == 2 && !(Find(path, page)?.Anchors.Contains(Uri.UnescapeDataString(parts[1])) ?? false))
                yield return $"{page.Path}:{line}: {target} leads nowhere: {path} has no such heading";
        }
    }

    private static Page? Find(string path, Page self) => path == self.Path ? self : Page.All.FirstOrDefault(page => page.Path == path);

    private static string Normal(string path) => Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, path))).Replace('\\', '/');

    private static void AssertNone(IEnumerable<string> problems)
    {
        var lines = problems.ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }
}

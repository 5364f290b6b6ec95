using System.Reflection;
using System.Text.RegularExpressions;
using Retort.Tests.Shared;

namespace Retort.Site.Tests;

/// <summary>The site that this repository gives.</summary>
public sealed partial class SiteTests
{
    [Fact]
    public void It_is_built_without_a_problem() => AssertNone(BuiltSite.Site.Problems.Select(problem => problem.ToString()));

    [Fact]
    public void Two_builds_give_the_same_bytes()
    {
        var again = StaticSite.Build(new SiteOptions(Repository.Root));
        Assert.Equal(BuiltSite.Site.Files.Keys, again.Files.Keys);
        AssertNone(again.Files.Where(file => !file.Value.AsSpan().SequenceEqual(BuiltSite.Site.Files[file.Key])).Select(file => file.Key));
    }

    [Fact]
    public void Every_link_of_every_page_leads_to_a_file_and_its_anchor()
    {
        var ids = BuiltSite.Pages.ToDictionary(page => page.Path, page => BuiltSite.Ids(page.Html).ToHashSet(StringComparer.Ordinal));
        var broken = new List<string>();
        foreach (var (path, html) in BuiltSite.Pages)
        {
            foreach (var target in BuiltSite.Targets(html).Where(target => !target.Contains(':', StringComparison.Ordinal)).Distinct())
            {
                var parts = target.Split('#', 2);
                var file = parts[0].Length == 0 ? path : Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(path)!, parts[0]))[1..];
                if (!BuiltSite.Site.Files.ContainsKey(file) || parts.Length == 2 && !ids[file].Contains(Uri.UnescapeDataString(parts[1])))
                    broken.Add($"{path}: {target}");
            }
        }
        AssertNone(broken);
    }

    [Fact]
    public void Nothing_is_loaded_from_another_host() =>
        AssertNone(BuiltSite.Pages.Where(page => Loaded().IsMatch(page.Html)).Select(page => page.Path));

    [Fact]
    public void Every_page_has_a_title_one_heading_of_the_first_level_and_no_id_twice() =>
        AssertNone(BuiltSite.Pages
            .Where(page => Regex.Count(page.Html, "<h1[ >]") != 1 || Regex.Count(page.Html, "<title>[^<]+</title>") != 1 || BuiltSite.Ids(page.Html) is var ids && ids.Distinct().Count() != ids.Count)
            .Select(page => page.Path));

    [Fact]
    public void Every_page_of_docs_is_in_the_contents_of_every_page()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Where(name => name != "README").ToList();
        Assert.NotEmpty(pages);
        AssertNone(from page in BuiltSite.Pages
                   from name in pages
                   where !page.Html.Contains($"{name}.html\"", StringComparison.Ordinal)
                   select $"{page.Path} does not list {name}");
    }

    [Fact]
    public void Every_public_type_has_a_page()
    {
        var projects = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file));
        var types = projects.SelectMany(project => Assembly.Load(project).GetExportedTypes()).ToList();
        Assert.NotEmpty(types);
        AssertNone(types.Select(PageOf).Where(page => !BuiltSite.Site.Files.ContainsKey(page)));

        static string PageOf(Type type) => $"api/{type.FullName!.Replace('+', '.').Replace('`', '-')}.html";
    }

    [Fact]
    public void A_page_marks_itself_in_the_contents_and_knows_its_neighbours()
    {
        var (_, html) = BuiltSite.Pages.Single(page => page.Path == "tutorial/setup.html");
        Assert.Contains("<a href=\"../tutorial/setup.html\" aria-current=\"page\">", html, StringComparison.Ordinal);
        Assert.Contains("rel=\"prev\" href=\"../tutorial/index.html\"", html, StringComparison.Ordinal);
        Assert.Contains("rel=\"next\" href=\"../tutorial/database.html\"", html, StringComparison.Ordinal);
    }

    private static void AssertNone(IEnumerable<string> problems)
    {
        var lines = problems.ToList();
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }

    [GeneratedRegex("<(script|img|iframe)[^>]* src=\"(https?:)?//|<link[^>]* href=\"(https?:)?//")]
    private static partial Regex Loaded();
}

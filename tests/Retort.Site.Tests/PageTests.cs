namespace Retort.Site.Tests;

/// <summary>What becomes of Markdown.</summary>
public sealed class PageTests
{
    [Fact]
    public void A_broken_link_is_reported_with_its_place()
    {
        using var repository = new SeededRepository(("docs/page.md",
            """
            # Page

            [here](#part) [there](../README.md#front) [gone](gone.md)
            and [gone too](#sameness), ![](picture.png), [outside](../../etc/passwd)

            ## Part

            `[no link](nowhere.md)` [referenced]

            [referenced]: missing.md
            """));
        Assert.Equal(
            [
                "docs/page.md:3: gone.md leads nowhere",
                "docs/page.md:4: #sameness leads nowhere: docs/page.md has no heading 'sameness'",
                "docs/page.md:4: the image picture.png has no text for those who do not see it: ![text](picture.png)",
                "docs/page.md:4: ../../etc/passwd leads nowhere",
                "docs/page.md:8: missing.md leads nowhere",
            ],
            repository.Build().Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_page_that_the_contents_do_not_list_is_reported()
    {
        using var repository = new SeededRepository(("docs/page.md", "# Page"), ("docs/lost.md", "# Lost"));
        Assert.Equal(["docs/lost.md:1: is not in the contents: add it to docs/README.md, or to the README.md of its folder"], repository.Build().Problems.Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData(null, "<span class=\"in-repository\" title=\"app.cs in the repository\">the app</span>")]
    [InlineData("https://example.com/blob/main", "<a href=\"https://example.com/blob/main/app.cs\">the app</a>")]
    public void A_file_that_is_no_page_is_linked_where_the_repository_can_be_read(string? sourceUrl, string expected)
    {
        using var repository = new SeededRepository(("docs/page.md", "# Page\n\nSee [the app](../app.cs).\n"), ("app.cs", "app.Run();"));
        Assert.Contains(expected, SeededRepository.Text(repository.Build(sourceUrl), "page.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Links_between_pages_lead_to_pages()
    {
        using var repository = new SeededRepository(
            ("docs/README.md", "# Contents\n\n- [Page](page.md)\n- [Guide](guide/README.md)\n"), ("docs/page.md", "# Page\n\n[step](guide/step.md#the-end) [front](../README.md)\n"),
            ("docs/guide/README.md", "# Guide\n\n1. [Step](step.md)\n"), ("docs/guide/step.md", "# Step\n\n## The end\n\n[back](../page.md)\n"));
        var site = repository.Build();
        Assert.Empty(site.Problems);
        Assert.Contains("<a href=\"guide/step.html#the-end\">step</a> <a href=\"index.html\">front</a>", SeededRepository.Text(site, "page.html"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"../page.html\">back</a>", SeededRepository.Text(site, "guide/step.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Images_of_pages_belong_to_the_site()
    {
        using var repository = new SeededRepository(("docs/page.md", "# Page\n\n![a retort](img/a.svg)\n"), ("docs/img/a.svg", "<svg/>"));
        var site = repository.Build();
        Assert.Equal("<svg/>", SeededRepository.Text(site, "img/a.svg"));
        Assert.Contains("<img src=\"img/a.svg\" alt=\"a retort\" />", SeededRepository.Text(site, "page.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_looks_like_HTML_is_text()
    {
        using var repository = new SeededRepository(("docs/page.md", "# Page of List<T>\n\n## `Get<T>` & more\n\nA List<T> and <script>alert(1)</script>\n\n```text\n<b>\n```\n"));
        var html = SeededRepository.Text(repository.Build(), "page.html");
        Assert.Contains("<h1>Page of List&lt;T&gt;</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"gett--more\"><code>Get&lt;T&gt;</code> &amp; more", html, StringComparison.Ordinal);
        Assert.Contains("A List&lt;T&gt; and &lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("<code>&lt;b&gt;</code>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_that_would_be_one_page_are_reported()
    {
        using var repository = new SeededRepository(("docs/README.md", "# Contents\n\n- [Page](page.md)\n- [Other](Page.md)\n"), ("docs/page.md", "# Page"), ("docs/Page.md", "# Other"));
        Assert.Contains("page.html: two pages of the site would have this name", repository.Build().Problems.Select(problem => problem.ToString()));
    }

    [Fact]
    public void A_site_replaces_a_site_and_nothing_else()
    {
        using var repository = new SeededRepository(("docs/page.md", "# Page"));
        var folder = Directory.CreateTempSubdirectory("retort-site-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "novel.txt"), "years of work");
            Assert.Equal($"{folder} holds something else than a site; name another folder.", Assert.Throws<IOException>(() => repository.Build().WriteTo(folder)).Message);
            Assert.Equal("years of work", File.ReadAllText(Path.Combine(folder, "novel.txt")));

            var output = Path.Combine(folder, "site");
            repository.Build().WriteTo(output);
            File.WriteAllText(Path.Combine(output, "removed.html"), "of an earlier build");
            repository.Build().WriteTo(output);
            Assert.False(File.Exists(Path.Combine(output, "removed.html")));
            Assert.True(File.Exists(Path.Combine(output, "page.html")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

namespace Flaskr.Tests;

public sealed class BlogTests
{
    [Fact]
    public async Task Everyone_reads()
    {
        using var site = new Site();
        var page = (await site.Client.Get("/")).Text;
        Assert.Contains("Log in", page);
        Assert.Contains("test title", page);
        Assert.Contains("by other on <time>2018-01-01</time>", page);
        Assert.Contains("test\nbody", page);
        Assert.DoesNotContain("/1/update", page);
    }

    [Theory]
    [InlineData("/create")]
    [InlineData("/1/update")]
    [InlineData("/1/delete")]
    public async Task Who_writes_must_be_logged_in(string path)
    {
        using var site = new Site();
        (await site.Client.Post(path)).AssertRedirect("/auth/login");
    }

    [Theory]
    [InlineData("/1/update", 403)]
    [InlineData("/1/delete", 403)]
    [InlineData("/7/update", 404)]
    [InlineData("/7/delete", 404)]
    public async Task Nobody_changes_what_another_wrote_or_what_is_not_there(string path, int status)
    {
        using var site = new Site();
        await site.LogIn();
        (await site.Client.Post(path)).AssertStatus(status);
    }

    [Fact]
    public async Task A_post_is_written_changed_and_deleted()
    {
        using var site = new Site();
        await site.LogIn();

        await site.Client.Post("/create", form: new { title = "created", body = "text" });
        Assert.Contains("created", (await site.Client.Get("/")).Text);

        await site.Client.Post("/2/update", form: new { title = "updated", body = "text" });
        Assert.Contains("updated", (await site.Client.Get("/")).Text);

        await site.Client.Post("/2/delete");
        Assert.DoesNotContain("updated", (await site.Client.Get("/")).Text);
    }

    [Theory]
    [InlineData("/create")]
    [InlineData("/2/update")]
    public async Task A_post_needs_a_title(string path)
    {
        using var site = new Site();
        await site.LogIn();
        await site.Client.Post("/create", form: new { title = "mine", body = "" });
        Assert.Contains("Title is required.", (await site.Client.Post(path, form: new { title = "", body = "" })).Text);
    }
}

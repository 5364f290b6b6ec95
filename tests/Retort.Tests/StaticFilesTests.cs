using Retort.Testing;
using static Retort.Globals;

namespace Retort.Tests;

public sealed class StaticFilesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();
    private readonly App _app;

    public StaticFilesTests()
    {
        Directory.CreateDirectory(Path.Combine(_root.FullName, "static", "sub"));
        Directory.CreateDirectory(Path.Combine(_root.FullName, "static_private"));
        File.WriteAllText(Path.Combine(_root.FullName, "static", "style.css"), "0123456789");
        File.WriteAllText(Path.Combine(_root.FullName, "static", "sub", "a b.txt"), "nested");
        File.WriteAllText(Path.Combine(_root.FullName, "static_private", "x"), "private");
        File.WriteAllText(Path.Combine(_root.FullName, "secret.txt"), "secret");
        File.CreateSymbolicLink(Path.Combine(_root.FullName, "static", "out.txt"), Path.Combine(_root.FullName, "secret.txt"));
        File.CreateSymbolicLink(Path.Combine(_root.FullName, "static", "in.txt"), Path.Combine(_root.FullName, "static", "style.css"));
        _app = new App("test", rootPath: _root.FullName) { Testing = true };
        _app.Get("/url", () => UrlFor("static", new { filename = "sub/a b.txt" }));
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task A_file_is_sent_with_what_a_browser_needs_to_keep_it()
    {
        var response = await _app.TestClient().Get("/static/style.css");
        Assert.Equal((200, "text/css; charset=utf-8", "0123456789", "10"), (response.StatusCode, response.ContentType, response.Text, response.Headers["Content-Length"]));
        Assert.Equal("no-cache", response.Headers["Cache-Control"]);
        var again = await _app.TestClient().Get("/static/style.css", headers: new { If_None_Match = response.Headers["ETag"] });
        Assert.Equal((304, ""), (again.StatusCode, again.Text));
        var unchanged = await _app.TestClient().Get("/static/style.css", headers: new { If_Modified_Since = response.Headers["Last-Modified"] });
        Assert.Equal(304, unchanged.StatusCode);
        var failed = await _app.TestClient().Get("/static/style.css", headers: new { If_Match = "\"other\"" });
        Assert.Equal((412, "0123456789"), (failed.StatusCode, failed.Text));
    }

    [Fact]
    public async Task A_part_is_sent_when_asked_for()
    {
        var response = await _app.TestClient().Get("/static/style.css", headers: new { Range = "bytes=2-4" });
        Assert.Equal((206, "234", "bytes 2-4/10", "3"), (response.StatusCode, response.Text, response.Headers["Content-Range"], response.Headers["Content-Length"]));
        Assert.Equal(416, (await _app.TestClient().Get("/static/style.css", headers: new { Range = "bytes=20-" })).StatusCode);
        var head = await _app.TestClient().Head("/static/style.css");
        Assert.Equal((200, "10", ""), (head.StatusCode, head.Headers["Content-Length"], head.Text));
    }

    [Fact]
    public async Task Urls_of_files_are_built_and_found()
    {
        Assert.Equal("/static/sub/a%20b.txt", await _app.Text("/url"));
        Assert.Equal("nested", await _app.Text("/static/sub/a%20b.txt"));
        Assert.Equal("0123456789", await _app.Text("/static/in.txt"));
    }

    [Theory]
    [InlineData("/static/../secret.txt")]
    [InlineData("/static/%2e%2e/secret.txt")]
    [InlineData("/static/..%2fsecret.txt")]
    [InlineData("/static/..%5csecret.txt")]
    [InlineData("/static/sub/../../secret.txt")]
    [InlineData("/static//etc/passwd")]
    [InlineData("/static/%2fetc/passwd")]
    [InlineData("/static/../static_private/x")]
    [InlineData("/static/style.css%00.txt")]
    [InlineData("/static/out.txt")]
    [InlineData("/static/sub")]
    [InlineData("/static/")]
    [InlineData("/static/none")]
    public async Task What_is_not_a_file_in_the_folder_is_not_found(string path)
    {
        var response = await _app.TestClient().Get(path, followRedirects: true);
        Assert.Equal(404, response.StatusCode);
    }
}

using System.Text;
using Microsoft.AspNetCore.Http;
using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort.Tests.Http;

public class FormParserTests
{
    private const string Multipart = "multipart/form-data; boundary=bnd";

    private static readonly FormLimits Default = new();

    internal static async Task<Form> Parse(byte[] body, string contentType = Multipart, FormLimits? limits = null, int chunk = int.MaxValue) =>
        await FormParser.ParseAsync(new ChunkedStream(body, chunk), contentType, contentLength: null, limits ?? Default);

    private static Task<Form> Parse(string body, string contentType = Multipart, FormLimits? limits = null, int chunk = int.MaxValue) =>
        Parse(Encoding.UTF8.GetBytes(body), contentType, limits, chunk);

    [Theory]
    [InlineData("--bnd\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--bnd\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\nContent-Type: a/b\r\n\r\n\r\n\r--bn\r\n--bn\r\n--bnd--\r\nepilogue")]
    [InlineData("pre\n--bnd \t\nContent-Disposition: form-data;\n  name=a\n\n\r\r\n--bnd\nContent-Disposition: form-data; name=b\n\n--bnd\n--bnd--")]
    [InlineData("--bnd\rContent-Disposition: form-data; name=a\r\r\r\n\r--bnd-\r--bnd--")]
    [InlineData("--bnd\r\nContent-Disposition: form-data; name=a\r\n\r\nnever ends\r\n--bnd")]
    [InlineData("--bnd--")]
    public async Task It_does_not_matter_where_the_body_is_cut(string body)
    {
        using var whole = await Parse(body);
        var expected = Describe(whole);
        for (var chunk = 1; chunk < Math.Min(body.Length, 40); chunk++)
        {
            using var cut = await Parse(body, chunk: chunk);
            Assert.Equal(expected, Describe(cut));
        }
    }

    [Fact]
    public async Task A_file_has_its_names_type_headers_and_content()
    {
        using var form = await Parse("--bnd\r\nContent-Disposition: form-data; name=photo; filename=\"C:\\\\me.png\"\r\nContent-Type: image/PNG; v=1\r\nX-Own: y\r\n\r\ndata\r\n--bnd--");
        var file = form.Files["photo"];
        Assert.Equal("photo", file.Name);
        Assert.Equal("C:\\me.png", file.FileName);
        Assert.Equal("image/png", file.Mimetype);
        Assert.Equal("1", file.MimetypeParams["v"]);
        Assert.Equal("y", file.Headers["x-own"]);
        Assert.Equal(0, file.ContentLength);
        Assert.Equal("data", new StreamReader(file.Stream).ReadToEnd());
    }

    [Fact]
    public async Task A_field_left_empty_is_a_file_without_a_name()
    {
        using var form = await Parse("--bnd\r\nContent-Disposition: form-data; name=f; filename=\"\"\r\n\r\n\r\n--bnd--");
        Assert.Equal("", form.Files["f"].FileName);
        Assert.Equal(0, form.Files["f"].Stream.Length);
    }

    [Fact]
    public async Task Saving_writes_the_content()
    {
        using var form = await Parse(Body(("f", "x", "content")));
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            form.Files["f"].Save(path);
            Assert.Equal("content", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
            form.Files["f"].Stream.Position = 0;
            await form.Files["f"].SaveAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal("content", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"ü\"")]
    public async Task What_is_no_form_reads_as_an_empty_one(string contentType)
    {
        using var form = await Parse("a=1", contentType);
        Assert.Empty(form.Fields);
        Assert.True(form.Fields.IsReadOnly);
    }

    [Fact]
    public async Task Urlencoded_bytes_that_are_not_utf8_make_the_form_empty()
    {
        using var form = await Parse([.. "a=1&b="u8, 0xff], "application/x-www-form-urlencoded");
        Assert.Empty(form.Fields);
    }

    [Theory]
    [InlineData(9, 413)]
    [InlineData(10, 200)]
    public async Task The_content_limit_holds_when_the_length_was_not_told(int limit, int status) =>
        Assert.Equal(status, await Status("a=12345678", "application/x-www-form-urlencoded", new() { MaxContentLength = limit }));

    [Fact]
    public async Task The_content_limit_holds_for_what_follows_the_form() =>
        Assert.Equal(413, await Status("--bnd--" + new string('x', 1000), Multipart, new() { MaxContentLength = 500 }));

    [Fact]
    public async Task A_length_over_the_limit_is_refused_before_anything_is_read()
    {
        var body = new ChunkedStream([1], 1);
        await Assert.ThrowsAsync<RequestEntityTooLarge>(() => FormParser.ParseAsync(body, "text/plain", 100, new() { MaxContentLength = 10 }, TestContext.Current.CancellationToken));
        Assert.Equal(0, body.Position);
    }

    [Fact]
    public async Task The_memory_limit_does_not_count_files() =>
        Assert.Equal(200, await Status(Encoding.UTF8.GetString(Body(("f", "x", new string('y', 100_000)))), Multipart, new() { MaxMemorySize = 1000 }));

    [Fact]
    public async Task Headers_without_end_are_refused() => Assert.Equal(413, await Status("--bnd\r\n" + new string('x', 200_000), Multipart, Default));

    [Theory]
    [InlineData(413, typeof(RequestEntityTooLarge))]
    [InlineData(408, typeof(RequestTimeout))]
    [InlineData(400, typeof(ClientDisconnected))]
    public async Task What_the_server_says_of_the_body_is_an_error_of_ours(int status, Type type) =>
        Assert.IsType(type, await Record.ExceptionAsync(() =>
            FormParser.ParseAsync(new FailingStream(new BadHttpRequestException("no", status)), Multipart, null, Default, TestContext.Current.CancellationToken)));

    [Fact]
    public void Query_strings_keep_what_is_not_utf8_escaped() =>
        Assert.Equal([new("a b", "ü"), new("x", "%FF+"), new("", "")], UrlEncoded.Parse("a+b=%C3%BC&&x=%ff%2B&=").Items());

    private static async Task<int> Status(string body, string contentType, FormLimits limits)
    {
        try
        {
            using var form = await Parse(body, contentType, limits);
            return 200;
        }
        catch (HttpException error)
        {
            return error.Code;
        }
    }

    internal static byte[] Body(params (string Name, string? FileName, string Content)[] parts)
    {
        var text = new StringBuilder();
        foreach (var (name, fileName, content) in parts)
            text.Append($"--bnd\r\nContent-Disposition: form-data; name=\"{name}\"{(fileName is null ? "" : $"; filename=\"{fileName}\"")}\r\n\r\n{content}\r\n");
        return Encoding.UTF8.GetBytes(text.Append("--bnd--\r\n").ToString());
    }

    internal static string Describe(Form form)
    {
        var files = form.Files.Items().Select(item => $"{item.Key}/{item.Value.FileName}={Convert.ToHexString(ReadAll(item.Value.Stream))}");
        return string.Join("|", form.Fields.Items().Select(item => $"{item.Key}={item.Value}").Concat(files));
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>Gives a body out in pieces of a given size, as a network does.</summary>
    internal sealed class ChunkedStream(byte[] body, int chunk) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, chunk)], cancellationToken);
    }

    private sealed class FailingStream(Exception error) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw error;
    }
}

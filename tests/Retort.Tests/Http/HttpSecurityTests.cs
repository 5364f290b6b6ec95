using System.Diagnostics;
using System.Text;
using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort.Tests.Http;

/// <summary>What went wrong in the field once, by its published id or by its row in the list of such things.</summary>
public class HttpSecurityTests
{
    public static TheoryData<string> StrangeTargets { get; } =
    [
        "//e", "/\\e", "\\\\e", "///e", "https:e", "http:///e", "/\te", " //e", "javascript:x", "%2f%2fe", "https://ok@e", "/////e", "\\\\\\e", "\\/e", "/\n/e",
        "http:/\\e", "http:\\\\ok", "https://ok\\@e", "https://ok:80@e", "https://e#@ok", "https://okevil", "https://evil.ok.com", "ok", "?x", "", "\u00a0/x",
        "https://ok%2ee", "https://ok\u3002e", "ftp://ok/", "//ok", "/\u0000/e", "data:text/html,x", "https://ok./", "/\u0085/e",
    ];

    [Theory]
    [MemberData(nameof(StrangeTargets))]
    public void Cve_2021_32618_and_cve_2021_23401_a_redirect_stays_on_the_own_host(string url)
    {
        Assert.False(RedirectTargets.IsSafe(url, "ok"));
        Assert.False(RedirectTargets.IsSafe(url));
    }

    [Fact]
    public void Ghsa_w2j7_f3c6_g8cw_a_subdomain_begins_after_a_dot()
    {
        Assert.False(RedirectTargets.IsSafe("https://evilexample.com", "example.com", allowSubdomains: true));
        Assert.False(RedirectTargets.IsSafe("https://.example.com", "example.com", allowSubdomains: true));
        Assert.True(RedirectTargets.IsSafe("https://a.example.com", "example.com", allowSubdomains: true));
        Assert.False(RedirectTargets.IsSafe("https://a.example.com", "example.com"));
    }

    [Theory]
    [InlineData("..\\..\\web.config")]
    [InlineData("a\\b")]
    public void Row_5_a_backslash_does_not_leave_the_folder_on_windows(string path) => Assert.Null(SafePath.Join(windows: true, "base", path));

    [Theory]
    [InlineData("C:/x")]
    [InlineData("c:x")]
    [InlineData("a/b:stream")]
    public void Cve_2019_14322_a_drive_name_is_refused_on_windows(string path) => Assert.Null(SafePath.Join(windows: true, "base", path));

    [Theory]
    [InlineData("//server/share")]
    [InlineData("\\\\server\\share")]
    public void Cve_2024_49766_a_unc_path_is_refused(string path)
    {
        Assert.Null(SafePath.Join(windows: true, "/b", path));
        if (path[0] == '/') Assert.Null(SafePath.Join(windows: false, "/b", path));
    }

    [Theory]
    [InlineData("CON")]
    [InlineData("prn")]
    [InlineData("COM0")]
    [InlineData("LPT9")]
    [InlineData("com²")]
    [InlineData("CONIN$")]
    [InlineData("conout$")]
    public void Cve_2025_66221_device_names_are_refused_on_windows(string path)
    {
        Assert.Null(SafePath.Join(windows: true, "dir", path));
        Assert.Equal($"dir/{path}", SafePath.Join(windows: false, "dir", path));
    }

    [Theory]
    [InlineData("NUL.txt")]
    [InlineData("con ")]
    [InlineData("aux. ")]
    [InlineData("nul .tar.gz")]
    public void Cve_2026_21860_device_names_with_an_extension_or_blanks_are_refused_on_windows(string path) => Assert.Null(SafePath.Join(windows: true, "dir", path));

    [Theory]
    [InlineData("a/NUL/b")]
    [InlineData("x/con.tar.gz")]
    public void Cve_2026_27199_device_names_within_a_path_are_refused_on_windows(string path) => Assert.Null(SafePath.Join(windows: true, "dir", path));

    [Fact]
    public void Cve_2023_29159_a_folder_is_no_prefix_of_its_neighbour()
    {
        Assert.Null(SafePath.Join("/srv/static", "../static_private/x"));
        Assert.False(SafePath.StaysInside(Path.GetTempPath() + "static", Path.GetTempPath() + "static_private"));
    }

    [Fact]
    public void Cve_2023_23934_a_cookie_without_a_name_is_no_cookie()
    {
        Assert.Equal([new("a", "b")], CookieHeader.Parse("=__Host-test=bad; a=b").Items());
        Assert.Null(CookieHeader.Find("=__Host-test=bad; a=b", "__Host-test"));
    }

    [Fact]
    public void Cve_2020_1045_a_cookie_name_is_never_percent_decoded()
    {
        Assert.Equal("%5f%5fHost-x", Assert.Single(CookieHeader.Parse("%5f%5fHost-x=1").Keys));
        Assert.Null(CookieHeader.Find("%5f%5fHost-x=1", "__Host-x"));
    }

    [Fact]
    public async Task Cve_2023_25577_too_many_parts_is_413()
    {
        var parts = Enumerable.Repeat(("a", (string?)null, "x"), 1001).ToArray();
        await Assert.ThrowsAsync<RequestEntityTooLarge>(() => FormParserTests.Parse(FormParserTests.Body(parts)));
        using var form = await FormParserTests.Parse(FormParserTests.Body(parts[..1000]));
        Assert.Equal(1000, form.Fields.GetList("a").Count);
    }

    [Fact]
    public async Task Cve_2023_46136_a_part_that_begins_with_a_line_break_takes_linear_time()
    {
        var plain = await Milliseconds("x", 16 << 20);
        var broken = await Milliseconds("\r", 16 << 20);
        Assert.True(broken < 3 * plain + 1000, $"{broken} ms against {plain} ms");
    }

    [Fact]
    public async Task Cve_2024_49767_a_field_takes_no_more_memory_than_the_limit()
    {
        await ReadEndless(new PartStream("--bnd\r\nContent-Disposition: form-data; name=a\r\n\r\n"u8.ToArray(), 4096));
        var before = GC.GetAllocatedBytesForCurrentThread();
        await ReadEndless(new PartStream("--bnd\r\nContent-Disposition: form-data; name=a\r\n\r\n"u8.ToArray(), 100 << 20));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);

        static async Task ReadEndless(Stream body) => await Record.ExceptionAsync(() => FormParser.ParseAsync(body, "multipart/form-data; boundary=bnd", null, new()));
    }

    [Fact]
    public async Task Cve_2024_49767_all_fields_together_are_limited_too()
    {
        var fields = Enumerable.Range(0, 6).Select(n => ($"f{n}", (string?)null, new string('x', 400_000))).ToArray();
        await Assert.ThrowsAsync<RequestEntityTooLarge>(() => FormParserTests.Parse(FormParserTests.Body(fields)));
        using var form = await FormParserTests.Parse(FormParserTests.Body(fields[..5]));
        Assert.Equal(5, form.Fields.Count);
    }

    [Fact]
    public async Task Row_12_many_small_files_do_not_fill_the_memory()
    {
        var files = Enumerable.Range(0, 12).Select(n => ($"f{n}", (string?)"x", new string('x', 400_000))).ToArray();
        using var form = await FormParserTests.Parse(FormParserTests.Body(files));
        Assert.InRange(form.Files.Items().Sum(item => ((UploadStream)item.Value.Stream).BytesInMemory), 1, 4 * UploadStream.Threshold);
    }

    [Fact]
    public async Task Cve_2022_29145_an_urlencoded_form_has_a_limit_of_fields()
    {
        static byte[] Fields(int count) => Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, count).Select(n => $"k{n}=")));
        await Assert.ThrowsAsync<RequestEntityTooLarge>(() => FormParserTests.Parse(Fields(1025), "application/x-www-form-urlencoded"));
        using var form = await FormParserTests.Parse(Fields(1024), "application/x-www-form-urlencoded");
        Assert.Equal(1024, form.Fields.Count);
        using var unlimited = await FormParserTests.Parse(Fields(5000), "application/x-www-form-urlencoded", new() { MaxParts = null });
        Assert.Equal(5000, unlimited.Fields.Count);
    }

    [Theory]
    [InlineData("a\r\nSet-Cookie: x")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public void Row_22_a_line_break_does_not_get_into_a_header(string value)
    {
        Assert.Throws<ArgumentException>(() => new Headers { ["X"] = value });
        Assert.Throws<ArgumentException>(() => new Headers().Add("X", "v", [new("p", value)]));
        Assert.DoesNotContain('\n', RedirectPage.Location("/x" + value));
        Assert.DoesNotContain('\n', new SetCookie("k", value) { Path = value }.ToString());
    }

    [Fact]
    public void Row_22_a_redirect_is_escaped_in_the_page_and_encoded_in_the_header()
    {
        Assert.Contains("<a href=\"/&#34;&gt;&lt;script&gt;\">", RedirectPage.Html("/\"><script>"), StringComparison.Ordinal);
        Assert.Equal("/%22%3E%3Cscript%3E", RedirectPage.Location("/\"><script>"));
    }

    [Theory]
    [InlineData("a=\"")]
    [InlineData("\"\\\"")]
    [InlineData("a=\"\\")]
    [InlineData("\", ")]
    [InlineData("W/\"")]
    [InlineData("a;b=\"")]
    [InlineData("x/y;q=\"")]
    [InlineData("0-,")]
    public void Headers_of_thousands_of_open_quotes_are_read_in_no_time(string piece)
    {
        var header = string.Concat(Enumerable.Repeat(piece, 32_768 / piece.Length));
        // The best of some, as a machine that has other work may pause any one of them.
        Assert.InRange(Enumerable.Range(0, 5).Min(_ => Read()), 0, 2000);

        long Read()
        {
            var clock = Stopwatch.StartNew();
            CookieHeader.Parse(header);
            CookieHeader.Find(header, "none");
            ETags.Parse(header);
            ListHeader.ParsePairs(header);
            OptionsHeader.Parse("v;" + header);
            new MimeAccept(header).BestMatch(["text/html"]);
            ByteRange.Parse("bytes=" + header);
            HttpDate.Parse(header);
            Authorization.Parse("Digest " + header);
            return clock.ElapsedMilliseconds;
        }
    }

    private static async Task<long> Milliseconds(string first, int size)
    {
        var clock = Stopwatch.StartNew();
        var start = Encoding.ASCII.GetBytes($"--bnd\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n{first}");
        using var form = await FormParser.ParseAsync(new PartStream(start, size), "multipart/form-data; boundary=bnd", null, new());
        return clock.ElapsedMilliseconds;
    }

    /// <summary>A beginning and then so many bytes without a line break.</summary>
    private sealed class PartStream(byte[] start, long size) : Stream
    {
        private long _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _given; set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var beginning = _given < start.Length ? start.AsSpan((int)_given) : default;
            var count = (int)Math.Min(beginning.Length > 0 ? beginning.Length : size + start.Length - _given, Math.Min(buffer.Length, 16 * 1024));
            if (beginning.Length > 0) beginning[..count].CopyTo(buffer);
            else buffer[..count].Fill((byte)'y');
            _given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Retort.Http;
using Retort.Http.Exceptions;

namespace Retort.Tests.Http;

/// <summary>
/// Parsers of what a client sends, on random bytes: nothing but their own error may come out of them.
/// RETORT_PROPERTY_RUNS=100000 checks more inputs than the few hundred of an ordinary run.
/// </summary>
public class HttpPropertyTests
{
    // Random bytes rarely make anything that looks like HTTP, so they are mixed with its own pieces.
    private static readonly string[] Pieces =
    [
        "a", "b", "=", ";", ",", "\"", "\\", " ", "*", "'", "%", "%41", "%c3%bc", "%ff", "&", "+", "0", "9", "-", "/", ":", "q=", "q=0.5", "*0*=", "UTF-8''", "W/", "bytes=", "bytes ",
        "\r\n", "\n", "\r", "\r\n\r\n", "--bnd", "--bnd--", "\r\n--bnd\r\n", "Content-Disposition: form-data; name=\"a\"", "; filename=\"x\"", "charset=iso-8859-1", "Basic ", "Digest ",
        "realm=", "dXNlcjpwYXNz", "==", "text/html", "GMT", "Feb", "2024", "12:30:45", "+0100", "\\303", "\0", "\x7f", "é", "日", "😀", "\ud800", "http://", "//", "@", "[", "]", "#", "?", "xn--", ".",
    ];

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(
        int.Parse(Environment.GetEnvironmentVariable("RETORT_PROPERTY_RUNS") ?? "300", CultureInfo.InvariantCulture));

    private static Gen<string> Texts { get; } = Gen.Choose(0, 2 * Pieces.Length).Select(n => n < Pieces.Length ? Pieces[n] : ((char)(n * 7919 % 0x110)).ToString())
        .ListOf().Select(pieces => string.Concat(pieces));

    private static Gen<byte[]> Bodies { get; } = Texts.SelectMany(text => Gen.Choose(0, 255).ListOf().Select(bytes => (byte[])[.. Encoding.UTF8.GetBytes(text), .. bytes.Select(b => (byte)b)]));

    [Fact]
    public void Cookies_read_and_a_found_one_is_the_first_of_its_name() => Check(header =>
    {
        var cookies = CookieHeader.Parse(header);
        foreach (var (name, value) in cookies) Assert.Equal(value, CookieHeader.Find(header, name));
        Assert.False(cookies.Contains(""));
    });

    [Fact]
    public void Any_cookie_value_comes_back() => Check(text =>
    {
        var value = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var header = new SetCookie("k", value).ToHeader();
        Assert.DoesNotContain(header, char.IsControl);
        Assert.Equal(value, CookieHeader.Find(header[..^"; Path=/".Length], "k"));
    });

    [Fact]
    public void Option_headers_read_and_what_is_written_reads_the_same() => Check(header =>
    {
        // Backslashes and %22 are ambiguous by design, and a star gives a name a meaning of its own.
        var options = OptionsHeader.Parse(header.Replace("\\", "", StringComparison.Ordinal).Replace("%", "", StringComparison.Ordinal)).Options
            .Where(option => option.Key.Length > 0 && !option.Key.Contains('*', StringComparison.Ordinal)).ToDictionary();
        var written = OptionsHeader.Dump("v", options.Select(option => new KeyValuePair<string, object?>(option.Key, option.Value)));
        Assert.Equal(options, OptionsHeader.Parse(written).Options.ToDictionary());
        _ = OptionsHeader.Parse(header);
    });

    [Fact]
    public void List_headers_read() => Check(header =>
    {
        Assert.All(ListHeader.ParsePairs(header).Keys, key => Assert.NotNull(key));
        Assert.Equal(HeaderSet.Parse(header).Count, ListHeader.Parse(header).Count);
        _ = new ResponseCacheControl(header).MaxAge + new RequestCacheControl(header).MaxStale;
    });

    [Fact]
    public void Accept_headers_read_and_rank() => Check(header =>
    {
        Accept[] accepts = [new MimeAccept(header), new LanguageAccept(header), new CharsetAccept(header), new(header)];
        foreach (var accept in accepts)
        {
            Assert.All(accept, item => Assert.InRange(item.Quality, 0, 1));
            if (accept.BestMatch(["text/html", "a/b"]) is { } best && accept is not LanguageAccept) Assert.True(accept.Quality(best) > 0);
        }
    });

    [Fact]
    public void Credentials_and_challenges_read() => Check(header =>
    {
        _ = Authorization.Parse(header)?.ToString();
        _ = WwwAuthenticate.Parse(header)?.ToString();
    });

    [Fact]
    public void Ranges_read_and_lie_within_the_length() => Check(header =>
    {
        foreach (var text in new[] { header, "bytes=" + header, "bytes " + header })
        {
            if (ByteRange.Parse(text)?.ForLength(1000) is var (start, stop)) Assert.True(start >= 0 && start < stop && stop <= 1000);
            _ = ByteRange.Parse(text)?.ToString();
            _ = ContentRange.Parse(text)?.ToString();
        }
    });

    [Fact]
    public void Entity_tags_and_dates_read() => Check(header =>
    {
        _ = ETags.Parse(header).ToString();
        _ = ETags.Unquote(header);
        if (HttpDate.Parse(header) is { } date) Assert.Equal(date, HttpDate.Parse(HttpDate.Format(date)));
        _ = HttpDate.ParseAge(header);
    });

    [Fact]
    public void Conditions_of_any_kind_are_answered() => Check(header =>
    {
        var request = new ConditionalHeaders { Range = header, IfRange = header, IfMatch = header, IfNoneMatch = header, IfModifiedSince = header };
        try
        {
            Assert.Contains(SendFile.Plan(new FileToSend("/x/a.txt", 10, DateTimeOffset.UnixEpoch), new(), request, DateTimeOffset.UnixEpoch).Status, new[] { 200, 206, 304, 412 });
        }
        catch (RequestedRangeNotSatisfiable)
        {
        }
    });

    [Fact]
    public void Queries_read() => Check(query => Assert.All(UrlEncoded.Parse(query).Items(), item => Assert.NotNull(item.Value)));

    [Fact]
    public void Urls_convert_to_ascii_without_line_breaks() => Check(url =>
    {
        var uri = UriText.ToUri(url);
        Assert.True(System.Text.Ascii.IsValid(uri));
        Assert.DoesNotContain(uri, char.IsControl);
        _ = UriText.ToIri(url);
        _ = RedirectTargets.IsSafe(url, "a");
    });

    [Fact]
    public void File_names_become_harmless() => Check(name =>
    {
        Assert.DoesNotContain(FileNames.Secure(name), c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-'));
        Assert.Equal(FileNames.Secure(name), FileNames.Secure(FileNames.Secure(name)));
        _ = MimeTypes.Guess(name);
        if (SafePath.Join("/srv", name) is { } joined) Assert.StartsWith("/srv", Path.GetFullPath(joined.Replace('\0', '0')), StringComparison.Ordinal);
    });

    [Fact]
    public void Forms_read_or_fail_with_their_own_error() => Prop.ForAll(Bodies.ToArbitrary(), body =>
    {
        foreach (var type in new[] { "multipart/form-data; boundary=bnd", "application/x-www-form-urlencoded" })
        {
            try
            {
                using var whole = FormParserTests.Parse(body, type).GetAwaiter().GetResult();
                using var pieces = FormParserTests.Parse(body, type, chunk: 1 + body.Length % 7).GetAwaiter().GetResult();
                Assert.Equal(FormParserTests.Describe(whole), FormParserTests.Describe(pieces));
            }
            catch (HttpException error) when (error.Code is 400 or 413)
            {
            }
        }
    }).Check(Runs);

    private static void Check(Action<string> holds) => Prop.ForAll(Texts.ToArbitrary(), holds).Check(Runs);
}

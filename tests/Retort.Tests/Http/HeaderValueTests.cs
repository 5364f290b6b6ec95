using Retort.Http;

namespace Retort.Tests.Http;

public class HeaderValueTests
{
    [Fact]
    public void Options_join_continuations_and_decode_charsets()
    {
        var header = OptionsHeader.Parse("attachment; filename*0*=UTF-8''a%20; filename*1*=b%C3%BC; filename*2=c.txt");
        Assert.Equal("attachment", header.Value);
        Assert.Equal("a büc.txt", header.Get("filename"));
    }

    [Fact]
    public void Options_that_are_not_well_formed_are_left_out() =>
        Assert.Equal([new("e", "5")], OptionsHeader.Parse("v; a; b = 2; =3; d=\"open; e=5").Options);

    [Fact]
    public void A_list_keeps_commas_within_quotes_and_drops_empty_items() =>
        Assert.Equal(["a", "b, c", "d"], ListHeader.Parse("a,, \"b, c\" ,d,"));

    [Fact]
    public void A_list_with_an_open_quote_is_empty() => Assert.Empty(ListHeader.Parse("a, \"b, c"));

    [Fact]
    public void A_set_compares_without_case_and_writes_itself_back()
    {
        var written = "";
        var vary = HeaderSet.Parse("Cookie, Accept", set => written = set.ToString());
        Assert.False(vary.Add("cookie"));
        Assert.True(vary.Add("a b"));
        Assert.Equal("Cookie, Accept, \"a b\"", written);
        Assert.True(vary.Remove("ACCEPT"));
        Assert.Equal("Cookie, \"a b\"", written);
    }

    [Fact]
    public void Accept_prefers_the_specific_then_the_wanted_then_the_first()
    {
        var accept = new MimeAccept("text/*;q=0.9, text/html;q=0.2, */*;q=0.1, application/json");
        Assert.Equal(["application/json", "text/html", "text/*", "*/*"], accept.Select(item => item.Value));
        Assert.Equal("application/json", accept.BestMatch(["text/html", "application/json"]));
        Assert.Equal("text/plain", accept.BestMatch(["text/html", "text/plain"]));
        Assert.Equal(0.2, accept.Quality("text/html"));
        Assert.Equal("application/json,text/html;q=0.2,text/*;q=0.9,*/*;q=0.1", accept.ToString());
    }

    [Fact]
    public void Comparing_with_what_is_no_media_type_is_a_programming_error()
    {
        var error = Assert.Throws<ArgumentException>(() => new MimeAccept("text/html").Quality("html"));
        Assert.Equal("'html' cannot be compared with an Accept header: it is no media type. Write it like 'text/html'. (Parameter 'value')", error.Message);
    }

    [Fact]
    public void Languages_fall_back_to_their_primary_tag_on_either_side()
    {
        Assert.Equal("en", new LanguageAccept("en-US").BestMatch(["de", "en"]));
        Assert.Equal("en_GB", new LanguageAccept("en").BestMatch(["de", "en_GB"]));
        Assert.Equal("de", new LanguageAccept("fr").BestMatch(["en"], "de"));
    }

    [Fact]
    public void Caching_directives_are_set_and_removed_in_order()
    {
        var written = "";
        var caching = new ResponseCacheControl("no-cache, x-own=1", control => written = control.ToString());
        caching.NoCache = false;
        caching.Public = true;
        caching.MaxAge = 60;
        Assert.Equal("x-own=1, public, max-age=60", written);
        caching.MaxAge = null;
        caching.PrivateFields = "Set-Cookie, X";
        Assert.Equal("x-own=1, public, private=\"Set-Cookie, X\"", written);
    }

    [Fact]
    public void A_request_tells_how_stale_it_takes()
    {
        var caching = new RequestCacheControl("max-stale, min-fresh=5, only-if-cached, max-age=x");
        Assert.Equal(int.MaxValue, caching.MaxStale);
        Assert.Equal(5, caching.MinFresh);
        Assert.True(caching.OnlyIfCached);
        Assert.Null(caching.MaxAge);
        Assert.Equal(30, new RequestCacheControl("max-stale=30").MaxStale);
    }

    [Fact]
    public void Basic_credentials_survive_both_ways()
    {
        var sent = Authorization.Basic("ü:no", "p:w").ToString();
        Assert.Equal("Basic w7w6bm86cDp3", sent);
        var read = Authorization.Parse(sent)!;
        Assert.Equal("ü", read.Username);
        Assert.Equal("no:p:w", read.Password);
    }

    [Theory]
    [InlineData("Basic //8=")]
    [InlineData("Basic YQ")]
    [InlineData("")]
    [InlineData(null)]
    public void Credentials_that_cannot_be_read_are_none(string? header) => Assert.Null(Authorization.Parse(header));

    [Fact]
    public void A_challenge_quotes_what_digest_clients_want_quoted() => Assert.Equal(
        "Digest realm=\"r\", nonce=\"n\", algorithm=MD5", new WwwAuthenticate("Digest", new() { ["realm"] = "r", ["nonce"] = "n", ["algorithm"] = "MD5" }).ToString());

    [Fact]
    public void A_range_knows_what_it_means_for_a_length()
    {
        Assert.Equal((500, 1000), ByteRange.Parse("bytes=500-")!.ForLength(1000));
        Assert.Equal((990, 1000), ByteRange.Parse("bytes=-10")!.ForLength(1000));
        Assert.Equal((0, 10), ByteRange.Parse("bytes=0-99999999999999999999")!.ForLength(10));
        Assert.Null(ByteRange.Parse("bytes=0-1,4-5")!.ForLength(1000));
        Assert.Null(ByteRange.Parse("items=0-1")!.ForLength(1000));
        Assert.Equal("bytes 990-999/1000", ByteRange.Parse("bytes=-10")!.ToContentRange(1000)!.ToString());
    }

    [Theory]
    [InlineData("Tue, 14 Nov 2023 22:13:20 GMT")]
    [InlineData("Tuesday, 14-Nov-23 22:13:20 GMT")]
    [InlineData("Tue Nov 14 22:13:20 2023")]
    [InlineData("14 Nov 2023 23:13:20 +0100")]
    [InlineData("Tue, 14 Nov 2023 17:13:20 EST")]
    public void Every_date_form_of_http_is_read(string text) => Assert.Equal(1_700_000_000, HttpDate.Parse(text)!.Value.ToUnixTimeSeconds());

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("Thu, 30 Feb 2024 12:00:00 GMT")]
    [InlineData("Thu, 29 Feb 2024 24:00:00 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 -0100")]
    public void What_is_no_date_is_null(string text) => Assert.Null(HttpDate.Parse(text));

    [Fact]
    public void Ages_are_whole_seconds()
    {
        Assert.Equal("90", HttpDate.FormatAge(TimeSpan.FromSeconds(90.9)));
        Assert.Equal(TimeSpan.FromSeconds(5), HttpDate.ParseAge("5"));
        Assert.Null(HttpDate.ParseAge("-5"));
        Assert.Null(HttpDate.ParseAge("99999999999999999"));
        Assert.Throws<ArgumentOutOfRangeException>(() => HttpDate.FormatAge(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public void Entity_tags_compare_strongly_and_weakly()
    {
        var tags = ETags.Parse("\"a\", W/\"b\"");
        Assert.True(tags.Contains("a"));
        Assert.False(tags.Contains("b"));
        Assert.True(tags.ContainsWeak("b"));
        Assert.True(tags.ContainsRaw("W/\"b\""));
        Assert.Equal("\"a\", W/\"b\"", tags.ToString());
        Assert.Equal("'a\"b' cannot be an ETag: it holds a quotation mark. Use letters, digits and punctuation. (Parameter 'tag')", Assert.Throws<ArgumentException>(() => ETags.Quote("a\"b")).Message);
        Assert.Equal("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", ETags.Generate("hello"u8));
    }
}

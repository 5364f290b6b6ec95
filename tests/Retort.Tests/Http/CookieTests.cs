using Retort.Http;

namespace Retort.Tests.Http;

public class CookieTests
{
    [Fact]
    public void The_first_cookie_of_a_name_is_found_without_reading_the_others()
    {
        Assert.Equal("x", CookieHeader.Find("a=1; session=x; session=y", "session"));
        Assert.Null(CookieHeader.Find("sessions=1; xsession=2", "session"));
        Assert.Null(CookieHeader.Find("=1", ""));
        Assert.Null(CookieHeader.Find(null, "a"));
    }

    [Fact]
    public void A_quoted_value_may_hold_semicolons_and_escapes()
    {
        var cookies = CookieHeader.Parse("a=\"x; y\\\"\\303\\274\" ; b=\"open; c=1");
        Assert.Equal([new("a", "x; y\"ü"), new("b", "\"open"), new("c", "1")], cookies.Items());
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("a;b,c \"q\" \\ \n é 日")]
    [InlineData("\u0001\u001f\u007f")]
    public void Any_value_comes_back_from_a_browser(string value)
    {
        var header = new SetCookie("k", value).ToHeader();
        Assert.Equal(value, CookieHeader.Find(header.Split("; Path")[0], "k"));
    }

    [Fact]
    public void Attributes_stand_in_werkzeugs_order()
    {
        var cookie = new SetCookie("k", "v")
        {
            Domain = ".Example.org:80",
            Expires = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
            MaxAge = TimeSpan.FromSeconds(60.9),
            HttpOnly = true,
            SameSite = "lax",
            Partitioned = true,
        };
        Assert.Equal(
            "k=v; Domain=Example.org; Expires=Tue, 14 Nov 2023 22:13:20 GMT; Max-Age=60; Secure; HttpOnly; Path=/; SameSite=Lax; Partitioned", cookie.ToString());
    }

    [Fact]
    public void A_life_without_end_expires_on_the_last_day_there_is() =>
        Assert.Contains("Expires=Fri, 31 Dec 9999 23:59:59 GMT; Max-Age=922337203685", new SetCookie("k") { MaxAge = TimeSpan.MaxValue }.ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_cookie_that_browsers_would_drop_is_warned_about()
    {
        string? warning = null;
        new SetCookie("big", new string('x', 5000)).ToHeader(text => warning = text);
        Assert.Equal(
            "The 'big' cookie is too large: the value was 5000 bytes but the header required 12 extra bytes. The final size was 5012 bytes but the limit is 4093 bytes. " +
            "Browsers may silently ignore cookies larger than this.", warning);
        new SetCookie("big", new string('x', 5000)).ToHeader(_ => Assert.Fail("the limit is off"), maxSize: 0);
    }

    [Fact]
    public void A_same_site_that_does_not_exist_is_refused() => Assert.Equal(
        "The cookie 'k' cannot have SameSite 'some'. Use 'Strict', 'Lax' or 'None'. (Parameter 'value')",
        Assert.Throws<ArgumentException>(() => new SetCookie("k") { SameSite = "some" }).Message);

    [Fact]
    public void A_domain_that_is_no_host_name_is_refused() => Assert.Equal(
        "The cookie 'k' cannot be sent to the domain 'é..de': it is not a host name. Check SESSION_COOKIE_DOMAIN or the domain argument.",
        Assert.Throws<ArgumentException>(() => new SetCookie("k") { Domain = "é..de" }.ToString()).Message);
}

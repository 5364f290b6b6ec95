using Retort.Http;

namespace Retort.Tests.Http;

public class UrlTests
{
    [Theory]
    [InlineData("http://☃.net/p\xe5th?q=\xe8ry%DF", "http://xn--n3h.net/p%C3%A5th?q=%C3%A8ry%DF")]
    [InlineData("/target?a=1&b=<2>", "/target?a=1&b=%3C2%3E")]
    [InlineData("HTTP://U%3A:p w@EXAMPLE.org:080/a b#ü", "http://U%3A:p%20w@example.org:80/a%20b#%C3%BC")]
    [InlineData("http://[::1]:8000/", "http://[::1]:8000/")]
    [InlineData("mailto:a@b", "mailto:a@b")]
    [InlineData("itms-services://?action=x", "itms-services://?action=x")]
    [InlineData("////evil.com", "////evil.com")]
    [InlineData(" \t/x\n", "/x")]
    [InlineData("http://h:99999/é", "http://h:99999/%C3%A9")]
    [InlineData("http://a..b.é/", "http://a..b.%C3%A9/")]
    [InlineData("", "")]
    public void An_iri_is_encoded_where_it_has_to_be(string iri, string uri) => Assert.Equal(uri, UriText.ToUri(iri));

    [Theory]
    [InlineData("http://xn--n3h.net/p%C3%A5th?q=%C3%A8ry%DF", "http://☃.net/p\xe5th?q=\xe8ry%DF")]
    [InlineData("/a%2Fb%3F?x=%26%3D%2B&y=%20#%25", "/a%2Fb%3F?x=%26%3D%2B&y=%20#%25")]
    [InlineData("/%E2%82", "/%E2%82")]
    // Werkzeug 2.2 kept all reserved characters of a query; since 2.3 those alone that mean something in it.
    [InlineData("/a%2Fb?next=%2Fc%3Fd%3A%40%23", "/a%2Fb?next=/c?d:@%23")]
    public void A_uri_is_decoded_where_its_meaning_stays(string uri, string iri) => Assert.Equal(iri, UriText.ToIri(uri));

    [Fact]
    public void The_redirect_page_links_to_the_target_as_given() => Assert.Equal(
        "<!doctype html>\n<html lang=en>\n<title>Redirecting...</title>\n<h1>Redirecting...</h1>\n" +
        "<p>You should be redirected automatically to the target URL: <a href=\"/a?b=1&amp;c=&lt;2&gt;\">/a?b=1&amp;c=&lt;2&gt;</a>. If not, click the link.\n",
        RedirectPage.Html("/a?b=1&c=<2>"));

    [Theory]
    [InlineData("/")]
    [InlineData("/a//b?next=//evil.com\\x#y")]
    [InlineData("/%2F/evil.com")]
    [InlineData("/search?q=http://evil.com")]
    [InlineData("http://ok.test/x")]
    [InlineData("HTTPS://OK.test")]
    [InlineData("https://ok.test?x")]
    public void A_target_on_the_own_host_is_safe(string url) => Assert.True(RedirectTargets.IsSafe(url, "ok.test"));

    [Fact]
    public void A_port_is_part_of_the_host()
    {
        Assert.True(RedirectTargets.IsSafe("http://ok.test:5000/", "ok.test:5000"));
        Assert.False(RedirectTargets.IsSafe("http://ok.test:5001/", "ok.test:5000"));
        Assert.False(RedirectTargets.IsSafe("http://ok.test/", "ok.test:5000"));
    }

    [Fact]
    public void Without_a_host_only_paths_are_safe()
    {
        Assert.True(RedirectTargets.IsSafe("/x"));
        Assert.False(RedirectTargets.IsSafe("http:///x"));
        Assert.False(RedirectTargets.IsSafe("http://ok.test/x"));
        Assert.False(RedirectTargets.IsSafe("http://", ""));
    }
}

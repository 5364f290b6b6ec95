namespace Retort.Signing.Tests;

public class RememberTokenTests
{
    private const string Cookie =
        "42|b004c6ce2101ea6a03239661c7258dafed7a368188b18664b48b9cb968c180b5df878809667601f668c61fb51110a7367ecfd8807420ba06e2388950183a841e";

    [Fact]
    public void A_cookie_is_that_of_Flask_Login() => Assert.Equal(Cookie, RememberToken.Encode("42", "dev"));

    [Fact]
    public void A_cookie_gives_its_user_back() => Assert.Equal("42", RememberToken.Decode(Cookie, "dev"));

    [Fact]
    public void A_user_id_may_contain_a_bar() => Assert.Equal("a|b", RememberToken.Decode(RememberToken.Encode("a|b", "dev"), "dev"));

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("42|")]
    [InlineData("42|ü")]
    [InlineData("\ud800|")]
    [InlineData("1" + Cookie)]
    [InlineData(Cookie + "0")]
    public void A_foreign_cookie_is_nobody(string cookie) => Assert.Null(RememberToken.Decode(cookie, "dev"));

    [Fact]
    public void A_user_id_without_UTF8_has_no_cookie() => Assert.Throws<ArgumentException>(() => RememberToken.Encode("\ud800", "dev"));

    [Fact]
    public void A_key_counts_as_Latin1()
    {
        Assert.Equal(RememberToken.Encode("1", [0xfc]), RememberToken.Encode("1", "ü"));
        var error = Assert.Throws<ArgumentException>(() => RememberToken.Encode("1", "€"));
        Assert.StartsWith("The secret key has characters outside Latin-1, which Flask-Login cannot use; pass bytes.", error.Message, StringComparison.Ordinal);
    }
}

using System.Text;

namespace Retort.Signing.Tests;

public class DigestTests
{
    [Theory]
    [InlineData("", "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f")]
    [InlineData("abc", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525")]
    public void SHA224_has_the_values_of_FIPS_180(string text, string digest) =>
        Assert.Equal(digest, Convert.ToHexStringLower(Digest.Parse("sha224").Hash(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void SHA224_of_a_million_letters_has_the_value_of_FIPS_180() =>
        Assert.Equal(
            "20794655980c91d8bbb4c1ea97618a4bf03f42581948b2ee4ee7ad67",
            Convert.ToHexStringLower(Digest.Parse("sha224").Hash(Encoding.ASCII.GetBytes(new string('a', 1_000_000)))));

    [Theory]
    [InlineData(20, "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22")]
    [InlineData(131, "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e")]
    public void HMAC_with_SHA224_has_the_values_of_RFC_4231(int keyLength, string code)
    {
        var (key, message) = keyLength == 20 ? ((byte)0x0b, "Hi There") : ((byte)0xaa, "Test Using Larger Than Block-Size Key - Hash Key First");
        using var mac = Mac.Create(Digest.Parse("sha224"), Enumerable.Repeat(key, keyLength).ToArray());
        var actual = new byte[28];
        mac.Compute(Encoding.ASCII.GetBytes(message), actual);
        mac.Compute(Encoding.ASCII.GetBytes(message), actual);
        Assert.Equal(code, Convert.ToHexStringLower(actual));
    }

    [Theory]
    [InlineData("md5", 16)]
    [InlineData("sha1", 20)]
    [InlineData("sha224", 28)]
    [InlineData("sha256", 32)]
    [InlineData("sha384", 48)]
    [InlineData("sha512", 64)]
    [InlineData("sha3_256", 32)]
    public void A_digest_has_its_size(string name, int size)
    {
        var digest = Digest.Parse(name);
        Assert.Equal((name, size, size), (digest.Name, digest.Size, digest.Hash([]).Length));
    }

    [Fact]
    public void A_digest_that_the_platform_lacks_is_refused_with_those_there_are()
    {
        var error = Assert.Throws<ArgumentException>(() => Digest.Parse("blake2b"));
        Assert.StartsWith(
            "No digest is called 'blake2b'; use one of md5, sha1, sha224, sha256, sha384, sha512, sha3_256, sha3_384, sha3_512.",
            error.Message, StringComparison.Ordinal);
    }
}

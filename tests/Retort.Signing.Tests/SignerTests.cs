using System.Text.RegularExpressions;

namespace Retort.Signing.Tests;

public class SignerTests
{
    private readonly Signer _signer = new("dev", "cookie-session");

    [Fact]
    public void A_signature_is_that_of_itsdangerous() =>
        Assert.Equal("hello.DhHjn6-8YUjmgkHIjv87dvgq1q4", _signer.Sign("hello"));

    [Fact]
    public void A_signed_value_is_given_back() => Assert.Equal("a.b.c", _signer.Unsign(_signer.Sign("a.b.c")));

    [Theory]
    [InlineData("hello.DhHjn6-8YUjmgkHIjv87dvgq1q5")] // the last character holds two bits that are not used
    [InlineData("hello.DhHjn6-8YUjmgkHIjv87dvgq1q6")]
    [InlineData("hello.DhHjn6-8YUjmgkHIjv87dvgq1q7")]
    [InlineData("hello.DhHjn6-8YUjmgkHIjv87dvgq1q5=")]
    [InlineData("hello.DhHjn6+8YUjmgkHIjv87dvgq1q4")]
    public void Security_37_a_signature_has_one_spelling(string signed)
    {
        Assert.True(_signer.Validate("hello.DhHjn6-8YUjmgkHIjv87dvgq1q4"));
        Assert.False(_signer.Validate(signed));
    }

    [Theory]
    [InlineData("hello.DhHjn6-8YUjmgkHIjv87dvgq1q4=")]
    [InlineData("hello.DhHjn6-8YUjmgkHIjv87dvgq1q4é")]
    public void Padding_and_foreign_characters_after_a_signature_are_passed_over_as_in_Python(string signed) =>
        Assert.Equal("hello", _signer.Unsign(signed));

    [Theory]
    [InlineData("hello.DhHjn6-8YUjmgkHIjv87dvgq1q4 ")]
    [InlineData("hello.DhHjn6-8YUjmgkHIjv87dvg")]
    [InlineData("hello.")]
    [InlineData("Hello.DhHjn6-8YUjmgkHIjv87dvgq1q4")]
    [InlineData("\ud800.DhHjn6-8YUjmgkHIjv87dvgq1q4")]
    public void An_altered_value_is_refused_with_its_payload(string signed)
    {
        var error = Assert.Throws<BadSignature>(() => _signer.Unsign(signed));
        Assert.Equal(signed[..signed.IndexOf('.', StringComparison.Ordinal)], error.Payload);
        Assert.Equal("The signature does not match the value; one of them was altered, or another key, salt or digest signed it.", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    public void A_value_without_separator_has_no_payload(string signed)
    {
        var error = Assert.Throws<BadSignature>(() => _signer.Unsign(signed));
        Assert.Null(error.Payload);
        Assert.Equal("There is no '.' in the signed text, so it has no signature; it was cut off or never signed.", error.Message);
    }

    [Fact]
    public void TryUnsign_returns_the_error_that_Unsign_throws()
    {
        Assert.IsType<BadSignature>(_signer.TryUnsign("hello.x").Error);
        Assert.Equal("hello", _signer.TryUnsign("hello.DhHjn6-8YUjmgkHIjv87dvgq1q4").Value);
    }

    [Fact]
    public void The_last_key_signs_and_each_is_accepted()
    {
        var rotated = new Signer(["older", "dev", "newest"], "cookie-session");
        Assert.Equal(new Signer("newest", "cookie-session").Sign("x"), rotated.Sign("x"));
        Assert.True(rotated.Validate(_signer.Sign("x")));
        Assert.False(_signer.Validate(rotated.Sign("x")));
    }

    [Fact]
    public void A_key_may_be_bytes() => Assert.Equal(_signer.Sign("x"), new Signer("dev"u8.ToArray(), "cookie-session").Sign("x"));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("-_")]
    [InlineData("=")]
    public void A_separator_that_a_signature_may_contain_is_refused(string separator)
    {
        var error = Assert.Throws<ArgumentException>(() => new SignerOptions { Separator = separator });
        Assert.StartsWith(
            $"The separator '{separator}' may be part of a signature; use none of ASCII letters, digits and '-_='.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_separator_may_have_several_characters()
    {
        var signer = new Signer("dev", "cookie-session", new SignerOptions { Separator = "~~" });
        Assert.Equal("a~b", signer.Unsign(signer.Sign("a~b")));
        Assert.StartsWith("hello~~DhHj", signer.Sign("hello"), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_without_UTF8_cannot_be_signed() => Assert.Throws<ArgumentException>(() => _signer.Sign("\ud800"));

    [Fact]
    public void One_signer_serves_all_threads()
    {
        var expected = Enumerable.Range(0, 50).Select(number => new Signer("dev").Sign($"value {number}")).ToArray();
        var shared = new Signer("dev");
        Parallel.For(0, 2000, i => Assert.Equal(expected[i % 50], shared.Sign($"value {i % 50}")));
    }

    [Theory]
    [InlineData("Signer.cs")]
    [InlineData("PasswordHash.cs")]
    [InlineData("RememberToken.cs")]
    [InlineData("CsrfToken.cs")]
    public void Security_37_secrets_are_compared_in_fixed_time(string file) =>
        Assert.Contains("CryptographicOperations.FixedTimeEquals(", File.ReadAllText(Path.Combine(SourceFolder, file)), StringComparison.Ordinal);

    [Fact]
    public void Randomness_is_the_cryptographic_one() =>
        Assert.DoesNotContain(Directory.GetFiles(SourceFolder, "*.cs"), file => Regex.IsMatch(File.ReadAllText(file), @"\bRandom\b"));

    private static string SourceFolder => Path.Combine(Retort.Tests.Shared.Repository.Root, "src", "Retort.Signing");
}

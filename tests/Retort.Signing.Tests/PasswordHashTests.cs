namespace Retort.Signing.Tests;

public class PasswordHashTests
{
    [Theory]
    [InlineData("scrypt:1024:8:1", "scrypt:1024:8:1$")]
    [InlineData("scrypt: 1_024 :+8:1", "scrypt:1024:8:1$")]
    [InlineData("pbkdf2:sha256:10", "pbkdf2:sha256:10$")]
    [InlineData("pbkdf2:sha1:10", "pbkdf2:sha1:10$")]
    [InlineData("pbkdf2:md5:10", "pbkdf2:md5:10$")]
    [InlineData("pbkdf2:sha224:10", "pbkdf2:sha224:10$")]
    [InlineData("pbkdf2:SHA2-512:10", "pbkdf2:SHA2-512:10$")]
    public void A_hash_names_its_method_and_verifies_its_password_alone(string method, string prefix)
    {
        var hash = PasswordHash.Generate("pässword", method);
        Assert.StartsWith(prefix, hash, StringComparison.Ordinal);
        Assert.True(PasswordHash.Check(hash, "pässword"));
        Assert.False(PasswordHash.Check(hash, "password"));
    }

    [Fact]
    public void The_defaults_are_those_of_Werkzeug_3_1()
    {
        Assert.Matches("^scrypt:32768:8:1\\$[a-zA-Z0-9]{16}\\$[0-9a-f]{128}$", PasswordHash.Generate("x"));
        Assert.Matches("^pbkdf2:sha256:1000000\\$[a-zA-Z0-9]{16}\\$[0-9a-f]{64}$", PasswordHash.Generate("x", "pbkdf2"));
    }

    [Fact]
    public void Salts_differ_and_have_the_length_asked_for()
    {
        var salts = Enumerable.Range(0, 20).Select(_ => PasswordHash.Generate("x", "pbkdf2:sha256:1", 3).Split('$')[1]).ToArray();
        Assert.All(salts, salt => Assert.Equal(3, salt.Length));
        Assert.True(salts.Distinct().Count() > 10);
        Assert.Throws<ArgumentOutOfRangeException>(() => PasswordHash.Generate("x", saltLength: 0));
    }

    [Theory]
    [InlineData("pbkdf2:md5:2$s$f66df50f8aaa11e4d9721e1312ff2e66")]
    [InlineData("pbkdf2:sha1:2$s$0cdc0e8ff0a3e4e9a76ad1f51b1cbff8e4f52b0f")]
    public void A_hash_of_another_password_is_refused(string hash) => Assert.False(PasswordHash.Check(hash, "x"));

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("a$b")]
    public void Text_that_is_no_hash_verifies_nothing(string hash) => Assert.False(PasswordHash.Check(hash, "x"));

    [Theory]
    [InlineData("plain$$x", "ValueError", "'plain' is not a password hash method; use scrypt or pbkdf2.")]
    [InlineData("$s$x", "ValueError", "'' is not a password hash method; use scrypt or pbkdf2.")]
    [InlineData("pbkdf2:nope:10$s$00", "ValueError", "'pbkdf2' has no digest 'nope' here; use sha256, sha512 or another that Digest names.")]
    [InlineData("pbkdf2:sha256:x$s$00", "ValueError", "The iterations of 'pbkdf2' are 'x', which is no whole number; write pbkdf2:sha256:1000000.")]
    [InlineData("pbkdf2:sha256:1__0$s$00", "ValueError", "The iterations of 'pbkdf2' are '1__0', which is no whole number; write pbkdf2:sha256:1000000.")]
    [InlineData("pbkdf2:sha256:1:2$s$00", "ValueError", "'pbkdf2' takes a digest and a number, not 'sha256:1:2'; write pbkdf2:sha256:1000000.")]
    [InlineData("pbkdf2:sha256:0$s$00", "ValueError", "'pbkdf2' cannot do 0 iterations; use at least one.")]
    [InlineData("pbkdf2:sha256:2147483648$s$00", "OverflowError", "'pbkdf2' cannot do 2147483648 iterations; use at most 2147483647.")]
    [InlineData("scrypt:16$s$00", "ValueError", "'scrypt' takes three numbers, not '16'; write scrypt:N:r:p, for example scrypt:32768:8:1.")]
    [InlineData("scrypt:a:8:1$s$00", "ValueError", "'scrypt' takes three numbers, not 'a:8:1'; write scrypt:N:r:p, for example scrypt:32768:8:1.")]
    [InlineData("scrypt:15:8:1$s$00", "ValueError", "N of 'scrypt:15:8:1' is not a power of two; use for example 32768.")]
    [InlineData("scrypt:2097152:8:1$s$00", "ValueError", "'scrypt:2097152:8:1' needs 2214592512 bytes, more than the 2147483647 allowed; use smaller numbers.")]
    [InlineData("pbkdf2:sha256:10$s$ü", "TypeError", "The hash behind the second '$' is not ASCII; it should be hexadecimal, so the stored text is damaged.")]
    public void A_method_that_is_malformed_or_not_supported_is_an_error(string hash, string pythonName, string message)
    {
        var error = Assert.Throws<PasswordHashError>(() => PasswordHash.Check(hash, "x"));
        Assert.Equal((pythonName, message), (error.PythonName, error.Message));
    }

    [Fact]
    public void A_password_without_UTF8_is_an_error() => Assert.Throws<PasswordHashError>(() => PasswordHash.Check("pbkdf2:sha256:1$s$00", "\ud800"));
}

namespace Retort.Signing.Tests;

public class SerializerTests
{
    private static readonly Dictionary<string, object?> Value = new() { ["id"] = 5, ["name"] = "jo" };

    [Fact]
    public void A_token_is_that_of_itsdangerous() =>
        Assert.Equal("{\"id\": 5, \"name\": \"jo\"}.6c4srA8mCV0nOkieyc5gX8b7Kf0", new Serializer("dev", "cookie-session").Dumps(Value));

    [Fact]
    public void A_URL_safe_token_is_that_of_itsdangerous() =>
        Assert.Equal("eyJpZCI6NSwibmFtZSI6ImpvIn0.OhAi7U5tQ-IqpLXwZDQOn6mu8c0", new UrlSafeSerializer("dev", "cookie-session").Dumps(Value));

    [Fact]
    public void The_value_is_given_back()
    {
        var serializer = new Serializer("dev");
        var value = Assert.IsType<OrderedDictionary<string, object?>>(serializer.Loads(serializer.Dumps(Value)));
        Assert.Equal([new("id", 5L), new("name", "jo")], value);
    }

    [Fact]
    public void A_token_of_another_salt_is_refused() =>
        Assert.Throws<BadSignature>(() => new Serializer("dev", "one").Loads(new Serializer("dev", "other").Dumps(1)));

    [Fact]
    public void A_good_signature_over_something_else_is_a_bad_payload()
    {
        var error = Assert.Throws<BadPayload>(() => new Serializer("dev").Loads(new Signer("dev", "itsdangerous").Sign("{nope")));
        Assert.Equal("The payload cannot be read, because it is not JSON at byte 1; another serializer or version wrote it.", error.Message);
        Assert.IsType<FormatException>(error.InnerException);
    }

    [Fact]
    public void Fallback_signers_are_accepted_but_never_sign()
    {
        var sha512 = new SignerOptions { Digest = Digest.Sha512 };
        var old = new Serializer("dev", options: sha512);
        var current = new Serializer("dev", fallbackSigners: [sha512]);
        Assert.Equal(1L, current.Loads(old.Dumps(1)));
        Assert.Equal(new Serializer("dev").Dumps(1), current.Dumps(1));
        Assert.Throws<BadSignature>(() => new Serializer("dev").Loads(old.Dumps(1)));
    }

    [Fact]
    public void LoadsUnsafe_shows_an_unsigned_value_and_says_so()
    {
        var serializer = new UrlSafeSerializer("dev");
        var token = serializer.Dumps("x");
        Assert.Equal((true, "x"), serializer.LoadsUnsafe(token));
        Assert.Equal((false, "x"), serializer.LoadsUnsafe(token + "x"));
        Assert.Equal((false, null), serializer.LoadsUnsafe("x"));
        Assert.Equal((false, null), serializer.LoadsUnsafe("x.y"));
    }

    [Fact]
    public void A_list_of_no_keys_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new Serializer([]));
        Assert.StartsWith(
            "The list of secret keys is empty, so nothing can be signed or verified; give at least one key.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_key_does_not_print_itself()
    {
        SecretKeys keys = ["hidden", "hidden too"];
        Assert.Equal("SecretKey (6 bytes)", keys.First().ToString());
    }
}

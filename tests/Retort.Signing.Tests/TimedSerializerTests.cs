namespace Retort.Signing.Tests;

public class TimedSerializerTests
{
    private static readonly SignerOptions Sha512 = new() { Digest = Digest.Sha512 };
    private readonly FixedClock _clock = new();

    [Fact]
    public void A_token_is_that_of_itsdangerous()
    {
        var value = new { id = 5, name = "jo" };
        Assert.Equal(
            "{\"id\": 5, \"name\": \"jo\"}.ZVPxAA.m1E95QGhrRFrUnsQmiaWUvIv-4A", new TimedSerializer("dev", "cookie-session", clock: _clock).Dumps(value));
        Assert.Equal(
            "eyJpZCI6NSwibmFtZSI6ImpvIn0.ZVPxAA.re3JNmKfVOXM9kn2ifKB1uwHsfA", new UrlSafeTimedSerializer("dev", "cookie-session", clock: _clock).Dumps(value));
    }

    [Fact]
    public void A_token_expires()
    {
        var serializer = new UrlSafeTimedSerializer("dev", clock: _clock);
        var token = serializer.Dumps("x");
        _clock.Now += 60;
        Assert.Equal("x", serializer.Loads(token, TimeSpan.FromMinutes(1)));
        _clock.Now++;
        Assert.Throws<SignatureExpired>(() => serializer.Loads(token, TimeSpan.FromMinutes(1)));
        Assert.Equal((false, "x"), serializer.LoadsUnsafe(token, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void The_time_of_signing_is_in_the_result()
    {
        var serializer = new UrlSafeTimedSerializer("dev", clock: _clock);
        Assert.Equal(_clock.GetUtcNow(), serializer.TryLoads(serializer.Dumps("x")).DateSigned);
    }

    [Fact]
    public void Fallback_signers_are_accepted()
    {
        var old = new UrlSafeTimedSerializer("dev", options: Sha512, clock: _clock);
        Assert.Equal("x", new UrlSafeTimedSerializer("dev", clock: _clock, fallbackSigners: [Sha512]).Loads(old.Dumps("x")));
    }

    [Fact]
    public void An_expired_token_is_not_tried_with_the_fallback_signers()
    {
        var serializer = new UrlSafeTimedSerializer("dev", clock: _clock, fallbackSigners: [Sha512]);
        var token = serializer.Dumps("x");
        _clock.Now += 10;
        Assert.IsType<SignatureExpired>(serializer.TryLoads(token, TimeSpan.FromSeconds(1)).Error);
    }
}

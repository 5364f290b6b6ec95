namespace Retort.Signing.Tests;

public class TimestampSignerTests
{
    private static readonly DateTimeOffset SignedAt = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private readonly FixedClock _clock = new();
    private readonly TimestampSigner _signer;

    public TimestampSignerTests() => _signer = new TimestampSigner("dev", "cookie-session", clock: _clock);

    [Fact]
    public void A_signature_is_that_of_itsdangerous() => Assert.Equal("hello.ZVPxAA.CaAHYctNX-hfKkkRgXS4gvCwobM", _signer.Sign("hello"));

    [Theory]
    [InlineData(0, "v..P-wPPgZK3yl_HtatSejbsk-sko8")]
    [InlineData(255, "v._w.j7REb9Z-X3cP_VD_BlAzVDk6i2E")]
    [InlineData(4294967296, "v.AQAAAAA.T9g4jNntMQZBL-VYeHE8hbjVFCU")]
    public void A_timestamp_has_no_leading_zero_bytes(long now, string signed)
    {
        _clock.Now = now;
        Assert.Equal(signed, _signer.Sign("v"));
        Assert.Equal(now, _signer.TryUnsign(signed).DateSigned!.Value.ToUnixTimeSeconds());
    }

    [Fact]
    public void The_time_of_signing_is_given_back()
    {
        var result = _signer.TryUnsign(_signer.Sign("hello"));
        Assert.Equal(("hello", SignedAt), (result.Value, result.DateSigned));
    }

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(11, 10, false)]
    [InlineData(0, 0, true)]
    [InlineData(-1, 10, false)]
    public void A_value_is_accepted_up_to_and_including_the_greatest_age(int age, int maxAge, bool accepted)
    {
        var signed = _signer.Sign("hello");
        _clock.Now += age;
        Assert.Equal(accepted, _signer.Validate(signed, TimeSpan.FromSeconds(maxAge)));
        Assert.True(_signer.Validate(signed));
    }

    [Fact]
    public void An_expired_value_tells_its_age_date_and_payload()
    {
        var signed = _signer.Sign("hello");
        _clock.Now += 61;
        var error = Assert.Throws<SignatureExpired>(() => _signer.Unsign(signed, TimeSpan.FromMinutes(1)));
        Assert.Equal("The signature is 61 seconds old, more than the 60 allowed; get a new one.", error.Message);
        Assert.Equal(("hello", SignedAt), (error.Payload, error.DateSigned));
    }

    [Fact]
    public void A_value_from_the_future_is_refused_when_age_matters()
    {
        var signed = _signer.Sign("hello");
        _clock.Now -= 5;
        var error = Assert.Throws<SignatureExpired>(() => _signer.Unsign(signed, TimeSpan.FromMinutes(1)));
        Assert.Equal("The signature is 5 seconds from the future; compare the clocks of both machines.", error.Message);
    }

    [Fact]
    public void A_bad_signature_still_tells_the_claimed_date()
    {
        var error = Assert.Throws<BadTimeSignature>(() => _signer.Unsign("hello.ZVPxAA.xxxx"));
        Assert.Equal(("hello", SignedAt), (error.Payload, error.DateSigned));
    }

    [Fact]
    public void A_value_that_another_signer_signed_has_no_timestamp()
    {
        var signed = new Signer("dev", "cookie-session").Sign("hello");
        var error = Assert.Throws<BadTimeSignature>(() => _signer.Unsign(signed));
        Assert.Equal("The signature matches but there is no timestamp; a signer without one signed it.", error.Message);
    }

    [Theory]
    [InlineData("f____________________w")] // sixteen bytes
    [InlineData("f_________8")] // far beyond the last date
    [InlineData("A")] // no base64
    public void A_timestamp_that_is_no_date_is_refused(string timestamp)
    {
        var signed = new Signer("dev", "cookie-session").Sign($"hello.{timestamp}");
        var error = Assert.Throws<BadTimeSignature>(() => _signer.Unsign(signed));
        Assert.Null(error.DateSigned);
        Assert.Equal("The signature matches but the timestamp is malformed; something else was signed.", error.Message);
    }
}

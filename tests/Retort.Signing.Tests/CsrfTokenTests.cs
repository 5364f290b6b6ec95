namespace Retort.Signing.Tests;

public class CsrfTokenTests
{
    private const string Raw = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    private const string Token = "ImRhMzlhM2VlNWU2YjRiMGQzMjU1YmZlZjk1NjAxODkwYWZkODA3MDki.ZVPxAA.ePCV3eD6aqtIv0VjsmATjjmRpJ8";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly FixedClock _clock = new();
    private readonly CsrfToken _csrf;

    public CsrfTokenTests() => _csrf = new CsrfToken("dev", clock: _clock);

    [Fact]
    public void A_token_is_that_of_Flask_WTF() => Assert.Equal(Token, _csrf.Generate(Raw));

    [Theory]
    [InlineData(Token, Raw, null)]
    [InlineData(null, Raw, "The CSRF token is missing.")]
    [InlineData("", Raw, "The CSRF token is missing.")]
    [InlineData(Token, null, "The CSRF session token is missing.")]
    [InlineData(Token, "other", "The CSRF tokens do not match.")]
    [InlineData(Raw, Raw, "The CSRF token is invalid.")]
    public void A_token_is_good_for_its_session_alone(string? token, string? session, string? error) =>
        Assert.Equal(error, _csrf.Validate(token, session, Hour));

    [Fact]
    public void A_token_expires_unless_there_is_no_limit()
    {
        _clock.Now += 3601;
        Assert.Equal("The CSRF token has expired.", _csrf.Validate(Token, Raw, Hour));
        Assert.Null(_csrf.Validate(Token, Raw, null));
    }

    [Fact]
    public void A_signed_value_that_is_no_text_does_not_match() =>
        Assert.Equal("The CSRF tokens do not match.", _csrf.Validate(new UrlSafeTimedSerializer("dev", "wtf-csrf-token", clock: _clock).Dumps(1), "1", Hour));

    [Fact]
    public void A_session_token_is_new_each_time()
    {
        Assert.Matches("^[0-9a-f]{40}$", CsrfToken.NewSessionToken());
        Assert.NotEqual(CsrfToken.NewSessionToken(), CsrfToken.NewSessionToken());
    }
}

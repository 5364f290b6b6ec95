namespace Retort.Signing.Tests;

/// <summary>Security row 36: a change of a default would break every token in use. Tokens of the Python originals, key <c>dev</c>, at 1700000000.</summary>
public class GoldenTokenTests
{
    private static readonly FixedClock Clock = new();

    private static UrlSafeTimedSerializer Session(SecretKeys keys) => new(keys, "cookie-session", new TaggedJson(), SignerOptions.FlaskSession, Clock);

    [Fact]
    public void Security_36_a_session_cookie_of_Flask_is_read()
    {
        const string cookie = "eyJfdXNlcl9pZCI6IjQyIiwiX2ZyZXNoIjp0cnVlLCJjc3JmX3Rva2VuIjoiZGEzOWEzZWU1ZTZiNGIwZDMyNTViZmVmOTU2MDE4OTBhZmQ4MDcwOSJ9"
            + ".ZVPxAA.JyKFE1CRgC9sd--a-aMgKCOx5zo";
        var session = Assert.IsType<OrderedDictionary<string, object?>>(Session("dev").Loads(cookie));
        Assert.Equal([new("_user_id", "42"), new("_fresh", true), new("csrf_token", "da39a3ee5e6b4b0d3255bfef95601890afd80709")], session);
    }

    [Fact]
    public void Security_4_the_current_key_signs_and_not_a_fallback()
    {
        var rotated = Session(["old", "new"]);
        Assert.Equal("eyJhIjoxfQ.ZVPxAA.MURRRJpDg3aWu7ejt2QVczD6Tmg", rotated.Dumps(new { a = 1 }));
        Assert.True(Session("new").TryLoads(rotated.Dumps(new { a = 1 })).Ok);
        Assert.True(rotated.TryLoads(Session("old").Dumps(new { a = 1 })).Ok);
        Assert.False(Session("old").TryLoads(rotated.Dumps(new { a = 1 })).Ok);
    }

    [Fact]
    public void Security_36_a_token_of_Flask_Security_is_written() =>
        Assert.Equal(
            "eyJ2ZXIiOiI1IiwidWlkIjoiYWJjIiwiZnNfcGFhIjoxNzAwMDAwMDAwLjUsImV4cCI6MH0",
            new UrlSafeTimedSerializer("dev", clock: Clock).Dumps(new { ver = "5", uid = "abc", fs_paa = 1700000000.5, exp = 0 }).Split('.')[0]);

    [Fact]
    public void Security_36_a_session_id_of_Flask_Session_is_written() =>
        Assert.Equal("abc.PJw42rZcwe82Whbo0poRR9mBVes", new Signer("dev", "flask-session", SignerOptions.FlaskSession).Sign("abc"));
}

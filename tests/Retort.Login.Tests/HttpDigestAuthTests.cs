using System.Security.Cryptography;
using System.Text;
using Retort.Http;
using Retort.Testing;

namespace Retort.Login.Tests;

public sealed class HttpDigestAuthTests
{
    /// <summary>Source: RFC 2617, 3.5.</summary>
    [Fact]
    public async Task The_example_of_the_RFC_is_accepted()
    {
        var app = HttpAuths.Make();
        var auth = new HttpDigestAuth(app, realm: "testrealm@host.com");
        auth.GetPassword(user => user == "Mufasa" ? "Circle Of Life" : null);
        auth.Nonces(_ => "dcd98b7102dd2f0e8b11d0f600bfb0c093", (_, nonce) => nonce == "dcd98b7102dd2f0e8b11d0f600bfb0c093");
        auth.Opaques(_ => "5ccc069c403ebaf9f0171e9517f40e41", (_, opaque) => opaque == "5ccc069c403ebaf9f0171e9517f40e41");
        app.Get("/dir/index.html", [HttpAuthRequired] () => $"hello {auth.CurrentUser}");
        const string sent =
            """
            Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1", opaque="5ccc069c403ebaf9f0171e9517f40e41"
            """;
        Assert.Equal("200 hello Mufasa", await app.Answer(sent, "/dir/index.html"));
        Assert.Equal("401 Unauthorized Access", await app.Answer(sent.Replace("response=\"6", "response=\"7", StringComparison.Ordinal), "/dir/index.html"));
        Assert.Equal("401 Unauthorized Access", await app.Answer(sent.Replace("nc=00000001", "nc=00000002", StringComparison.Ordinal), "/dir/index.html"));
    }

    [Fact]
    public async Task The_challenge_is_as_Flask_HTTPAuth_sends_it()
    {
        var (app, _) = Make(new HttpDigestAuth());
        Assert.Matches("^Digest realm=\"Authentication Required\",nonce=\"[0-9a-f]{32}\",opaque=\"[0-9a-f]{32}\",algorithm=\"MD5\",qop=\"auth\"$", await Challenge(app));
        Assert.Matches("^Digest realm=\"r\",nonce=\"[0-9a-f]{32}\",opaque=\"[0-9a-f]{32}\"$", await Challenge(Make(new HttpDigestAuth(realm: "r", qop: false)).App));
        Assert.EndsWith(",algorithm=\"MD5-Sess\",qop=\"auth\"", await Challenge(Make(new HttpDigestAuth(algorithm: DigestAlgorithm.Md5Sess)).App), StringComparison.Ordinal);
        Assert.NotEqual(await Challenge(app), await Challenge(app));
    }

    public static TheoryData<DigestAlgorithm, bool, bool> Kinds => new()
    {
        { DigestAlgorithm.Md5, true, false },
        { DigestAlgorithm.Md5, false, false },
        { DigestAlgorithm.Md5, true, true },
        { DigestAlgorithm.Md5Sess, true, false },
        { DigestAlgorithm.Md5Sess, true, true },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_proof_of_the_password_opens(DigestAlgorithm algorithm, bool qop, bool ha1)
    {
        var (app, auth) = Make(new HttpDigestAuth(algorithm: algorithm, qop: qop, useHa1Password: ha1));
        var client = app.TestClient();
        var proof = await Prove(client, auth);
        Assert.Equal("hello jö", (await client.As(proof, "/x?a=1")).Text);
        Assert.Equal(401, (await client.As(await Prove(client, auth, password: "wrong"), "/x?a=1")).StatusCode);
        Assert.Equal(401, (await client.As(await Prove(client, auth, user: "al"), "/x?a=1")).StatusCode);
    }

    [Fact]
    public async Task A_proof_for_another_session_realm_method_or_page_opens_nothing()
    {
        var (app, auth) = Make(new HttpDigestAuth());
        var client = app.TestClient();
        var proof = await Prove(client, auth);
        Assert.Equal(401, (await app.TestClient().As(proof, "/x?a=1")).StatusCode);
        Assert.Equal(401, (await client.Post("/x?a=1", headers: new { Authorization = proof })).StatusCode);
        Assert.Equal(401, (await client.As(await Prove(client, auth), "/x?a=2")).StatusCode);
        Assert.Equal(401, (await client.As(await Prove(client, auth, realm: "another"), "/x?a=1")).StatusCode);
        // The first refusal has made another nonce.
        Assert.Equal(401, (await client.As(proof, "/x?a=1")).StatusCode);
        Assert.Equal(200, (await client.As(await Prove(client, auth, uri: "http://localhost/x?a=1"), "/x?a=1")).StatusCode);
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("opaque")]
    [InlineData("realm")]
    public async Task Nonce_opaque_and_realm_each_have_to_be_those_of_the_challenge(string part)
    {
        // Of an HA1 the realm is no part that the proof could show.
        var (app, auth) = Make(new HttpDigestAuth(useHa1Password: true));
        var client = app.TestClient();
        Assert.Equal(200, (await client.As(await Prove(client, auth), "/x?a=1")).StatusCode);
        Assert.Equal(401, (await client.As(await Prove(client, auth, replace: (part, "made up")), "/x?a=1")).StatusCode);
    }

    [Fact]
    public async Task Where_paths_are_rewritten_the_page_is_not_looked_at()
    {
        var (app, auth) = Make(new HttpDigestAuth { ChecksUri = false });
        var client = app.TestClient();
        Assert.Equal(200, (await client.As(await Prove(client, auth, uri: "/outside"), "/x?a=1")).StatusCode);
    }

    [Theory]
    [InlineData("username")]
    [InlineData("realm")]
    [InlineData("nonce")]
    [InlineData("uri")]
    [InlineData("response")]
    [InlineData("opaque")]
    [InlineData("nc")]
    [InlineData("cnonce")]
    public async Task A_proof_that_lacks_a_part_opens_nothing(string part)
    {
        var (app, auth) = Make(new HttpDigestAuth(algorithm: DigestAlgorithm.Md5Sess));
        var client = app.TestClient();
        var proof = await Prove(client, auth);
        var pairs = ListHeader.ParsePairs(proof["Digest ".Length..]).Where(pair => pair.Key != part);
        Assert.Equal(401, (await client.As("Digest " + ListHeader.Dump(pairs), "/x?a=1")).StatusCode);
    }

    [Theory]
    [InlineData("Digest")]
    [InlineData("Digest x")]
    [InlineData("Digest username=\"jo")]
    [InlineData("Digest username=,realm=,nonce=,uri=,response=")]
    [InlineData("Basic am86c2VjcmV0")]
    public async Task Broken_credentials_are_none(string authorization) =>
        Assert.Equal(401, (await Make(new HttpDigestAuth()).App.TestClient().As(authorization, "/x")).StatusCode);

    private static (App App, HttpDigestAuth Auth) Make(HttpDigestAuth auth)
    {
        var app = HttpAuths.Make();
        auth.InitApp(app);
        auth.GetPassword(user => user != "jö" ? null : auth.UsesHa1Password ? auth.GenerateHa1("jö", "sécret") : "sécret");
        app.Route("/x", [HttpAuthRequired] () => $"hello {auth.CurrentUser}", methods: ["GET", "POST"]);
        return (app, auth);
    }

    private static async Task<string> Challenge(App app) => (await app.TestClient().Get("/x")).Headers.Get("WWW-Authenticate")!;

    /// <summary>What a browser would answer to the challenge.</summary>
    private static async Task<string> Prove(TestClient client, HttpDigestAuth auth, string user = "jö", string password = "sécret", string? realm = null, string uri = "/x?a=1", (string Part, string Value)? replace = null)
    {
        var challenge = new Dictionary<string, string?>(ListHeader.ParsePairs((await client.Get("/x")).Headers.Get("WWW-Authenticate")!["Digest ".Length..]));
        realm ??= challenge["realm"];
        var ha1 = Md5($"{user}:{realm}:{password}");
        if (replace is var (part, value))
            challenge[part] = value;
        if (replace is ("realm", var other))
            realm = other;
        if (auth.Algorithm == DigestAlgorithm.Md5Sess)
            ha1 = Md5($"{ha1}:{challenge["nonce"]}:c1");
        var ha2 = Md5($"GET:{uri}");
        var response = Md5(auth.Qop ? $"{ha1}:{challenge["nonce"]}:00000001:c1:auth:{ha2}" : $"{ha1}:{challenge["nonce"]}:{ha2}");
        return $"Digest username=\"{user}\", realm=\"{realm}\", nonce=\"{challenge["nonce"]}\", uri=\"{uri}\", response=\"{response}\", opaque=\"{challenge["opaque"]}\""
            + (auth.Qop ? ", qop=auth, nc=00000001, cnonce=\"c1\"" : "");
    }

    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}

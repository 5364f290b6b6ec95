using FsCheck;
using FsCheck.Fluent;
using Retort.Http;
using Retort.Testing;
using static Retort.Login.LoginGlobals;

namespace Retort.Login.Tests;

/// <summary>Whatever a stranger sends: nobody is let in, nothing breaks.</summary>
public sealed class LoginProperties
{
    private static readonly string[] Pieces =
    [
        "Basic", "Digest", "Bearer", " ", "\t", ",", "=", "==", "\"", "\\", ":", "username", "realm", "nonce", "uri", "response", "opaque", "qop", "auth", "nc", "cnonce", "jo", "am86c2VjcmV0", "é", "\ud83d\ude00", "\ud800", "\u0000", "%2f", "x",
    ];

    private static readonly string[] UrlPieces =
    [
        "/", "//", "\\", "http:", "https:", "http://", "javascript:", "evil.com", "localhost", "@", ":", "?", "#", "next=", "%2f", "%5c", "\t", "\n", "\r", " ", "\u0000", "\u00a0", "\u2025", "é", ".", "..", "a", "&", "=",
    ];

    [Fact]
    public void Credentials_made_of_anything_open_nothing()
    {
        var app = HttpAuths.Make();
        var (basic, digest, token) = (new HttpBasicAuth(), new HttpDigestAuth(), new HttpTokenAuth());
        basic.VerifyPassword((user, password) => user == "jo" && password == "the right one");
        digest.GetPassword(user => user == "jo" ? "secret" : null);
        token.VerifyToken(sent => sent == "the right one");
        foreach (var (auth, name) in new[] { ((HttpAuthBase)basic, "basic"), (digest, "digest"), (token, "token"), (new MultiAuth(basic, digest, token), "multi") })
            auth.InitApp(app, name);
        app.Get("/basic", [HttpAuthRequired("basic")] () => "open");
        app.Get("/digest", [HttpAuthRequired("digest")] () => "open");
        app.Get("/token", [HttpAuthRequired("token")] () => "open");
        app.Get("/multi", [HttpAuthRequired("multi")] () => "open");
        Check(Texts(Pieces), header =>
        {
            foreach (var path in new[] { "/basic", "/digest", "/token", "/multi" })
                Assert.Equal(401, app.TestClient().As(header, path).GetAwaiter().GetResult().StatusCode);
        });
    }

    [Fact]
    public void A_next_made_of_anything_stays_on_the_host()
    {
        var (app, _) = Logins.Make();
        Check(Texts(UrlPieces), next =>
        {
            using (app.TestRequestContext("/login", query: new { next }))
            {
                var target = NextUrl("/fallback");
                // As a browser reads it: controls are dropped, backslashes are slashes.
                var read = new string([.. target.Where(character => character > ' ')]).Replace('\\', '/');
                Assert.True((read.StartsWith('/') && !read.StartsWith("//", StringComparison.Ordinal)) || new Uri(target).Authority == "localhost", $"{next} leads to {target}");
            }
        });
    }

    [Fact]
    public void The_page_to_come_back_to_is_a_path_of_the_host_for_any_path()
    {
        var (app, _) = Logins.Make();
        // The server answers a path with a NUL itself.
        Check(Texts([.. UrlPieces.Where(piece => piece != "\u0000")]).Select(text => "/" + Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal)), path =>
        {
            using (app.TestRequestContext(path))
                Assert.True(RedirectTargets.IsSafe(LoginUrls.Next("/login", Globals.Request.Url)), $"{path} comes back to {LoginUrls.Next("/login", Globals.Request.Url)}");
        });
    }

    private static Gen<string> Texts(string[] pieces) => Gen.Elements(pieces).ListOf().Select(list => string.Concat(list));

    private static void Check(Gen<string> texts, Action<string> check) =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(texts), text => { check(text); return true; }));
}

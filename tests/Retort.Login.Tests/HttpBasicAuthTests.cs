using System.Text;
using Retort.Testing;

namespace Retort.Login.Tests;

public sealed class HttpBasicAuthTests
{
    [Fact]
    public async Task The_right_password_opens_and_nothing_else_does()
    {
        var (app, _) = Make();
        Assert.Equal("200 hello jo", await app.Answer(HttpAuths.Basic("jo", "secret")));
        Assert.Equal("200 hello jo", await app.Answer(HttpAuths.Basic("jo", "secret").Replace("Basic", "bASIC", StringComparison.Ordinal)));
        foreach (var wrong in new[] { null, HttpAuths.Basic("jo", "wrong"), HttpAuths.Basic("al", "secret"), HttpAuths.Basic("jo", ""), "Basic", "Basic ", "Basic !!!", "Basic am8=", "Bearer am86c2VjcmV0", "am86c2VjcmV0", "" })
            Assert.Equal("401 Unauthorized Access", await app.Answer(wrong));
    }

    [Fact]
    public async Task A_refusal_is_as_Flask_HTTPAuth_sends_it()
    {
        var (app, _) = Make();
        var response = await app.TestClient().Get("/");
        Assert.Equal("Basic realm=\"Authentication Required\"", response.Headers.Get("WWW-Authenticate"));
        Assert.Equal("text/html; charset=utf-8", response.ContentType);
        var other = HttpAuths.Make();
        _ = new HttpBasicAuth(other, scheme: "X-Basic", realm: "here");
        other.Get("/", [HttpAuthRequired] () => "open");
        Assert.Equal("X-Basic realm=\"here\"", (await other.TestClient().Get("/")).Headers.Get("WWW-Authenticate"));
        Assert.Throws<ArgumentException>(() => new HttpBasicAuth(realm: "a\"b"));
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, ":")]
    public async Task Row_106_cve_2026_34531_without_credentials_nobody_is_asked_unless_the_app_wants_it(bool wanted, string expected)
    {
        var app = HttpAuths.Make();
        var asked = new StringBuilder();
        var auth = new HttpBasicAuth(app) { VerifiesAnonymous = wanted };
        auth.VerifyPassword((user, password) => { asked.Append($"{user}:{password}"); return false; });
        app.Get("/", [HttpAuthRequired] () => "open");
        Assert.Equal("401 Unauthorized Access", await app.Answer(null));
        Assert.Equal(expected, asked.ToString());
        Assert.Equal("401 Unauthorized Access", await app.Answer(HttpAuths.Basic("", "")));
        Assert.Equal(expected + expected, asked.ToString());
    }

    [Fact]
    public async Task Names_and_passwords_are_UTF_8_or_Latin_1_and_passwords_may_hold_colons()
    {
        var app = HttpAuths.Make();
        var auth = new HttpBasicAuth(app);
        auth.VerifyPassword((user, password) => $"{user}|{password}");
        app.Get("/", [HttpAuthRequired] () => $"{auth.CurrentUser} {auth.Username}");
        Assert.Equal("200 jö|a:b jö", await app.Answer(HttpAuths.Basic("jö", "a:b")));
        Assert.Equal("200 jö|é jö", await app.Answer("Basic " + Convert.ToBase64String(Encoding.Latin1.GetBytes("jö:é"))));
    }

    [Fact]
    public async Task Passwords_can_be_told_and_hashed()
    {
        var app = HttpAuths.Make();
        var (plain, hashed, salted) = (new HttpBasicAuth(), new HttpBasicAuth(), new HttpBasicAuth());
        plain.GetPassword(user => user == "jo" ? "secret" : null);
        hashed.GetPassword(async user => { await Task.Yield(); return user == "jo" ? "SECRET" : null; });
        hashed.HashPassword(password => password.ToUpperInvariant());
        salted.GetPassword(user => user == "jo" ? "jo+secret" : null);
        salted.HashPassword((user, password) => $"{user}+{password}");
        foreach (var (auth, name) in new[] { (plain, "plain"), (hashed, "hashed"), (salted, "salted") })
            auth.InitApp(app, name);
        app.Get("/plain", [HttpAuthRequired("plain")] () => $"{plain.CurrentUser}");
        app.Get("/hashed", [HttpAuthRequired("hashed")] () => $"{hashed.CurrentUser}");
        app.Get("/salted", [HttpAuthRequired("salted")] () => $"{salted.CurrentUser}");
        foreach (var path in new[] { "/plain", "/hashed", "/salted" })
        {
            Assert.Equal("200 jo", await app.Answer(HttpAuths.Basic("jo", "secret"), path));
            Assert.Equal("401 Unauthorized Access", await app.Answer(HttpAuths.Basic("jo", "wrong"), path));
            Assert.Equal("401 Unauthorized Access", await app.Answer(HttpAuths.Basic("al", ""), path));
        }
    }

    [Fact]
    public async Task Roles_are_needed_one_of_several_or_all_of_a_group()
    {
        var (app, auth) = Make();
        auth.GetUserRoles(user => (string)user == "jo" ? ["author", "editor"] : null);
        app.Get("/admin", [HttpAuthRequired(Role = "admin")] () => "admin");
        app.Get("/editor", [HttpAuthRequired(Roles = ["admin", "editor"])] () => "editor");
        app.Get("/both", [HttpAuthRequired(Role = "author & editor")] () => "both");
        app.Get("/all", [HttpAuthRequired(Roles = ["author&admin"])] () => "all");
        var jo = HttpAuths.Basic("jo", "secret");
        Assert.Equal("403 Unauthorized Access", await app.Answer(jo, "/admin"));
        Assert.Equal("Basic realm=\"Authentication Required\"", (await app.TestClient().As(jo, "/admin")).Headers.Get("WWW-Authenticate"));
        Assert.Equal("200 editor", await app.Answer(jo, "/editor"));
        Assert.Equal("200 both", await app.Answer(jo, "/both"));
        Assert.Equal("403 Unauthorized Access", await app.Answer(jo, "/all"));
        Assert.Equal("401 Unauthorized Access", await app.Answer(null, "/admin"));
        Assert.Equal("403 Unauthorized Access", await app.Answer(HttpAuths.Basic("ann", "secret"), "/editor"));
    }

    [Fact]
    public async Task Roles_of_a_user_who_is_only_known_to_be_right_are_told_by_their_credentials()
    {
        var app = HttpAuths.Make();
        var auth = new HttpBasicAuth(app);
        auth.VerifyPassword((user, password) => password == "secret");
        auth.GetUserRoles(async user => { await Task.Yield(); return new[] { ((Retort.Http.Authorization)user).Username! }; });
        app.Get("/", [HttpAuthRequired(Role = "jo")] () => $"{auth.CurrentUser}");
        Assert.Equal("200 jo", await app.Answer(HttpAuths.Basic("jo", "secret")));
        Assert.Equal("403 Unauthorized Access", await app.Answer(HttpAuths.Basic("al", "secret")));
    }

    [Fact]
    public async Task Where_it_is_optional_visitors_pass_without_a_user()
    {
        var (app, auth) = Make();
        app.Get("/open", [HttpAuthRequired(Optional = true)] () => $"{auth.CurrentUser ?? "nobody"}");
        Assert.Equal("200 jo", await app.Answer(HttpAuths.Basic("jo", "secret"), "/open"));
        Assert.Equal("200 nobody", await app.Answer(HttpAuths.Basic("jo", "wrong"), "/open"));
        Assert.Equal("200 nobody", await app.Answer(null, "/open"));
    }

    [Fact]
    public async Task Refusals_can_be_written_by_the_app()
    {
        var (app, auth) = Make();
        auth.ErrorHandler(status => $"no: {status}");
        Assert.Equal("401 no: 401", await app.Answer(null));
        auth.ErrorHandler(async status => { await Task.Yield(); var own = new Response("own", 418); own.Headers["WWW-Authenticate"] = "Own"; return own; });
        var response = await app.TestClient().Get("/");
        Assert.Equal((418, "Own"), (response.StatusCode, response.Headers.Get("WWW-Authenticate")));
    }

    [Fact]
    public async Task It_goes_around_view_classes_and_blueprints_and_lets_OPTIONS_pass()
    {
        var (app, auth) = Make();
        app.AddUrlRule("/class", "class", () => new Closed());
        app.Route("/options", [HttpAuthRequired] (Retort.Http.Request request) => request.Method, methods: ["GET", "OPTIONS"]);
        var blueprint = new Blueprint("api") { UrlPrefix = "/api" };
        blueprint.BeforeRequest((Context context) => auth.Authenticate(context));
        blueprint.Get("/", () => $"{auth.CurrentUser}", endpoint: "index");
        app.RegisterBlueprint(blueprint);
        Assert.Equal("401 Unauthorized Access", await app.Answer(null, "/class"));
        Assert.Equal("200 closed", await app.Answer(HttpAuths.Basic("jo", "secret"), "/class"));
        Assert.Equal("401 Unauthorized Access", await app.Answer(null, "/api/"));
        Assert.Equal("200 jo", await app.Answer(HttpAuths.Basic("jo", "secret"), "/api/"));
        Assert.Equal("OPTIONS", (await app.TestClient().Options("/options")).Text);
    }

    [Fact]
    public async Task An_attribute_that_means_nothing_in_the_app_says_so()
    {
        var (app, _) = Make();
        app.Get("/api", [HttpAuthRequired("api")] () => "api");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.TestClient().Get("/api"));
        Assert.Equal("[HttpAuthRequired(\"api\")] knows no HTTP authentication of that name in the app 'test'; there are: ''. Add one during setup: auth.InitApp(app, \"api\").", error.Message);
        Assert.Throws<ArgumentException>(() => new HttpTokenAuth(app));
    }

    private static (App App, HttpBasicAuth Auth) Make()
    {
        var app = HttpAuths.Make();
        var auth = new HttpBasicAuth(app);
        auth.VerifyPassword((user, password) => user is "jo" or "ann" && password == "secret" ? user : null);
        app.Get("/", [HttpAuthRequired] () => $"hello {auth.CurrentUser}");
        return (app, auth);
    }

    [HttpAuthRequired]
    private sealed class Closed : MethodView
    {
        public string Get() => "closed";
    }
}

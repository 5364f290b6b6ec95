using System.Text;
using Retort.Signing;
using Retort.Testing;
using static Retort.Forms.Validators;
using static Retort.Globals;

namespace Retort.Forms.Tests;

public sealed class CsrfProtectTests
{
    private sealed class NoteForm(string prefix = "") : FlaskForm(prefix: prefix)
    {
        public StringField Title = new("Title", DataRequired());
    }

    private sealed class OpenForm : FlaskForm
    {
        public StringField Title = new("Title");

        protected override bool CsrfEnabled => false;
    }

    private static (App App, CsrfProtect Csrf) Protected(Action<App>? configure = null)
    {
        var app = Apps.Make();
        configure?.Invoke(app);
        var csrf = new CsrfProtect(app);
        app.Get("/", () => RenderTemplateString("{{ form.hidden_tag() }}", new { form = new NoteForm() }));
        app.Post("/", () => "done");
        app.Post("/form", () => new NoteForm() is var form && form.ValidateOnSubmit() ? "valid" : string.Join(";", form.Errors.SelectMany(pair => (IEnumerable<string>)pair.Value)));
        return (app, csrf);
    }

    private static async Task<(int Status, string Text)> Post(App app, TestClient client, string? token, string field = "csrf_token", object? headers = null, string path = "/")
    {
        var form = new Dictionary<string, object?> { ["title"] = "t" };
        if (token is not null)
            form[field] = token;
        var response = await client.Post(path, form: form, headers: headers);
        return (response.StatusCode, response.Text);
    }

    private static void AssertRefused(string reason, (int Status, string Text) answer)
    {
        Assert.Equal(400, answer.Status);
        Assert.Contains($"<p>{reason}</p>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_token_is_accepted_from_field_prefixed_field_and_both_headers_and_may_be_used_again()
    {
        var (app, _) = Protected();
        var (client, token) = await app.WithToken();
        Assert.Equal("done", (await Post(app, client, token)).Text);
        Assert.Equal("done", (await Post(app, client, token, "a-csrf_token")).Text);
        Assert.Equal("done", (await Post(app, client, null, headers: new Dictionary<string, object?> { ["X-CSRFToken"] = token })).Text);
        Assert.Equal("done", (await Post(app, client, null, headers: new Dictionary<string, object?> { ["X-CSRF-Token"] = token })).Text);
    }

    [Fact]
    public async Task A_missing_token_is_refused()
    {
        var (app, _) = Protected();
        var (client, _) = await app.WithToken();
        AssertRefused("The CSRF token is missing.", await Post(app, client, null));
        AssertRefused("The CSRF token is missing.", await Post(app, client, ""));
    }

    [Fact]
    public async Task A_token_without_its_session_is_refused()
    {
        var (app, _) = Protected();
        var (_, token) = await app.WithToken();
        AssertRefused("The CSRF session token is missing.", await Post(app, app.TestClient(), token));
    }

    // Row 73 of the security specification.
    [Fact]
    public async Task Row_73_a_token_of_one_session_is_refused_in_another()
    {
        var (app, _) = Protected();
        var (_, token) = await app.WithToken();
        var (other, _) = await app.WithToken();
        AssertRefused("The CSRF tokens do not match.", await Post(app, other, token));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("....")]
    [InlineData("\0")]
    [InlineData("\u202eabc")]
    public async Task A_malformed_token_is_refused(string token)
    {
        var (app, _) = Protected();
        var (client, _) = await app.WithToken();
        AssertRefused("The CSRF token is invalid.", await Post(app, client, token));
    }

    [Fact]
    public async Task A_token_of_absurd_length_or_another_key_is_refused()
    {
        var (app, _) = Protected();
        var (client, token) = await app.WithToken();
        AssertRefused("The CSRF token is invalid.", await Post(app, client, new string('x', 100_000)));
        AssertRefused("The CSRF token is invalid.", await Post(app, client, token + "x"));
        AssertRefused("The CSRF token is invalid.", await Post(app, client, new CsrfToken("another key").Generate("raw")));
    }

    [Fact]
    public async Task An_expired_token_is_refused_unless_there_is_no_limit()
    {
        var (app, _) = Protected();
        var (client, _) = await app.WithToken();
        client.SessionTransaction(session => session["csrf_token"] = "raw");
        var old = new CsrfToken(Apps.Key, clock: new Past()).Generate("raw");
        AssertRefused("The CSRF token has expired.", await Post(app, client, old));
        app.Config["WTF_CSRF_TIME_LIMIT"] = null;
        Assert.Equal(200, (await Post(app, client, old)).Status);
    }

    [Fact]
    public async Task A_token_made_before_the_key_changed_is_good_while_the_old_key_is_a_fallback()
    {
        var (app, _) = Protected();
        var (client, token) = await app.WithToken();
        app.SecretKey = "a new key of some length";
        app.Config["SECRET_KEY_FALLBACKS"] = new[] { Apps.Key };
        Assert.Equal(200, (await Post(app, client, token)).Status);
    }

    [Fact]
    public async Task Over_https_the_referrer_must_be_the_apps_own()
    {
        var (app, _) = Protected();
        var client = app.TestClient();
        client.BaseUrl = new Uri("https://example.org");
        var token = Apps.TokenIn((await client.Get("/")).Text);
        AssertRefused("The referrer header is missing.", await Post(app, client, token));
        foreach (var foreign in new[] { "https://evil.org/", "http://example.org/", "https://example.org:8443/", "https://example.org.evil.org/", "https://example.org@evil.org/", "nonsense" })
            AssertRefused("The referrer does not match the host.", await Post(app, client, token, headers: new { Referer = foreign }));
        Assert.Equal(200, (await Post(app, client, token, headers: new { Referer = "https://EXAMPLE.org:443/page?x" })).Status);
        app.Config["WTF_CSRF_SSL_STRICT"] = false;
        Assert.Equal(200, (await Post(app, client, token)).Status);
    }

    [Fact]
    public async Task A_request_that_the_browser_says_another_site_made_is_refused_even_with_a_token()
    {
        var (app, _) = Protected();
        var (client, token) = await app.WithToken();
        AssertRefused("The request was made by another site.", await Post(app, client, token, headers: new Dictionary<string, object?> { ["Sec-Fetch-Site"] = "cross-site" }));
        Assert.Equal(200, (await Post(app, client, token, headers: new Dictionary<string, object?> { ["Sec-Fetch-Site"] = "same-origin" })).Status);
        app.Config["WTF_CSRF_FETCH_METADATA"] = false;
        Assert.Equal(200, (await Post(app, client, token, headers: new Dictionary<string, object?> { ["Sec-Fetch-Site"] = "cross-site" })).Status);
    }

    [Fact]
    public async Task Views_and_blueprints_can_be_exempt()
    {
        var (app, csrf) = Protected();
        app.Post("/attribute", [CsrfExempt] () => "a");
        app.Post("/method", Method);
        app.Post("/endpoint", () => "e", endpoint: "hook");
        var api = new Blueprint("api", Path.GetTempPath());
        api.Post("/api", () => "b");
        app.RegisterBlueprint(api);
        csrf.Exempt(Method);
        csrf.Exempt("hook");
        csrf.Exempt(api);
        var client = app.TestClient();
        foreach (var path in new[] { "/attribute", "/method", "/endpoint", "/api" })
            Assert.Equal((path, 200), (path, (await Post(app, client, null, path: path)).Status));
        Assert.Equal(400, (await Post(app, client, null)).Status);
        Assert.Equal(404, (await Post(app, client, null, path: "/nowhere")).Status);

        static string Method() => "m";
    }

    [Fact]
    public async Task The_settings_switch_checks_off_and_name_field_header_and_methods()
    {
        var (off, _) = Protected(app => app.Config["WTF_CSRF_ENABLED"] = false);
        Assert.Equal(200, (await Post(off, off.TestClient(), null)).Status);
        Assert.Equal("valid", (await Post(off, off.TestClient(), null, path: "/form")).Text);
        var (manual, csrf) = Protected(app => app.Config["WTF_CSRF_CHECK_DEFAULT"] = false);
        manual.Post("/checked", () => { csrf.Protect(); return "never"; });
        Assert.Equal(200, (await Post(manual, manual.TestClient(), null)).Status);
        AssertRefused("The CSRF token is missing.", await Post(manual, manual.TestClient(), null, path: "/checked"));
        var (named, _) = Protected(app =>
        {
            app.Config["WTF_CSRF_FIELD_NAME"] = "_token";
            app.Config["WTF_CSRF_HEADERS"] = new[] { "X-Own" };
            app.Config["WTF_CSRF_METHODS"] = new[] { "PUT" };
            app.Config["WTF_CSRF_SECRET_KEY"] = "its own key";
        });
        var client = named.TestClient();
        var page = (await client.Get("/")).Text;
        Assert.Contains("name=\"_token\"", page, StringComparison.Ordinal);
        Assert.Equal(200, (await Post(named, client, null)).Status);
    }

    [Fact]
    public async Task Errors_can_be_answered_by_a_handler()
    {
        var (app, _) = Protected();
        app.ErrorHandler<CsrfError>(error => ("Sorry: " + error.Description, 400));
        Assert.Equal((400, "Sorry: The CSRF token is missing."), await Post(app, app.TestClient(), null));
    }

    [Fact]
    public async Task Templates_have_the_token_and_its_meta_tag()
    {
        var (app, _) = Protected();
        app.Get("/meta", () => RenderTemplateString("{{ csrf_token() == csrf_token() }} {{ csrf_meta_tag() }}"));
        Assert.Matches("^True <meta name=\"csrf-token\" content=\"[A-Za-z0-9._-]+\">$", (await app.TestClient().Get("/meta")).Text);
    }

    [Fact]
    public async Task A_form_checks_its_own_token_where_the_app_does_not()
    {
        var app = Apps.Make();
        app.Get("/", () => RenderTemplateString("{{ form.csrf_token }}", new { form = new NoteForm() }));
        app.Post("/form", () => new NoteForm() is var form && form.ValidateOnSubmit() ? "valid" : string.Join(";", form.Errors.SelectMany(pair => (IEnumerable<string>)pair.Value)));
        app.Post("/open", () => new OpenForm().ValidateOnSubmit() ? "valid" : "bad");
        var (client, token) = await app.WithToken();
        Assert.Equal("valid", (await Post(app, client, token, path: "/form")).Text);
        Assert.Equal("The CSRF token is missing.", (await Post(app, client, null, path: "/form")).Text);
        Assert.Equal("The CSRF token is invalid.", (await Post(app, client, "x", path: "/form")).Text);
        Assert.Equal("valid", (await Post(app, client, null, path: "/open")).Text);
    }

    [Fact]
    public async Task The_token_sent_never_stands_in_the_page_again()
    {
        var app = Apps.Make();
        app.Post("/", () => RenderTemplateString("{{ form.hidden_tag() }}", new { form = new NoteForm() }));
        Assert.DoesNotContain("evil", (await Post(app, app.TestClient(), "evil")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_is_bound_only_with_its_content_type()
    {
        var app = Apps.Make();
        app.Post("/", () => new OpenForm() is var form && form.ValidateOnSubmit() ? form.Title.Data ?? "none" : "bad");
        Assert.Equal("x", (await app.TestClient().Post("/", json: new { title = "x" })).Text);
        Assert.Equal("none", (await app.TestClient().Post("/", data: Encoding.UTF8.GetBytes("""{"title":"x"}"""), headers: new Dictionary<string, object?> { ["Content-Type"] = "text/plain" })).Text);
        Assert.Equal("none", (await app.TestClient().Post("/", json: new[] { 1 })).Text);
    }

    [Fact]
    public void A_FlaskForm_outside_a_request_says_what_is_missing() => Assert.Contains("app.TestRequestContext()", Assert.Throws<ContextError>(() => new NoteForm()).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Without_a_secret_key_a_form_says_so()
    {
        var app = Apps.Make();
        app.SecretKey = null;
        app.Get("/", () => RenderTemplateString("{{ form.hidden_tag() }}", new { form = new NoteForm() }));
        Assert.StartsWith("A secret key is required to use CSRF.", (await Assert.ThrowsAsync<Configuration.ConfigError>(() => app.TestClient().Get("/"))).Message, StringComparison.Ordinal);
    }

    private sealed class Past : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddHours(-2);
    }
}

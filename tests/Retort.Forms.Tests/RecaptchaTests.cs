using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Retort.Configuration;
using Retort.Testing;
using Retort.Tests.Shared;
using static Retort.Globals;

namespace Retort.Forms.Tests;

public sealed class RecaptchaTests
{
    private const string Theirs = """
        import json, sys
        from flask import Flask, render_template_string
        from flask_wtf import FlaskForm, RecaptchaField
        class AskForm(FlaskForm):
            captcha = RecaptchaField()
        pages = []
        for config in json.loads(sys.argv[1]):
            app = Flask("app")
            app.secret_key = "x"
            app.config.update(config, RECAPTCHA_PUBLIC_KEY="public")
            with app.test_request_context():
                pages.append(render_template_string("{{ form.captcha.label }}{{ form.captcha }}", form=AskForm()))
        print(json.dumps(pages))
        """;

    private sealed class AskForm : FlaskForm
    {
        public RecaptchaField Captcha = new();
    }

    private static App Make(string? server)
    {
        var app = Apps.Make();
        app.Testing = false;
        app.Config["WTF_CSRF_ENABLED"] = false;
        app.Config["RECAPTCHA_PUBLIC_KEY"] = "public";
        app.Config["RECAPTCHA_PRIVATE_KEY"] = "private & secret";
        app.Config["RECAPTCHA_VERIFY_SERVER"] = server;
        app.Get("/", () => RenderTemplateString("{{ form.captcha.label }}{{ form.captcha }}", new { form = new AskForm() }));
        app.Post("/", async () => new AskForm() is var form && await form.ValidateOnSubmitAsync() ? "human" : string.Join(' ', form.Captcha.Errors));
        return app;
    }

    [Fact]
    public async Task A_good_answer_is_a_human_and_the_server_is_asked_with_key_answer_and_address()
    {
        await using var server = await VerifyServer.Start(_ => Results.Text("{\"success\": true}"));
        Assert.Equal("human", (await Make(server.Address).TestClient().Post("/", form: new Dictionary<string, object?> { ["g-recaptcha-response"] = "answer=1" })).Text);
        Assert.Equal([("remoteip", "127.0.0.1"), ("response", "answer=1"), ("secret", "private & secret")], server.Asked.Single());
        Assert.Equal("human", (await Make(server.Address).TestClient().Post("/", json: new Dictionary<string, object?> { ["g-recaptcha-response"] = "from json" })).Text);
        Assert.Contains(("response", "from json"), server.Asked.Last());
    }

    [Theory]
    [InlineData(200, "{\"success\": false}", "The response parameter is missing.")]
    [InlineData(200, "{\"success\": \"true\"}", "The response parameter is missing.")]
    [InlineData(200, "{\"success\": false, \"error-codes\": [\"timeout-or-duplicate\", \"invalid-input-response\"]}", "The response parameter is invalid or malformed.")]
    [InlineData(200, "{\"success\": false, \"error-codes\": [\"invalid-input-secret\"]}", "The secret parameter is invalid or malformed.")]
    [InlineData(200, "{\"success\": false, \"error-codes\": [1, null]}", "The response parameter is missing.")]
    [InlineData(500, "{\"success\": true}", "The response parameter is missing.")]
    [InlineData(200, "true", "The response parameter is missing.")]
    [InlineData(200, "<html>", "The response parameter is missing.")]
    [InlineData(200, "", "The response parameter is missing.")]
    public async Task Anything_else_is_none(int status, string answer, string expected)
    {
        await using var server = await VerifyServer.Start(_ => Results.Text(answer, statusCode: status));
        Assert.Equal(expected, await Answer(Make(server.Address), "x"));
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task Without_an_answer_nobody_is_asked()
    {
        await using var server = await VerifyServer.Start(_ => Results.Text("{\"success\": true}"));
        Assert.Equal("The response parameter is missing.", await Answer(Make(server.Address), ""));
        Assert.Equal("The response parameter is missing.", (await Make(server.Address).TestClient().Post("/", form: new { other = "x" })).Text);
        Assert.Empty(server.Asked);
    }

    [Fact]
    public async Task What_the_server_sets_for_one_visitor_is_not_sent_for_the_next()
    {
        var sent = new List<string>();
        await using var server = await VerifyServer.Start(context =>
        {
            sent.Add(context.Request.Headers.Cookie.ToString());
            context.Response.Cookies.Append("visitor", "1");
            return Results.Text("{\"success\": true}");
        });
        Assert.Equal("human", await Answer(Make(server.Address), "x"));
        Assert.Equal("human", await Answer(Make(server.Address), "y"));
        Assert.Equal(["", ""], sent);
    }

    [Fact]
    public async Task A_server_that_is_gone_refuses()
    {
        string address;
        await using (var server = await VerifyServer.Start(_ => Results.Text("")))
            address = server.Address;
        Assert.Equal("The response parameter is missing.", await Answer(Make(address), "x"));
    }

    [Fact]
    public async Task Tests_are_human()
    {
        var app = Make("http://localhost:1/");
        app.Testing = true;
        Assert.Equal("human", await Answer(app, ""));
    }

    [Fact]
    public void Validating_without_waiting_says_what_to_do()
    {
        using var context = Make(null).TestRequestContext("/", method: "POST");
        Assert.Contains("await form.ValidateOnSubmitAsync()", Assert.Throws<InvalidOperationException>(() => new AskForm().Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_key_or_a_bad_address_says_what_to_set()
    {
        var app = Make("file:///etc/passwd");
        app.Config["PROPAGATE_EXCEPTIONS"] = true;
        Assert.Contains("RECAPTCHA_VERIFY_SERVER", (await Assert.ThrowsAsync<ConfigError>(async () => await Answer(app, "x"))).Message, StringComparison.Ordinal);
        app.Config["RECAPTCHA_VERIFY_SERVER"] = null;
        app.Config["RECAPTCHA_PRIVATE_KEY"] = null;
        Assert.Contains("RECAPTCHA_PRIVATE_KEY", (await Assert.ThrowsAsync<ConfigError>(async () => await Answer(app, "x"))).Message, StringComparison.Ordinal);
        app.Config["RECAPTCHA_PUBLIC_KEY"] = "";
        Assert.Contains("RECAPTCHA_PUBLIC_KEY", (await Assert.ThrowsAsync<ConfigError>(async () => await app.TestClient().Get("/"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_the_one_of_Flask_WTF()
    {
        Dictionary<string, object?>[] configs =
        [
            [],
            new() { ["RECAPTCHA_PARAMETERS"] = new Dictionary<string, object?> { ["hl"] = "zh", ["render"] = "a b" } },
            new() { ["RECAPTCHA_SCRIPT"] = "https://www.recaptcha.net/recaptcha/api.js", ["RECAPTCHA_DIV_CLASS"] = "h-captcha" },
            new() { ["RECAPTCHA_DATA_ATTRS"] = new Dictionary<string, object?> { ["theme"] = "dark", ["size"] = "compact" } },
            new() { ["RECAPTCHA_HTML"] = "<b>own</b>" },
        ];
        var theirs = System.Text.Json.JsonSerializer.Deserialize<string[]>(Repository.Python(Theirs, ["flask_wtf"], System.Text.Json.JsonSerializer.Serialize(configs)))!;
        var ours = new List<string>();
        foreach (var config in configs)
        {
            var app = Make(null);
            foreach (var (key, value) in config)
                app.Config[key] = value;
            ours.Add((await app.TestClient().Get("/")).Text);
        }
        // Between attributes theirs has spaces where ours has one; ours writes & as HTML wants it, and a space in a query as %20.
        Assert.Equal(theirs.Select(page => page.Replace("zh&render=a+b", "zh&amp;render=a%20b", StringComparison.Ordinal)), ours);
    }

    [Fact]
    public async Task Another_server_of_Google_is_one_key_and_values_cannot_leave_their_attributes()
    {
        var app = Make(null);
        app.Config["RECAPTCHA_API_SERVER"] = "https://www.recaptcha.net/recaptcha/";
        app.Config["RECAPTCHA_DIV_CLASS"] = "\"><script>";
        app.Config["RECAPTCHA_DATA_ATTRS"] = new Dictionary<string, string> { ["theme"] = "\"'<>" };
        Assert.Equal(
            "<label for=\"captcha\"></label>\n<script src='https://www.recaptcha.net/recaptcha/api.js' async defer></script>\n<div class=\"&#34;&gt;&lt;script&gt;\" data-theme=\"&#34;&#39;&lt;&gt;\" data-sitekey=\"public\"></div>\n",
            (await app.TestClient().Get("/")).Text);
    }

    private static async Task<string> Answer(App app, string answer) =>
        (await app.TestClient().Post("/", form: new Dictionary<string, object?> { ["g-recaptcha-response"] = answer })).Text;

    /// <summary>What Google is in these tests: a server on a port of its own that notes what it is asked.</summary>
    private sealed class VerifyServer(WebApplication web) : IAsyncDisposable
    {
        public List<List<(string, string)>> Asked { get; } = [];

        public string Address => web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/verify";

        public static async Task<VerifyServer> Start(Func<HttpContext, IResult> answer)
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            builder.Services.AddLogging();
            var web = builder.Build();
            var server = new VerifyServer(web);
            web.Run(async context =>
            {
                var form = await context.Request.ReadFormAsync();
                server.Asked.Add([.. form.Select(pair => (pair.Key, pair.Value.ToString())).Order()]);
                await answer(context).ExecuteAsync(context);
            });
            await web.StartAsync(TestContext.Current.CancellationToken);
            return server;
        }

        public ValueTask DisposeAsync() => web.DisposeAsync();
    }
}

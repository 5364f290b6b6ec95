using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Retort.Testing;

namespace Retort.Tests.Views;

/// <summary>Routes as ASP.NET Core's endpoints, and its middleware around the app.</summary>
[Collection(ConsoleCollection.Name)]
public sealed class RouteEndpointsTests
{
    [Fact]
    public async Task OpenApi_lists_the_routes_with_their_parameters_bodies_and_answers()
    {
        var app = Apps.Make();
        app.Services.AddOpenApi();
        app.MapEndpoints(routes => routes.MapOpenApi());
        app.Get("/posts/<int:post_id>", Show);
        app.Post("/posts", ([FromBody] NewPost post) => new Shown(1, post.Title), endpoint: "create");
        app.Get("/search", ([FromQuery] string q, Context context, [FromQuery] int page = 1) => $"{q} {page} {context.App.Name}", endpoint: "search");
        app.AddUrlRule("/items/<uuid:id>", "items", () => new Items());
        var blueprint = new Blueprint("files") { UrlPrefix = "/files" };
        blueprint.Get("/<path:name>", (string name) => name, endpoint: "get");
        app.RegisterBlueprint(blueprint);
        using var document = JsonDocument.Parse(await app.Text("/openapi/v1.json"));
        var paths = document.RootElement.GetProperty("paths");
        Assert.Equal(["/files/{name}", "/items/{id}", "/posts", "/posts/{post_id}", "/search"], paths.EnumerateObject().Select(path => path.Name).Order(StringComparer.Ordinal));
        var show = paths.GetProperty("/posts/{post_id}").GetProperty("get");
        Assert.Equal("A post", show.GetProperty("summary").GetString());
        Assert.Equal("show", show.GetProperty("operationId").GetString());
        Assert.Equal(["post_id path"], Parameters(show));
        Assert.True(show.GetProperty("responses").GetProperty("200").GetProperty("content").TryGetProperty("application/json", out _));
        Assert.True(paths.GetProperty("/posts").GetProperty("post").GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _));
        Assert.Equal(["q query", "page query"], Parameters(paths.GetProperty("/search").GetProperty("get")));
        Assert.Equal(["get", "delete"], paths.GetProperty("/items/{id}").EnumerateObject().Select(operation => operation.Name));
        Assert.Equal("items_delete", paths.GetProperty("/items/{id}").GetProperty("delete").GetProperty("operationId").GetString());
        Assert.Equal("files", paths.GetProperty("/files/{name}").GetProperty("get").GetProperty("tags")[0].GetString());
        // The app's own rules still answer.
        Assert.Equal("a/b", await app.Text("/files/a/b"));
        Assert.Equal(404, (await app.TestClient().Get("/nowhere")).StatusCode);
    }

    [Fact]
    public async Task A_rate_limit_on_a_view_holds_for_that_view()
    {
        var app = Apps.Make();
        app.Services.AddRateLimiter(options => options.AddFixedWindowLimiter("few", limit => (limit.PermitLimit, limit.Window) = (2, TimeSpan.FromHours(1))));
        app.UseMiddleware(web => web.UseRateLimiter());
        app.Get("/few", [EnableRateLimiting("few")] () => "few");
        app.Get("/many", () => "many");
        var client = app.TestClient();
        var codes = new List<int>();
        foreach (var path in new[] { "/few", "/few", "/few", "/many" })
            codes.Add((await client.Get(path)).StatusCode);
        Assert.Equal([200, 200, 503, 200], codes);
    }

    [Theory]
    [InlineData("none", "The endpoint 'few' has a EnableRateLimitingAttribute, but the app's middleware holds nothing that is known to act on it. Add it: app.UseMiddleware(web => web.UseRateLimiter()).")]
    [InlineData("limiter", "")]
    [InlineData("branch", "")]
    public async Task A_rate_limit_that_the_middleware_at_hand_does_not_hold_is_warned_of(string which, string warning)
    {
        var app = Apps.Make();
        app.Services.AddRateLimiter(options => options.AddFixedWindowLimiter("few", limit => (limit.PermitLimit, limit.Window) = (2, TimeSpan.FromHours(1))));
        app.UseMiddleware(web => _ = which switch
        {
            "limiter" => web.UseRateLimiter(),
            "branch" => web.UseWhen(_ => true, branch => branch.UseRateLimiter()),
            _ => web.UseAuthorization(),
        });
        app.Services.AddAuthorization();
        app.Get("/few", [EnableRateLimiting("few")] () => "few", endpoint: "few");
        var complaints = await Complaints(async () => Assert.Equal("few", await app.Text("/few")));
        if (warning.Length > 0)
            Assert.Contains(warning, complaints, StringComparison.Ordinal);
        else
            Assert.DoesNotContain("known to act", complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cors_and_authorization_that_the_middleware_at_hand_does_not_hold_are_warned_of_and_refused()
    {
        var app = Apps.Make(testing: false);
        app.UseMiddleware(web => web.UseStatusCodePages());
        app.Get("/cors", [EnableCors("x")] () => "open", endpoint: "cors");
        app.Get("/secret", [Authorize] () => "secret", endpoint: "secret");
        var complaints = await Complaints(async () =>
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => app.Text("/cors"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => app.Text("/secret"));
        });
        Assert.Contains("Add it: app.UseMiddleware(web => web.UseCors()).", complaints, StringComparison.Ordinal);
        Assert.Contains("Add it: app.UseMiddleware(web => web.UseAuthorization()).", complaints, StringComparison.Ordinal);
    }

    private static async Task<string> Complaints(Func<Task> run)
    {
        var error = Console.Error;
        using var written = new StringWriter();
        Console.SetError(written);
        try
        {
            await run();
        }
        finally
        {
            Console.SetError(error);
        }
        return written.ToString();
    }

    [Fact]
    public async Task A_cors_policy_on_a_view_holds_for_that_view()
    {
        var app = Apps.Make();
        app.Services.AddCors(options => options.AddPolicy("friend", policy => policy.WithOrigins("https://friend.test").WithMethods("PUT")));
        app.UseMiddleware(web => web.UseCors());
        app.Put("/open", [EnableCors("friend")] () => "open");
        app.Put("/closed", () => "closed");
        var client = app.TestClient();
        var origin = new { Origin = "https://friend.test" };
        Assert.Equal("https://friend.test", (await client.Put("/open", headers: origin)).Headers.Get("Access-Control-Allow-Origin"));
        Assert.Null((await client.Put("/closed", headers: origin)).Headers.Get("Access-Control-Allow-Origin"));
        var preflight = await client.Options("/open", headers: new { Origin = "https://friend.test", Access_Control_Request_Method = "PUT" });
        Assert.Equal((204, "PUT"), (preflight.StatusCode, preflight.Headers.Get("Access-Control-Allow-Methods")));
    }

    [Fact]
    public async Task Authorization_on_a_view_class_or_a_view_holds()
    {
        var app = Apps.Make();
        Protect(app);
        app.UseMiddleware(web => web.UseAuthentication().UseAuthorization());
        app.Get("/secret", [Authorize] (ClaimsPrincipal user) => user.Identity!.Name!);
        app.AddUrlRule("/items", "items", () => new SecretItems());
        app.Get("/open", () => "open");
        var client = app.TestClient();
        Assert.Equal(401, (await client.Get("/secret")).StatusCode);
        Assert.Equal(401, (await client.Get("/items")).StatusCode);
        Assert.Equal("open", (await client.Get("/open")).Text);
        Assert.Equal("jo", (await client.Get("/secret", headers: new { X_User = "jo" })).Text);
        Assert.Equal("items", (await client.Get("/items", headers: new { X_User = "jo" })).Text);
    }

    [Fact]
    public void A_view_that_asks_for_middleware_which_is_not_there_stops_the_start()
    {
        var app = Apps.Make();
        app.Get("/secret", [Authorize] () => "secret", endpoint: "secret");
        app.Start();
        var error = Assert.Throws<InvalidOperationException>(() => app.Middleware.Prepare());
        Assert.Equal("cannot serve the endpoint 'secret': its AuthorizeAttribute is acted on by UseAuthorization, and the app has no middleware. Add it: app.UseMiddleware(web => web.UseAuthorization()).", error.Message);
    }

    [Fact]
    public async Task Neither_a_client_in_memory_nor_a_host_is_served_a_view_that_nobody_would_check()
    {
        var app = Apps.Make();
        app.Get("/secret", [Authorize] () => "secret", endpoint: "secret");
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.TestClient().Get("/secret"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.TestClient().Get("/secret"));
        await using var server = await Hosting.Server.Start(web => web.MapRetort("/app", app));
        Assert.StartsWith("HTTP/1.1 500", await server.Raw("GET /app/secret HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_path_that_is_rewritten_does_not_go_around_authorization(bool before)
    {
        var app = Apps.Make();
        Protect(app);
        static Task Rewrite(HttpContext http, RequestDelegate next)
        {
            if (http.Request.Path == "/open")
                http.Request.Path = "/secret";
            return next(http);
        }
        if (before)
            app.UseMiddleware(web => web.Use(Rewrite));
        app.UseMiddleware(web => web.UseAuthentication().UseAuthorization());
        if (!before)
            app.UseMiddleware(web => web.Use(Rewrite));
        app.Get("/open", () => "open");
        app.Get("/secret", [Authorize] () => "secret");
        if (before)
        {
            Assert.Equal(401, (await app.TestClient().Get("/open")).StatusCode);
            Assert.Equal("secret", (await app.TestClient().Get("/open", headers: new { X_User = "jo" })).Text);
        }
        else
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => app.TestClient().Get("/open"));
        }
    }

    [Fact]
    public async Task HEAD_is_let_through_by_what_is_said_of_GET()
    {
        var app = Apps.Make();
        Protect(app);
        app.UseMiddleware(web => web.UseAuthentication().UseAuthorization());
        app.AddUrlRule("/", "mixed", () => new Mixed(), methods: ["POST", "GET"]);
        Assert.Equal(200, (await app.TestClient().Post("/")).StatusCode);
        Assert.Equal(401, (await app.TestClient().Get("/")).StatusCode);
        Assert.Equal(401, (await app.TestClient().Head("/")).StatusCode);
    }

    [Fact]
    public async Task Middleware_runs_around_everything_and_may_rewrite_the_path()
    {
        var app = Apps.Make();
        app.UseMiddleware(web => web.Use(async (http, next) =>
        {
            if (http.Request.Path == "/old")
                http.Request.Path = "/new";
            await next(http);
            if (!http.Response.HasStarted)
                http.Response.Headers["X-Around"] = "yes";
        }));
        app.Get("/new", (HttpContext http) => $"new {http.GetEndpoint()?.DisplayName}");
        app.Get("/named/<int:id>", (HttpContext http) => http.GetEndpoint()!.DisplayName!, endpoint: "named");
        Assert.Equal("GET /named/<int:id> => named", await app.Text("/named/5"));
        Assert.StartsWith("new", await app.Text("/old"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_inside_of_a_host_too()
    {
        var app = Apps.Make();
        app.UseMiddleware(web => web.UseRateLimiter());
        app.Get("/few", [EnableRateLimiting("none")] () => "few");
        await using var server = await Hosting.Server.Start(web => web.MapRetort("/shop", app), services => services.AddRouting()
            .AddRateLimiter(options => options.AddPolicy("none", _ => RateLimitPartition.GetFixedWindowLimiter("all", _ => new FixedWindowRateLimiterOptions { PermitLimit = 1, Window = TimeSpan.FromHours(1) }))));
        Assert.Equal("few", await server.Get("/shop/few"));
        Assert.StartsWith("HTTP/1.1 503", await server.Raw("GET /shop/few HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a/<b>/<int:c>", "/a/{b}/{c:int}")]
    [InlineData("/<float:x>-<uuid:y>", "/{x:double}-{y:guid}")]
    [InlineData("/f/<path:p>", "/f/{**p}")]
    [InlineData("/f/<path:p>/edit", "/f/{p}/edit")]
    [InlineData("/<any(a,b):x>/{literal}", "/{x}/{{literal}}")]
    public void A_rule_is_shown_as_a_route_pattern(string rule, string pattern)
    {
        Assert.Equal(pattern, Retort.Views.RouteTemplate.Of(new Retort.Routing.Rule(rule)).RawText);
    }

    private static void Protect(App app)
    {
        app.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("test", null);
        app.Services.AddAuthorization();
    }

    [EndpointSummary("A post")]
    private static Shown Show(int postId) => new(postId, "title");

    private static IEnumerable<string> Parameters(JsonElement operation) =>
        operation.GetProperty("parameters").EnumerateArray().Select(parameter => $"{parameter.GetProperty("name")} {parameter.GetProperty("in")}");

    internal sealed record Shown(int Id, string Title);

    internal sealed record NewPost([Required] string Title);

    private sealed class Items : MethodView
    {
        public object Get(Guid id) => new { id };

        public string Delete(Guid id) => $"{id}";
    }

    private sealed class Mixed : MethodView
    {
        public string Post() => "posted";

        [Authorize]
        public string Get() => "got";
    }

    [Authorize]
    private sealed class SecretItems : MethodView
    {
        public string Get() => "items";
    }

    private sealed class HeaderAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-User"].ToString() is not { Length: > 0 } name)
                return Task.FromResult(AuthenticateResult.NoResult());
            var user = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "test"));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(user, "test")));
        }
    }
}

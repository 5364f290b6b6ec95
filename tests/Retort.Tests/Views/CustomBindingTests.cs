using System.Reflection;
using Microsoft.AspNetCore.Http;
using Retort.Routing;
using Retort.Testing;

namespace Retort.Tests.Views;

/// <summary>Parameters whose types read themselves from the request, as in minimal APIs.</summary>
public sealed class CustomBindingTests
{
    private readonly App _app = Apps.Make();

    [Fact]
    public async Task A_type_reads_itself_from_the_request()
    {
        _app.Get("/interface", (Paging page) => $"{page.Number} {page.For}");
        _app.Get("/method/<name>", (string name, Tenant tenant) => $"{name} of {tenant.Name}");
        _app.Get("/struct", (Point point, CancellationToken _) => $"{point.X}");
        Assert.Equal("3 page", await _app.Text("/interface?page=3"));
        Assert.Equal("x of acme", await _app.Text("/method/x?tenant=acme"));
        Assert.Equal("7", await _app.Text("/struct?x=7"));
    }

    [Fact]
    public async Task What_is_not_given_is_a_400_that_names_the_parameter_unless_it_may_be_missing()
    {
        _app.Get("/", (Tenant tenant) => tenant.Name);
        _app.Get("/nullable", (Tenant? tenant, Point? point) => $"{tenant is null} {point is null}");
        _app.Get("/default", (Tenant tenant = null!) => $"{tenant is null}");
        var answer = await _app.TestClient().Get("/");
        Assert.Equal(400, answer.StatusCode);
        Assert.Contains("The value &#39;tenant&#39; is missing.", answer.Text, StringComparison.Ordinal);
        Assert.Equal("True True", await _app.Text("/nullable"));
        Assert.Equal("True", await _app.Text("/default"));
    }

    [Fact]
    public async Task It_may_read_the_body_and_the_view_can_still_read_it()
    {
        _app.Post("/", (Note note, Context context) => $"{note.Text} {context.Request.GetData().Length}");
        Assert.Equal("hi 13", (await _app.TestClient().Post("/", json: new { Text = "hi" })).Text);
        var answer = await _app.TestClient().Post("/", data: "{"u8.ToArray(), headers: new { Content_Type = "application/json" });
        Assert.Equal(422, answer.StatusCode);
    }

    [Fact]
    public async Task It_is_read_within_records_of_parameters_and_after_functions_before_the_request()
    {
        _app.BeforeRequest((HttpContext http) => { http.Request.QueryString = new QueryString("?tenant=set"); });
        _app.Get("/", ([AsParameters] Search search) => $"{search.Tenant.Name}");
        Assert.Equal("set", await _app.Text("/"));
    }

    [Fact]
    public void A_method_that_cannot_be_called_is_an_error_when_the_rule_is_added() => Assert.Equal(
        "cannot take a Wrong as a parameter: its BindAsync cannot be called. Make it 'public static ValueTask<Wrong?> BindAsync(HttpContext context)', with a ParameterInfo after it or not.",
        Assert.Throws<ViewError>(() => _app.Get("/", (Wrong wrong) => $"{wrong}")).Message);

    [Fact]
    public async Task A_variable_of_that_type_comes_first()
    {
        _app.UrlMap.Converters["tenant"] = _ => new TenantConverter();
        _app.Get("/<tenant:tenant>", (Tenant tenant) => tenant.Name);
        Assert.Equal("path", await _app.Text("/path?tenant=query"));
    }

    private sealed record Search(Tenant Tenant);

    private sealed record Paging(int Number, string For) : IBindableFromHttpContext<Paging>
    {
        static ValueTask<Paging?> IBindableFromHttpContext<Paging>.BindAsync(HttpContext context, ParameterInfo parameter) =>
            new(new Paging(int.Parse(context.Request.Query["page"]!, System.Globalization.CultureInfo.InvariantCulture), parameter.Name!));
    }

    private sealed record Tenant(string Name)
    {
        public static async ValueTask<Tenant?> BindAsync(HttpContext context)
        {
            await Task.Yield();
            return context.Request.Query["tenant"] is [{ } name] ? new Tenant(name) : null;
        }
    }

    private readonly record struct Point(int X)
    {
        public static ValueTask<Point?> BindAsync(HttpContext context, ParameterInfo _) =>
            new(int.TryParse(context.Request.Query["x"], out var x) ? new Point(x) : null);
    }

    private sealed record Note(string Text)
    {
        public static async ValueTask<Note?> BindAsync(HttpContext context)
        {
            try
            {
                return await context.Request.ReadFromJsonAsync<Note>();
            }
            catch (System.Text.Json.JsonException)
            {
                throw new BadHttpRequestException("no note", 422);
            }
        }
    }

    private sealed record Wrong
    {
        public static Task<Wrong> BindAsync(string text) => Task.FromResult(new Wrong());
    }

    private sealed class TenantConverter : Converter<Tenant>
    {
        public override bool TryConvert(ReadOnlySpan<char> text, out Tenant value)
        {
            value = new Tenant(text.ToString());
            return true;
        }
    }
}

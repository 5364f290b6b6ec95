using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Retort.Http;
using Retort.Testing;

namespace Retort.Tests.Views;

/// <summary>Parameters with ASP.NET Core's attributes, and what is answered when they do not fit.</summary>
public sealed class BindingTests
{
    private readonly App _app = Apps.Make();

    [Fact]
    public async Task A_body_of_another_type_is_a_415_that_names_the_parameter()
    {
        _app.Post("/", ([FromBody] Post post) => post.Title);
        var answer = await _app.TestClient().Post("/", form: new { title = "x" });
        Assert.Equal(415, answer.StatusCode);
        Assert.Contains("The body (&#39;post&#39;) must be JSON with the Content-Type &#39;application/json&#39;, but it is &#39;application/x-www-form-urlencoded&#39;.", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_no_json_is_a_400_with_the_place()
    {
        _app.Post("/", ([FromBody] Post post) => post.Title);
        var answer = await Json("/", "{\"title\":\n  oops}");
        Assert.Equal(400, answer.StatusCode);
        Assert.Contains("The body (&#39;post&#39;) is no JSON: ", answer.Text, StringComparison.Ordinal);
        Assert.Contains("(line 2, byte 3).", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"title\": 5, \"stars\": 3}", "post.title: the value is not of the type that is needed.")]
    [InlineData("{\"title\": \"t\", \"stars\": \"many\"}", "post.stars: the value is not of the type that is needed.")]
    [InlineData("{\"title\": \"t\", \"stars\": 9}", "post.Stars: The field Stars must be between 1 and 5.")]
    [InlineData("{\"stars\": 3}", "post.Title: The Title field is required.")]
    [InlineData("{\"title\": \"t\", \"stars\": 3, \"author\": {\"email\": \"nobody\"}}", "post.Author.Email: The Email field is not a valid e-mail address.")]
    [InlineData("{\"title\": \"t\", \"stars\": 3, \"tags\": [{\"name\": \"ok\"}, {\"name\": \"much too long\"}]}", "post.Tags[1].Name: The field Name must be a string with a maximum length of 5.")]
    public async Task Values_that_do_not_fit_are_a_422_that_names_the_member(string body, string message)
    {
        _app.Post("/", ([FromBody] Post post) => post.Title);
        var answer = await Json("/", body);
        Assert.Equal(422, answer.StatusCode);
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("price", "\"much\"")]
    [InlineData("price", "\"99999999999999999999999999999999999\"")]
    [InlineData("count", "\"many\"")]
    [InlineData("count", "1.5")]
    [InlineData("day", "\"someday\"")]
    [InlineData("time", "\"sometime\"")]
    [InlineData("moment", "\"sometime\"")]
    public async Task Text_that_is_no_amount_and_no_date_is_a_422_that_names_the_member(string member, string value)
    {
        _app.Post("/", ([FromBody] Offer offer) => "ok");
        var answer = await Json("/", $"{{\"{member}\": {value}}}");
        Assert.Equal(422, answer.StatusCode);
        Assert.Contains($"offer.{member}: the value is not of the type that is needed.", answer.Text, StringComparison.Ordinal);
    }

    private sealed record Offer(decimal? Price, System.Numerics.BigInteger? Count, DateOnly? Day, DateTime? Time, DateTimeOffset? Moment);

    [Fact]
    public async Task A_client_that_asks_for_json_is_given_problem_details()
    {
        _app.Post("/", ([FromBody] Post post) => post.Title);
        var answer = await Json("/", "{\"title\": \"t\", \"stars\": 9}", accept: "application/json");
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        Assert.Equal(
            "{\"type\":\"about:blank\",\"title\":\"Unprocessable Entity\",\"status\":422,\"detail\":\"post.Stars: The field Stars must be between 1 and 5.\",\"errors\":{\"Stars\":[\"The field Stars must be between 1 and 5.\"]}}\n",
            answer.Text);
    }

    [Fact]
    public async Task A_body_may_be_left_out_when_its_parameter_allows_it()
    {
        _app.Post("/", ([FromBody] Post? post) => post?.Title ?? "none");
        Assert.Equal("none", (await _app.TestClient().Post("/")).Text);
        Assert.Equal("none", (await Json("/", "null")).Text);
        Assert.Equal("t", (await Json("/", "{\"title\":\"t\",\"stars\":1}")).Text);
    }

    [Fact]
    public async Task An_object_that_checks_itself_is_asked()
    {
        _app.Post("/", ([FromBody] Span span) => $"{span.From}-{span.To}");
        Assert.Equal("1-2", (await Json("/", "{\"from\":1,\"to\":2}")).Text);
        Assert.Contains("span.To: ends before it begins", (await Json("/", "{\"from\":3,\"to\":2}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_dates_enums_and_nullables_come_from_the_query()
    {
        _app.Get("/", ([FromQuery] List<int> id, [FromQuery] IReadOnlyList<DateOnly> on, [FromQuery] DayOfWeek? day, [FromQuery(Name = "from")] Guid? start) =>
            $"{string.Join('+', id)} {string.Join('+', on.Select(date => date.ToString("O", null)))} {day} {start is null}");
        Assert.Equal("1+2 2024-02-29 Friday True", await _app.Text("/?id=1&id=2&on=2024-02-29&day=friday"));
        Assert.Equal("   True", await _app.Text("/"));
        var wrong = await _app.TestClient().Get("/?id=1&id=x", headers: new { Accept = "application/json" });
        Assert.Equal(400, wrong.StatusCode);
        Assert.Contains("\"errors\":{\"id\":[\"is no Int32.\"]}", wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_come_from_the_form()
    {
        _app.Post("/", ([FromForm] FileStorage picture, [FromForm] string title, [FromForm] IReadOnlyList<FileStorage> more) => $"{picture.FileName} {title} {more.Count}");
        var client = _app.TestClient();
        using var file = new FileStorage(new MemoryStream([1]), "a.png");
        Assert.Equal("a.png t 0", (await client.Post("/", form: new { picture = file, title = "t" })).Text);
        var missing = await client.Post("/", form: new { title = "t" });
        Assert.Equal(400, missing.StatusCode);
        Assert.Contains("The file &#39;picture&#39; is missing.", missing.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keyed_services_and_a_record_of_parameters_are_bound()
    {
        _app.Services.AddKeyedSingleton("big", new StringBuilder("big"));
        _app.Get("/<int:id>", ([AsParameters] Search search, [FromKeyedServices("big")] StringBuilder text) => $"{search.Id} {search.Q} {search.Page} {text}");
        Assert.Equal("7 x 1 big", await _app.Text("/7?q=x"));
        Assert.Equal("7 x 3 big", await _app.Text("/7?q=x&page=3"));
        Assert.Equal(400, (await _app.TestClient().Get("/7")).StatusCode);
    }

    [Fact]
    public async Task Results_of_asp_net_core_are_answers_with_the_functions_around_them()
    {
        _app.AfterRequest((Response response) => { response.Headers["X-After"] = "yes"; });
        _app.Get("/ok", () => Results.Ok(new { a = 1 }));
        _app.Get("/typed", Microsoft.AspNetCore.Http.HttpResults.Results<Microsoft.AspNetCore.Http.HttpResults.NotFound, Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult> () => TypedResults.NotFound());
        _app.Get("/events", () => TypedResults.ServerSentEvents(Ticks(), "tick"));
        var ok = await _app.TestClient().Get("/ok");
        Assert.Equal(("{\"a\":1}", "yes", 200), (ok.Text, ok.Headers["X-After"], ok.StatusCode));
        Assert.Equal(404, (await _app.TestClient().Get("/typed")).StatusCode);
        var events = await _app.TestClient().Get("/events");
        Assert.Equal(("text/event-stream", "event: tick\ndata: 1\n\nevent: tick\ndata: 2\n\n"), (events.Headers["Content-Type"], events.Text));

        static async IAsyncEnumerable<string> Ticks()
        {
            yield return "1";
            await Task.Yield();
            yield return "2";
        }
    }

    private Task<TestResponse> Json(string path, string body, string accept = "text/html") =>
        _app.TestClient().Post(path, data: Encoding.UTF8.GetBytes(body), headers: new { Content_Type = "application/json", Accept = accept });

    internal sealed record Post([Required] string Title, [Range(1, 5)] int Stars, Author? Author = null, List<Tag>? Tags = null);

    internal sealed class Author
    {
        [EmailAddress]
        public string? Email { get; init; }
    }

    internal sealed record Tag([property: StringLength(5)] string Name);

    internal sealed record Search(int Id, [FromQuery] string Q, [FromQuery] int Page = 1);

    internal sealed record Span(int From, int To) : IValidatableObject
    {
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => From <= To ? [] : [new("ends before it begins", [nameof(To)])];
    }
}

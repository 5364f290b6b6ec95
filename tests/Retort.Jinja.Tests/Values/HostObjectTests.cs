using System.Data;
using System.Dynamic;
using System.Text.Json;
using System.Text.Json.Nodes;
using Retort.Jinja.Values;

namespace Retort.Jinja.Tests.Values;

public class HostObjectTests
{
    public sealed record Author(string FullName, int Age);

    public sealed class Post(Author author)
    {
        public Author Author { get; } = author;
        public int AuthorId => 7;
        public string HTMLText => "<p>";
        public decimal Price => 19.90m;
        public DayOfWeek Day => DayOfWeek.Friday;
        public IReadOnlyList<int> Scores { get; } = [3, 1];
        public static string Secret => "static";
        public string Greet(string name, int times = 1) => string.Concat(Enumerable.Repeat("hi " + name + " ", times)).Trim();
        public string Greet(int number) => "number " + number;
        public Type Kind => typeof(Post);
        public Task<int> Later => Task.FromResult(1);
    }

    public sealed class Settings
    {
        public int Count => 2;
        public string? this[string key] => key == "theme" ? "dark" : null;
    }

    [Fact]
    public void An_indexer_gives_items_and_null_means_none()
    {
        Assert.Equal("dark dark 2 True", Render("{{ s['theme'] }} {{ s.theme }} {{ s['count'] }} {{ s['nope'] is undefined }}", new { s = new Settings() }));
    }

    private static string Render(string template, object model) => new JinjaEnvironment().FromString(template).Render(model);

    private static readonly Post Sample = new(new Author("Ada", 36));

    [Theory]
    [InlineData("p.AuthorId", "7")]
    [InlineData("p.author_id", "7")]
    [InlineData("p.html_text", "<p>")]
    [InlineData("p.author.full_name", "Ada")]
    [InlineData("p['author'].age", "36")]
    [InlineData("p.scores|sort", "[1, 3]")]
    [InlineData("p.price", "19.90")]
    [InlineData("p.price * 2", "39.80")]
    [InlineData("'%.1f'|format(p.price)", "19.9")]
    [InlineData("p.day == 'Friday'", "True")]
    [InlineData("p.greet('Bo')", "hi Bo")]
    [InlineData("p.greet('Bo', times=2)", "hi Bo hi Bo")]
    [InlineData("p.greet(3)", "number 3")]
    [InlineData("p.author", "Author { FullName = Ada, Age = 36 }")]
    [InlineData("p.nope is defined", "False")]
    [InlineData("p.secret is defined", "False")]
    public void Members_show_under_their_own_and_their_snake_case_names(string expression, string expected) =>
        Assert.Equal(expected, Render($"{{{{ {expression} }}}}", new { p = Sample }));

    [Theory]
    [InlineData("p.GetType()")]
    [InlineData("p.get_type()")]
    [InlineData("p.kind.assembly")]
    [InlineData("p.kind.full_name")]
    [InlineData("p.__class__.mro")]
    [InlineData("p.author.equality_contract")]
    [InlineData("f.method")]
    [InlineData("f.target")]
    [InlineData("f.Method")]
    [InlineData("p.later.result")]
    [InlineData("p.greet.method_info")]
    [InlineData("type.assembly")]
    [InlineData("stream.length")]
    [InlineData("'{0.kind.assembly}'.format(p)")]
    [InlineData("p|attr('GetType')")]
    [InlineData("[p]|map(attribute='GetType')|first")]
    public void Reflection_is_out_of_reach_even_without_a_sandbox(string expression)
    {
        using var stream = new MemoryStream();
        var model = new { p = Sample, f = (Func<int>)(() => 1), type = typeof(string), stream };
        string text;
        try
        {
            text = Render($"{{{{ {expression} }}}}", model);
        }
        catch (TemplateError)
        {
            return;
        }
        Assert.Equal(string.Empty, text);
    }

    [Fact]
    public void Rows_json_dynamic_objects_and_dictionaries_are_dictionaries()
    {
        using var table = new DataTable();
        table.Columns.Add("name", typeof(string));
        table.Rows.Add("row");
        dynamic expando = new ExpandoObject();
        expando.name = "expando";
        var model = new
        {
            items = new object[]
            {
                table.Rows[0], expando, JsonDocument.Parse("""{"name": "element"}""").RootElement, JsonNode.Parse("""{"name": "node"}""")!,
                new Dictionary<string, string> { ["name"] = "dictionary" }, new SortedDictionary<string, object> { ["name"] = "sorted" },
            },
        };
        Assert.Equal("row expando element node dictionary sorted", Render("{{ items|map(attribute='name')|join(' ') }}", model));
        Assert.Equal("True True True True True True", Render("{% for i in items %}{{ i is mapping }}{{ ' ' if not loop.last }}{% endfor %}", model));
    }

    [Fact]
    public void Dates_read_and_print_as_in_Python()
    {
        var model = new { at = new DateTime(2024, 7, 5, 13, 7, 9).AddTicks(1230), day = new DateOnly(2024, 2, 29), span = new TimeSpan(-22, -57, -57) };
        Assert.Equal("2024-07-05 13:07:09.000123 2024 7 123 05 July 2024", Render("{{ at }} {{ at.year }} {{ at.month }} {{ at.microsecond }} {{ at.strftime('%d %B %Y') }}", model));
        Assert.Equal("2024-02-29 2024-07-05T13:07:09.000123 Fri 187", Render("{{ day }} {{ at.isoformat() }} {{ '{:%a %j}'.format(at) }}", model));
        Assert.Equal("[ ] [+0000 UTC]", Render("{{ at.strftime('[%z %Z]') }} {{ '{:[%z %Z]}'.format(utc) }}", new { model.at, utc = new DateTime(2024, 7, 5, 0, 0, 0, DateTimeKind.Utc) }));
        Assert.Equal("-1 day, 1:02:03 True 2024-07-06 12:05:06.000123 0:00:00", Render("{{ span }} {{ at > at + span }} {{ at - span }} {{ at - at }}", model));
    }

    [Fact]
    public void Delegates_bind_by_position_name_and_default()
    {
        var link = (string endpoint, int page = 1, bool external = false) => $"/{endpoint}?page={page}&external={external}";
        var join = (string separator, params string[] rest) => string.Join(separator, rest);
        var model = new { link, join, sum = (Func<int[], int>)(numbers => numbers.Sum()) };
        Assert.Equal("/a?page=1&external=False", Render("{{ link('a') }}", model));
        Assert.Equal("/a?page=2&external=True", Render("{{ link('a', external=true, page=2) }}", model));
        Assert.Equal("6", Render("{{ sum([1, 2, 3]) }}", model));
        Assert.Equal("a-b", Render("{{ join('-', 'a', 'b') }}", model));
        var error = Assert.Throws<PythonError>(() => Render("{{ link('a', pag=2) }}", model));
        Assert.Contains("got an unexpected keyword argument 'pag'. Did you mean 'page'?", error.Reason, StringComparison.Ordinal);
        Assert.Contains("missing 1 required positional argument: 'endpoint'", Assert.Throws<PythonError>(() => Render("{{ link() }}", model)).Reason, StringComparison.Ordinal);
        Assert.Contains("takes 3 positional arguments but 4 were given", Assert.Throws<PythonError>(() => Render("{{ link(1, 2, 3, 4) }}", model)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_and_dictionaries_of_the_host_change_in_place()
    {
        var numbers = new List<int> { 2, 1 };
        var names = new Dictionary<string, object> { ["a"] = 1 };
        Assert.Equal("None [1, 2, 5]", Render("{{ n.append(5) }}{% set _ = n.sort() %} {{ n }}", new { n = numbers }));
        Render("{{ d.update(b=2) }}{{ d.pop('a') }}", new { d = names });
        Assert.Equal([1, 2, 5], numbers);
        Assert.Equal(["b"], names.Keys);
        Assert.Throws<PythonError>(() => Render("{{ n.append('x') }}", new { n = numbers }));
        Assert.Throws<PythonError>(() => Render("{{ n.append(1) }}", new { n = new[] { 1 } }));
    }

    [Fact]
    public void Reading_a_list_of_numbers_through_a_kept_iterator_allocates_nothing()
    {
        var rows = new[] { [1, 2, 3], new[] { 4, 5 } };
        ValueIterator? kept = null;
        long Sum(int[] row)
        {
            var total = 0L;
            for (var items = Iteration.Start(Value.FromHost(row, ValueKind.List), ref kept); items.MoveNext(out var item);)
                total += item.AsLong;
            return total;
        }
        Sum(rows[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = Sum(rows[0]) + Sum(rows[1]);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(15, sum);
    }
}

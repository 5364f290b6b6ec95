using System.Data;

namespace Retort.Jinja.Tests.Values;

/// <summary>Objects that a .NET program is likely to hand to a template.</summary>
public sealed class HostShapesTests
{
    private static string Render(string source, object model, JinjaEnvironment? environment = null) => (environment ?? new JinjaEnvironment()).FromString(source).Render(model);

    private static IEnumerable<int> Generate()
    {
        yield return 1;
        yield return 2;
    }

    [Fact]
    public void What_linq_and_yield_make_is_enumerated_as_often_as_it_is_asked_for()
    {
        var numbers = Enumerable.Range(0, 4);
        foreach (var source in new[] { numbers.Where(i => i is 1 or 2), numbers.Skip(1).Take(2), numbers.Select(i => i + 1).Take(2), Generate(), new[] { 2, 1 }.OrderBy(i => i) })
            Assert.Equal("[1, 2] 3 12 1", Render("{{ x|list }} {{ x|sum }} {% for i in x %}{{ i }}{% endfor %} {{ x|first }}", new { x = source }));
        Assert.Equal("1:[1, 3];0:[2];", Render("{% for g in x %}{{ g.Key }}:{{ g|list }};{% endfor %}", new { x = new[] { 1, 2, 3 }.GroupBy(i => i % 2) }));
    }

    [Fact]
    public void Pairs_are_unpacked_and_have_their_members()
    {
        KeyValuePair<string, int>[] pairs = [new("a", 1), new("b", 2)];
        Assert.Equal("a1b2 a2", Render("{% for k, v in x %}{{ k }}{{ v }}{% endfor %} {{ x[0].key }}{{ x[1].Value }}", new { x = pairs }));
        Assert.Equal("a1b2", Render("{% for k, v in x %}{{ k }}{{ v }}{% endfor %}", new { x = pairs }, new SandboxedEnvironment()));
    }

    [Fact]
    public void A_data_table_or_view_is_the_list_of_its_rows_and_nothing_else()
    {
        using var table = new DataTable("t");
        table.Columns.Add("Id", typeof(int));
        table.Columns.Add("Name", typeof(string));
        table.Rows.Add(2, "b");
        table.Rows.Add(1, DBNull.Value);
        Assert.Equal("2:b 1:None 2 b|", Render("{% for row in t %}{{ row.Id }}:{{ row['Name'] }} {% endfor %}{{ t|length }} {{ t[0].Name }}|{{ t.DataSet }}{{ t.site }}", new { t = table }));
        using var view = new DataView(table) { Sort = "Id" };
        Assert.Equal("12", Render("{{ v|map(attribute='Id')|join }}", new { v = view }));
    }

    private delegate string Joining(string separator, params object[] parts);

    private delegate string Padding(string text, int width = 3);

    [Fact]
    public void A_delegates_own_type_says_which_arguments_may_be_left_out()
    {
        var model = new { join = new Joining((separator, parts) => string.Join(separator, parts)), pad = new Padding((text, width) => text.PadLeft(width, '.')) };
        Assert.Equal("1-2-3| ..a .a", Render("{{ join('-', 1, 2, 3) }}|{{ join('-') }} {{ pad('a') }} {{ pad('a', width=2) }}", model));
    }

    private readonly record struct Point(int X, int Y);

    [Fact]
    public void A_record_struct_is_a_model_and_a_number_is_not()
    {
        Assert.Equal("1,2", Render("{{ X }},{{ y }}", new Point(1, 2)));
        Assert.Throws<ArgumentException>(() => Render("{{ x }}", 1));
        Assert.Throws<ArgumentException>(() => Render("{{ x }}", DayOfWeek.Friday));
        Assert.Throws<ArgumentException>(() => Render("{{ x }}", DateTime.MinValue));
    }

    private sealed record Person(string FullName, int Age);

    [Theory]
    [InlineData("{{ persn.age }}", "'persn' is undefined. Did you mean 'person'?")]
    [InlineData("{{ person.full_nmae.x }}", "'Person object' has no attribute 'full_nmae'. Did you mean 'full_name'?")]
    [InlineData("{{ settings.colour.x }}", "'dict object' has no attribute 'colour'. Did you mean 'color'?")]
    [InlineData("{% block title %}{{ self.tilte() }}{% endblock %}", "'jinja2.runtime.TemplateReference object' has no attribute 'tilte'. Did you mean 'title'?")]
    [InlineData("{{ person.qqq.x }}", "'Person object' has no attribute 'qqq'")]
    [InlineData("{{ f(1, c=2) }}", "f() got an unexpected keyword argument 'c'")]
    public void A_missing_name_is_told_with_the_one_that_was_probably_meant(string source, string message)
    {
        string f(int a) => $"{a}";
        var error = Assert.ThrowsAny<TemplateError>(() => Render(source, new { person = new Person("Ada", 36), settings = new Dictionary<string, object> { ["color"] = "red" }, f = (Func<int, string>)f }));
        Assert.Equal(message, error.Message.Split('\n')[0].Replace("Retort.Jinja.Tests.Values.", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sandbox_does_not_tell_the_names_of_members_that_it_hides()
    {
        var error = Assert.ThrowsAny<TemplateError>(() => Render("{{ person.full_nmae.x }}", new { person = new Person("Ada", 36) }, new SandboxedEnvironment()));
        Assert.DoesNotContain("full_name", error.Message, StringComparison.Ordinal);
    }
}

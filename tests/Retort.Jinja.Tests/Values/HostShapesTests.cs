using System.Collections;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Data;
using Retort.Jinja.Extensions;

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

    private sealed class OnlyToRead(params string[] items) : IReadOnlyList<string>, IReadOnlyDictionary<string, int>
    {
        public int Count => items.Length;

        public string this[int index] => items[index];

        public int this[string key] => Array.IndexOf(items, key);

        public IEnumerable<string> Keys => items;

        public IEnumerable<int> Values => Enumerable.Range(0, items.Length);

        public bool ContainsKey(string key) => items.Contains(key);

        public bool TryGetValue(string key, out int value) => (value = Array.IndexOf(items, key)) >= 0;

        public IEnumerator<string> GetEnumerator() => items.AsEnumerable().GetEnumerator();

        IEnumerator<KeyValuePair<string, int>> IEnumerable<KeyValuePair<string, int>>.GetEnumerator() => items.Select((item, i) => KeyValuePair.Create(item, i)).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class OnlyAList(List<string> items) : IReadOnlyList<string>
    {
        public int Count => items.Count;

        public string this[int index] => items[index];

        public IEnumerator<string> GetEnumerator() => items.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [Fact]
    public void Whatever_c_sharp_calls_a_list_is_one()
    {
        object[] lists =
        [
            new[] { "a", "b" }, new List<string> { "a", "b" }, new Collection<string>(["a", "b"]), new ReadOnlyCollection<string>(["a", "b"]), ImmutableArray.Create("a", "b"),
            ImmutableList.Create("a", "b"), new ArraySegment<string>(["x", "a", "b"], 1, 2), new OnlyAList(["a", "b"]), new ArrayList { "a", "b" }, new StringCollection { "a", "b" },
        ];
        foreach (var list in lists)
            Assert.Equal("['a', 'b'] b a 2 ab list ['b', 'a'] True", Render("{{ x }} {{ x[1] }} {{ x[-2] }} {{ x|length }} {% for i in x %}{{ i }}{% endfor %} {{ x.__class__.__name__ }} {{ x[::-1] }} {{ x == ['a', 'b'] }}", new { x = list }));
        Assert.Equal("[1, 2] 2 [True] [0.5] 1 [None]", Render("{{ n }} {{ n[1] }} {{ b }} {{ f }} {{ d[0] }} {{ o }}", new { n = new[] { 1, 2 }, b = new[] { true }, f = new[] { 0.5 }, d = new uint[] { 1 }, o = new object?[] { null } }));
        Assert.Equal("False 1234", Render("{{ x is string }} {{ x|join }}", new { x = new[,] { { 1, 2 }, { 3, 4 } } }));
    }

    [Fact]
    public void Whatever_c_sharp_calls_a_dictionary_is_one()
    {
        object[] dictionaries =
        [
            new Dictionary<string, int> { ["a"] = 0, ["b"] = 1 }, new Dictionary<object, object> { ["a"] = 0, ["b"] = 1 }, new SortedDictionary<string, int> { ["a"] = 0, ["b"] = 1 },
            new ReadOnlyDictionary<string, int>(new Dictionary<string, int> { ["a"] = 0, ["b"] = 1 }), new OnlyToRead("a", "b"),
            new ListDictionary { { "a", 0 }, { "b", 1 } }, new Dictionary<IComparable, long> { ["a"] = 0, ["b"] = 1 },
        ];
        foreach (var dictionary in dictionaries)
            Assert.Equal("{'a': 0, 'b': 1} 1 0  2 ab dict", Render("{{ x }} {{ x.b }} {{ x['a'] }} {{ x[7] }} {{ x|length }} {% for i in x %}{{ i }}{% endfor %} {{ x.__class__.__name__ }}", new { x = dictionary }));
        Assert.Equal("x y| z", Render("{{ x[1] }} {{ x['1'] }}|{{ x.q }} {{ y[2] }}", new { x = new Dictionary<object, string> { [1] = "x", ["1"] = "y" }, y = new Dictionary<int, string> { [2] = "z" } }));
    }

    [Fact]
    public void A_dictionary_of_the_host_is_changed_where_it_can_be()
    {
        var scores = new Dictionary<string, int> { ["a"] = 1 };
        Assert.Equal("{'a': 1, 'b': 2} 1 {'b': 2}", Render("{% do x.update(b=2) %}{{ x }} {{ x.pop('a') }} {{ x }}", new { x = scores }, new JinjaEnvironment(new DoExtension())));
        var error = Assert.Throws<PythonError>(() => Render("{{ x.pop('a') }}", new { x = new OnlyToRead("a", "b") }));
        Assert.Equal("the dictionary belongs to the host and cannot be changed", error.Reason);
        error = Assert.Throws<PythonError>(() => Render("{{ x.setdefault('c', 1) }}", new { x = new ReadOnlyDictionary<string, int>(scores) }));
        Assert.Equal("the dictionary belongs to the host and cannot be changed", error.Reason);
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

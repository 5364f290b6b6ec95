using System.Collections.Immutable;
using System.Text.Json;
using Retort.Jinja.Values;

namespace Retort.Jinja.Tests.Values;

/// <summary>What stands for another value in C#, and what goes to a template and comes back.</summary>
public sealed class HostConversionTests
{
    public sealed class Service
    {
        private int _reads;

        public Lazy<int> Reads => new(() => ++_reads);

        public ImmutableArray<int> Unset { get; set; }

        public string Pair((int, string) pair) => $"{pair.Item1}:{pair.Item2}";

        public string Old(Tuple<int, string> pair) => $"{pair.Item1}:{pair.Item2}";

        public int Twice(Func<int, int> function) => function(function(1));

        public object Same(object value) => value;

        public string Generic<T>(T value) => $"{value}";

        public string Span(ReadOnlySpan<char> text) => text.ToString();

        public static string Static() => "static";

        public int WriteOnly { set => _reads = value; }

        public Type OutOfReach() => typeof(int);

        public int Whole(int number) => number;

        public string Day(DayOfWeek day) => $"{day}";

        public decimal Exact(decimal number) => number;

        public string Html(Markup html) => html.ToString();

        public string Numbers(List<int> numbers) => $"{numbers.Count}";

        public string ByKey(Dictionary<string, List<int?>> table) => $"{table.Count}";
    }

    private static string Render(string source, object? model = null) => new JinjaEnvironment().FromString(source).Render(model ?? new { s = new Service() });

    [Fact]
    public void A_lazy_value_is_what_it_comes_to_and_only_when_it_is_read()
    {
        var made = 0;
        var model = new { x = new Lazy<string>(() => $"made {++made}"), s = new Service(), list = new List<Lazy<int>> { new(() => 7) }, type = new Lazy<Type>(() => typeof(int)) };
        Assert.Equal("", Render("{% if false %}{{ x }}{% endif %}", model));
        Assert.Equal(0, made);
        Assert.Equal("made 1 MADE 1 1 2 7", Render("{{ x }} {{ x|upper }} {{ s.reads }} {{ s.Reads }} {{ list[0] }}", model));
        Assert.Equal("", Render("{{ type.full_name }}{{ type.Assembly }}", model));
    }

    [Fact]
    public void An_immutable_array_that_was_never_set_is_empty()
    {
        var service = new Service();
        const string source = "{{ s.unset }}{{ s.unset|length }}{% for i in s.unset %}{{ i }}{% else %}none{% endfor %}{{ 1 in s.unset }}{{ s.unset|tojson }}";
        Assert.Equal("[]0noneFalse[]", Render(source, new { s = service }));
        service.Unset = [1, 2];
        Assert.Equal("[1, 2]212True[1, 2]", Render(source, new { s = service }));
    }

    [Fact]
    public void Memory_is_text_or_bytes_and_a_json_document_is_what_it_holds()
    {
        Assert.Equal("bc BC 2 b'\\x01'", Render("{{ t }} {{ t|upper }} {{ w|length }} {{ b }}", new { t = "abc".AsMemory(1), w = new Memory<char>(['a', 'b']), b = new ReadOnlyMemory<byte>([1]) }));
        Assert.Equal("5 True", Render("{{ d.a.b }} {{ 'a' in d }}", new { d = JsonDocument.Parse("""{"a": {"b": 5}}""") }));
    }

    [Fact]
    public void Tuples_have_their_items_names_and_go_back_as_they_came()
    {
        var model = new { s = new Service(), t = (1, "a"), l = Enumerable.Range(0, 12).Select(i => i).ToArray(), nine = (1, 2, 3, 4, 5, 6, 7, 8, 9) };
        Assert.Equal("1 a (1, 'a') 1:a 1:a 2:b 2:b", Render("{{ t.Item1 }} {{ t.Item2 }} {{ t }} {{ s.pair(t) }} {{ s.old(t) }} {{ s.pair((2, 'b')) }} {{ s.old((2, 'b')) }}", model));
        Assert.Equal("9 9", Render("{{ nine|length }} {{ nine[8] }}", model));
        Assert.Equal("Pair() argument 'pair' must be ValueTuple<Int32, String>, not tuple", Assert.Throws<PythonError>(() => Render("{{ s.pair((1, 2, 3)) }}", model)).Reason);
    }

    [Fact]
    public void A_delegate_goes_back_as_itself()
    {
        var function = new Func<int, int>(n => n * 3);
        Assert.Equal("9 True", Render("{{ s.twice(f) }} {{ s.same(f) == f }}", new { s = new Service(), f = function }));
        Assert.Same(function, new NativeEnvironment().FromString("{{ f }}").RenderNative(new { f = function }));
    }

    [Theory]
    [InlineData("{{ s.numbers('ab') }}", "Numbers() argument 'numbers' must be List<Int32>, not str")]
    [InlineData("{{ s.by_key(1) }}", "ByKey() argument 'table' must be Dictionary<String, List<Nullable<Int32>>>, not int")]
    public void A_wrong_argument_is_told_the_type_as_csharp_writes_it(string source, string reason) => Assert.Equal(reason, Assert.Throws<PythonError>(() => Render(source)).Reason);

    [Fact]
    public void A_number_is_converted_only_where_it_fits()
    {
        Assert.Equal("2 2 0.5", Render("{{ s.whole(2.0) }} {{ s.whole(2) }} {{ s.exact(0.5) }}"));
        Assert.Equal("Whole() argument 'number' must be Int32, not float", Assert.Throws<PythonError>(() => Render("{{ s.whole(2.5) }}")).Reason);
        Assert.Equal("Whole() argument 'number' must be Int32, not int", Assert.Throws<PythonError>(() => Render("{{ s.whole(2 ** 31) }}")).Reason);
        Assert.Equal("Exact() argument 'number' must be Decimal, not float", Assert.Throws<PythonError>(() => Render("{{ s.exact(1e30) }}")).Reason);
        Assert.Equal("Exact() argument 'number' must be Decimal, not float", Assert.Throws<PythonError>(() => Render("{{ s.exact('nan'|float) }}")).Reason);
    }

    [Fact]
    public void A_name_of_an_enumeration_is_one_of_its_values()
    {
        Assert.Equal("Friday Friday Friday Friday", Render("{{ s.day('Friday') }} {{ s.day('friday') }} {{ s.day(5) }} {{ s.day(d) }}", new { s = new Service(), d = DayOfWeek.Friday }));
        Assert.Equal("Day() argument 'day' must be DayOfWeek, not str", Assert.Throws<PythonError>(() => Render("{{ s.day('Freitag') }}")).Reason);
    }

    [Fact]
    public void Text_given_as_markup_is_escaped() => Assert.Equal("&lt; <b>", Render("{{ s.html('<') }} {{ s.html('<b>'|safe) }}"));

    [Theory]
    [InlineData("{{ s.generic(1) }}", "'Generic' is generic, which a template cannot call.")]
    [InlineData("{{ s.Span('a') }}", "'Span' is given references or spans, which a template does not have.")]
    [InlineData("{{ s.static() }}", "'Static' is static, and a template has only the object.")]
    [InlineData("{{ s.write_only.x }}", "'WriteOnly' is only to be written.")]
    [InlineData("{{ s.out_of_reach() }}", "'OutOfReach' is out of a template's reach, because of its type.")]
    [InlineData("{{ s.numbres([1]) }}", "Did you mean 'Numbers'?")]
    public void A_member_that_is_none_to_a_template_says_why(string source, string advice) =>
        Assert.Contains(advice, Assert.Throws<UndefinedError>(() => Render(source)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_sandbox_does_not_say_what_it_hides() =>
        Assert.DoesNotContain("cannot call", Assert.Throws<UndefinedError>(() => new SandboxedEnvironment().FromString("{{ s.generic(1) }}").Render(new { s = new Service() })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ t }}")]
    [InlineData("{{ t ~ 'a' }}")]
    [InlineData("{{ t.name }}")]
    [InlineData("{{ t['name'] }}")]
    [InlineData("{{ t|length }}")]
    [InlineData("{% if t %}always{% endif %}")]
    [InlineData("{% if v %}always{% endif %}")]
    [InlineData("{% for x in t %}{% endfor %}")]
    [InlineData("{{ v }}")]
    public void A_task_in_a_render_that_does_not_await_is_an_error_that_says_so(string source)
    {
        var error = Assert.Throws<TemplateRuntimeError>(() => Render(source, new { t = Task.FromResult("text"), v = new ValueTask<bool>(false) }));
        Assert.Equal("a task is not awaited here; render with RenderAsync or GenerateAsync, or await it before the template gets it", error.Reason);
        Assert.Equal(1, error.Position!.Line);
    }

    [Theory]
    [InlineData("{% for x in items %}{% endfor %}")]
    [InlineData("{{ items|list }}")]
    [InlineData("{{ items|length }}")]
    public void So_is_an_asynchronous_sequence(string source) =>
        Assert.StartsWith("an asynchronous sequence is not read here", Assert.Throws<TemplateRuntimeError>(() => Render(source, new { items = Items() })).Reason, StringComparison.Ordinal);

    private static async IAsyncEnumerable<int> Items()
    {
        await Task.Yield();
        yield return 1;
    }

    [Fact]
    public void A_collection_is_true_if_it_holds_something() =>
        Assert.Equal("no yes no", Render("{{ 'yes' if a else 'no' }} {{ 'yes' if b else 'no' }} {{ 'yes' if c else 'no' }}", new { a = new Queue<int>(), b = new Queue<int>([1]), c = new LinkedList<int>() }));

    [Theory]
    [InlineData(typeof(CancellationToken))]
    [InlineData(typeof(StringWriter))]
    [InlineData(typeof(DateTime))]
    [InlineData(typeof(List<int>))]
    [InlineData(typeof(HashSet<string>))]
    public void What_has_no_variables_is_refused_as_a_model(Type type)
    {
        var error = Assert.Throws<ArgumentException>(() => Render("", Activator.CreateInstance(type)));
        Assert.StartsWith($"A {HostText.TypeName(type)} has no variables; pass a dictionary, an anonymous object or a record.", error.Message, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using Retort.Jinja.Loaders;

namespace Retort.Jinja.Tests.Robustness;

/// <summary>
/// What is deep ends in an error. Nothing can catch an overflow of the stack: one that comes back takes the whole test run down, which names the test that was running.
/// </summary>
public sealed class RecursionTests
{
    /// <summary>What stands between a macro's start and its call of itself: before the call, after it, and how often.</summary>
    public static TheoryData<string, string, int> Levels => new()
    {
        { "(1|default(", "))", 60 }, { "[", "]", 190 }, { "{'a':", "}", 190 }, { "range(", ")", 190 }, { "'a'.join(", ")", 190 }, { "dict(**", ")", 190 }, { "(1 is eq(", "))", 60 },
        { "'abc'[:", "]", 190 }, { "(", "|default(z))", 90 }, { "", "|default(z)", 480 }, { "", "|format(z)", 480 }, { "", "|default(default_value=z)", 480 }, { "", "*z", 480 }, { "", "[:1]", 480 },
        { "", ".a", 480 }, { "", "['a']", 480 }, { "", "()", 480 }, { "", "~z", 480 }, { "", "+1", 480 }, { "", " or z", 480 },
    };

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_macro_may_call_itself_from_deep_inside_an_expression(string before, string after, int times)
    {
        var source = $"{{% macro m(z) %}}{{{{ {Repeat(before, times)}m(z){Repeat(after, times)} }}}}{{% endmacro %}}{{{{ m(1) }}}}";
        AssertTooDeep(environment => environment.FromString(source).Render());
        AssertTooDeep(environment => environment.FromString(source).RenderAsync().GetAwaiter().GetResult());
    }

    [Theory]
    [InlineData("{% for i in [1] %}", "{% endfor %}")]
    [InlineData("{% for i in [1] if i %}", "{% endfor %}")]
    [InlineData("{% if true %}", "{% endif %}")]
    [InlineData("{% with q = 1 %}", "{% endwith %}")]
    [InlineData("{% filter upper %}", "{% endfilter %}")]
    [InlineData("{% set q %}", "{% endset %}")]
    public void A_macro_may_call_itself_from_deep_inside_statements(string open, string close)
    {
        var source = $"{{% macro m() %}}{Repeat(open, 190)}{{{{ m() }}}}{Repeat(close, 190)}{{% endmacro %}}{{{{ m() }}}}";
        AssertTooDeep(environment => environment.FromString(source).Render());
        AssertTooDeep(environment => environment.FromString(source).RenderAsync().GetAwaiter().GetResult());
    }

    [Theory]
    [InlineData("{'a':", "1", "}", 190)]
    [InlineData("a|default(", "1", ")", 190)]
    [InlineData("[", "1", "]", 190)]
    [InlineData("(", "1,", ")", 90)]
    [InlineData("", "z", "+1", 480)]
    public void A_template_may_have_to_be_compiled_where_the_stack_is_nearly_used_up(string open, string inner, string close, int times)
    {
        var deep = $"{{{{ {Repeat(open, times)}{inner}{Repeat(close, times)} }}}}";
        AssertTooDeep(environment =>
        {
            environment.CacheSize = 0;
            environment.Globals["z"] = 1;
            environment.Loader = new FunctionLoader(name => name == "deep" ? deep : null);
            return environment.FromString("{% macro m() %}{% import 'deep' as d %}{{ m() }}{% endmacro %}{{ m() }}").Render();
        });
    }

    [Theory]
    [InlineData("[1]", "ns.x|map('string')", "{{ ns.x|list }}")]
    [InlineData("[1]", "ns.x|select", "{{ ns.x|first }}")]
    [InlineData("[1]", "ns.x|batch(1)", "{% for i in ns.x %}{% endfor %}")]
    [InlineData("1", "(ns.x,)", "{{ {}[ns.x] }}")]
    [InlineData("1", "(ns.x,)", "{{ {ns.x: 1} }}")]
    [InlineData("1", "[ns.x]", "{{ ns.x }}")]
    [InlineData("1", "[ns.x]", "{{ ns.x == ns.y }}")]
    [InlineData("1", "[ns.x]", "{{ ns.x|tojson }}")]
    [InlineData("1", "[ns.x]", "{{ ns.x|pprint }}")]
    [InlineData("1", "namespace(a=ns.x)", "{{ ns.x }}")]
    public void A_value_may_be_as_deep_as_a_loop_makes_it(string start, string step, string use)
    {
        var other = step.Replace("ns.x", "ns.y", StringComparison.Ordinal);
        AssertTooDeep(environment => environment.FromString(
            $"{{% set ns = namespace(x={start}, y={start}) %}}{{% for i in range(20000) %}}{{% set ns.x = {step} %}}{{% set ns.y = {other} %}}{{% endfor %}}{use}").Render());
    }

    [Fact]
    public void A_tuple_of_the_host_may_be_of_any_depth()
    {
        object tuple = 1;
        for (var i = 0; i < 100_000; i++)
            tuple = Tuple.Create(tuple);
        AssertTooDeep(environment => environment.FromString("{{ x }}").Render(new { x = tuple }));
    }

    [Fact]
    public void Json_may_be_of_any_depth()
    {
        var json = JsonDocument.Parse(Repeat("[", 100_000) + Repeat("]", 100_000), new JsonDocumentOptions { MaxDepth = 100_001 }).RootElement;
        foreach (var use in new[] { "{{ x }}", "{{ x|tojson }}", "{{ x|pprint }}", "{{ x == [x, 1][0] }}", "{{ [x]|sort }}" })
        {
            var error = Record.Exception(() => OnSmallStack(() => new JinjaEnvironment().FromString(use).Render(new { x = json })));
            Assert.True(error is null or PythonError { Kind: PythonErrorKind.RecursionError }, $"{use}: {error}");
        }
    }

    [Fact]
    public void The_steps_of_a_recursion_without_end_are_shown_at_its_two_ends()
    {
        var error = Assert.Throws<PythonError>(() => OnSmallStack(() => new JinjaEnvironment().FromString("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}").Render()));
        Assert.True(error.Frames.Count > 100);
        var lines = error.Message.Split('\n');
        Assert.Equal(4 + 10 + 1 + 10, lines.Length);
        Assert.Equal($"  ... {error.Frames.Count - 20} more steps", lines[14]);
    }

    private static void AssertTooDeep(Func<JinjaEnvironment, string> render)
    {
        var error = Assert.Throws<PythonError>(() => OnSmallStack(() => render(new SandboxedEnvironment())));
        Assert.Equal(PythonErrorKind.RecursionError, error.Kind);
        Assert.NotNull(error.Position);
    }

    // Of a size that no platform makes smaller, so that deep is soon reached.
    private static string OnSmallStack(Func<string> body) => OnStack(512 << 10, body);

    private static string OnStack(int size, Func<string> body)
    {
        var (result, failure) = ("", (Exception?)null);
        var thread = new Thread(() => failure = Record.Exception(() => result = body()), size);
        thread.Start();
        thread.Join();
        return failure is null ? result : throw failure;
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    [Theory]
    [InlineData("{% set x = 1 %}{{ missing }}{% include 'main' %}")]
    [InlineData("{% set x = 1 %}{{ missing }}{% import 'main' as m with context %}")]
    [InlineData("{% with x = 1 %}{{ missing }}{% include 'main' %}{% endwith %}")]
    public void A_variable_may_be_looked_for_through_any_number_of_includes(string source)
    {
        var error = Assert.Throws<PythonError>(() => OnStack(8 << 20, () => Rendering.RenderMain(null, ("main", source))));
        Assert.Equal(PythonErrorKind.RecursionError, error.Kind);
    }

    [Theory]
    [InlineData("{% import 'main' as m %}")]
    [InlineData("{% include 'main' without context %}")]
    public async Task A_module_begins_at_the_level_of_what_imports_it(string source)
    {
        var error = await Assert.ThrowsAsync<PythonError>(async () => await Rendering.Environment(("main", source)).GetTemplate("main").RenderAsync());
        Assert.Equal(PythonErrorKind.RecursionError, error.Kind);
        Assert.InRange(error.Frames.Count, 50, 1000);
    }
}

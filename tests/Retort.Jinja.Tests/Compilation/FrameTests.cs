using Retort.Jinja.Extensions;
using Retort.Jinja.Loaders;
using static Retort.Jinja.Tests.Rendering;

namespace Retort.Jinja.Tests.Compilation;

/// <summary>Variables of a body live in a frame that is used again once nothing can read it. These are the things that read it later.</summary>
public sealed class FrameTests
{
    [Fact]
    public void A_macro_that_leaves_its_macro_still_reads_that_ones_variables() => Assert.Equal("12", Render(
        "{% set ns = namespace() %}"
        + "{% macro outer(x) %}{% macro inner() %}{{ x }}{% endmacro %}{% set ns.kept = inner %}{% endmacro %}"
        + "{% macro other(a, b, c) %}{% endmacro %}"
        + "{{ outer(1) }}{% set first = ns.kept %}{{ outer(2) }}{{ other(7, 8, 9) }}{{ first() }}{{ ns.kept() }}"));

    [Fact]
    public void A_filtered_loop_kept_in_a_namespace_goes_on_with_its_condition() => Assert.Equal("0 [2, 4]", Render(
        "{% set ns = namespace() %}"
        + "{% macro begin(least) %}{% for i in [0, 1, 2, 3, 4, 5] if i % least == 0 %}{{ i }}{% set ns.kept = loop %}{% break %}{% endfor %}{% endmacro %}"
        + "{% macro other(a) %}{{ a }}{% endmacro %}"
        + "{{ begin(2) }} {{ other(3)[:0] }}{{ ns.kept|map('first')|list }}",
        configure: environment => environment.AddExtension(new LoopControlsExtension())));

    [Fact]
    public void The_body_of_a_call_block_that_is_kept_still_reads_the_variables_around_it() => Assert.Equal("12", Render(
        "{% set ns = namespace() %}"
        + "{% macro keep() %}{% set ns.kept = caller %}{% endmacro %}"
        + "{% macro outer(x) %}{% call keep() %}{{ x }}{% endcall %}{% endmacro %}"
        + "{% macro other(a, b, c) %}{% endmacro %}"
        + "{{ outer(1) }}{% set first = ns.kept %}{{ outer(2) }}{{ other(7, 8, 9) }}{{ first() }}{{ ns.kept() }}"));

    [Fact]
    public void A_recursive_loop_that_is_kept_still_reads_the_variables_around_it() => Assert.Equal("15 25", Render(
        "{% set ns = namespace() %}"
        + "{% macro outer(x) %}{% for i in [[1]] recursive %}{% if i is iterable %}{% set ns.kept = loop %}{% else %}{{ x }}{{ i }}{% endif %}{% endfor %}{% endmacro %}"
        + "{% macro other(a, b, c) %}{% endmacro %}"
        + "{{ outer(1) }}{% set first = ns.kept %}{{ outer(2) }}{{ other(7, 8, 9) }}{{ first([5]) }} {{ ns.kept([5]) }}"));

    [Fact]
    public void A_parameter_that_is_not_passed_does_not_keep_the_value_of_the_call_before() => Assert.Equal("[1,d][,d][2,3]", Render(
        "{% macro m(a, b='d') %}[{{ a }},{{ b }}]{% endmacro %}{{ m(1) }}{{ m() }}{{ m(2, b=3) }}"));

    [Fact]
    public void A_variable_set_in_one_call_is_not_set_in_the_next() => Assert.Equal("(set)()", Render(
        "{% macro m(on) %}({% if on %}{% set x = 'set' %}{% endif %}{{ x }}){% endmacro %}{{ m(true) }}{{ m(false) }}"));

    [Fact]
    public void A_macro_that_calls_itself_has_variables_of_its_own_at_each_depth() => Assert.Equal("3210123", Render(
        "{% macro m(n) %}{{ n }}{% if n %}{{ m(n - 1) }}{{ n }}{% endif %}{% endmacro %}{{ m(3) }}"));

    [Fact]
    public void A_macro_called_in_its_own_arguments_does_not_disturb_them() => Assert.Equal("<1<23>>", Render(
        "{% macro m(a, b) %}<{{ a }}{{ b }}>{% endmacro %}{{ m(1, m(2, 3)) }}"));

    [Fact]
    public void Frames_that_an_error_left_behind_do_not_come_back()
    {
        var template = new JinjaEnvironment().FromString("{% macro m(a) %}{{ 1 // a }}{{ x }}{% endmacro %}{{ m(n) }}");
        for (var i = 0; i < 3; i++)
        {
            Assert.Throws<PythonError>(() => template.Render(new { n = 0 }));
            Assert.Equal("1", template.Render(new { n = 1 }));
        }
    }

    [Fact]
    public void A_template_renders_another_while_it_runs()
    {
        var environment = Environment(("inner", "{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(8, 9) }}"), ("main", "{% macro m(a, b) %}{{ a }}{{ render() }}{{ b }}{% endmacro %}{{ m(1, 2) }}"));
        environment.Globals["render"] = new Func<string>(() => environment.GetTemplate("inner").Render());
        Assert.Equal("1892", environment.GetTemplate("main").Render());
    }

    [Fact]
    public void Calls_from_many_threads_keep_apart()
    {
        var template = new JinjaEnvironment().FromString("{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{% for i in range(50) %}{{ m(n, i) }}{% endfor %}");
        var expected = Enumerable.Range(0, 8).Select(n => string.Concat(Enumerable.Range(0, 50).Select(i => $"{n}{i}"))).ToArray();
        Parallel.For(0, 400, run => Assert.Equal(expected[run % 8], template.Render(new { n = run % 8 })));
    }

    [Fact]
    public void An_included_template_that_changes_is_read_again()
    {
        var sources = new Dictionary<string, string> { ["part"] = "old", ["main"] = "{% include 'part' %}" };
        var environment = new JinjaEnvironment { Loader = new DictionaryLoader(sources) };
        Assert.Equal("old", environment.GetTemplate("main").Render());
        sources["part"] = "new";
        Assert.Equal("new", environment.GetTemplate("main").Render());
        environment.AutoReload = false;
        sources["part"] = "newest";
        Assert.Equal("new", environment.GetTemplate("main").Render());
        var main = environment.GetTemplate("main");
        environment.Loader = new DictionaryLoader(new Dictionary<string, string> { ["part"] = "other loader" });
        Assert.Equal("other loader", main.Render());
    }
}

namespace Retort.Jinja.Tests.Compilation;

public sealed class ScopeTests
{
    [Theory]
    [InlineData("{% for i in [1, 2] %}{% set x = i %}{{ x }}{% endfor %}{{ x is defined }}", "12False")]
    [InlineData("{% set x = 0 %}{% for i in [1, 2] %}{{ x }}{% set x = i %}{{ x }}{% endfor %}{{ x }}", "01020")]
    [InlineData("{% set ns = namespace(x=0) %}{% for i in [1, 2] %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}", "3")]
    [InlineData("{% if true %}{% set x = 1 %}{% endif %}{{ x }}", "1")]
    [InlineData("{% with x = 1, y = 2 %}{{ x }}{{ y }}{% set x = 3 %}{{ x }}{% endwith %}{{ x is defined }}", "123False")]
    [InlineData("{% set a, b = 1, 2 %}{{ a }}{{ b }}", "12")]
    [InlineData("{% set ns = namespace() %}{% set ns.a, b = 1, 2 %}{% set c, ns.d = 3, 4 %}{{ ns.a }}{{ b }}{{ c }}{{ ns.d }}", "1234")]
    [InlineData("{% set x %}a{{ 1 }}b{% endset %}{{ x }}", "a1b")]
    [InlineData("{% set x|upper %}abc{% endset %}{{ x }}", "ABC")]
    public void Assignments_stay_in_their_scope(string source, string text) => Assert.Equal(text, Rendering.Render(source));

    [Theory]
    [InlineData("{{ x }}{% set x = 1 %}{{ x }}", "given1")]
    [InlineData("{% if no %}{% set x = 1 %}{% endif %}{{ x }}", "given")]
    [InlineData("{% for i in [0] %}{{ x is defined }}{% endfor %}{% set x = 1 %}", "False")]
    public void A_name_assigned_later_belongs_to_the_scope_from_its_start(string source, string text) => Assert.Equal(text, Rendering.Render(source, new { x = "given" }));

    [Theory]
    [InlineData("{% for i in [1, 2] %}{% with %}{{ y is defined }}{% set y = 1 %}{% endwith %}{% endfor %}", "FalseFalse")]
    [InlineData("{% for i in [1, 2] %}{% with j = i %}{{ x }}{% set x = 1 %}{% endwith %}{% endfor %}", "givengiven")]
    [InlineData("{% for i in [1, 2] %}{% with %}{{ m is defined }}{% macro m() %}{% endmacro %}{% endwith %}{% endfor %}", "FalseFalse")]
    [InlineData("{% for i in [[1], 2] recursive %}{% with %}{{ y is defined }}{% set y = 1 %}{% endwith %}{{ loop(i) if i is iterable }}{% endfor %}", "FalseFalseFalse")]
    public void A_with_forgets_what_was_set_in_it(string source, string text) => Assert.Equal(text, Rendering.Render(source, new { x = "given" }));

    [Theory]
    [InlineData("{% with x = 7 %}{% with %}{% include 'inc' %}{% set x = 1 %}{% endwith %}{% endwith %}", "7")]
    [InlineData("{% with x = 7 %}{% with %}{% include 'inc' %}{% macro x() %}{% endmacro %}{% endwith %}{% endwith %}", "7")]
    [InlineData("{% for x in [5, 6] %}{% with %}{% import 'inc' as x with context %}{{ x }}{% endwith %}{% endfor %}", "56")]
    [InlineData("{% for x in [1] %}{% for z in [1, 2] %}{% if not x %}{% set x = 3 %}{% endif %}{% include 'inc' %}{% endfor %}{% endfor %}", "11")]
    [InlineData("{% for x in [1] %}{% for z in [1, 2] recursive %}{% include 'inc' %}{% set x = 3 %}{% include 'inc' %}{% endfor %}{% endfor %}", "1313")]
    public void An_include_sees_what_a_name_means_outside_until_it_is_set_here(string source, string text) =>
        Assert.Equal(text, Rendering.RenderMain(null, ("inc", "{{ x }}"), ("main", source)));

    [Theory]
    [InlineData("{% macro m() %}{{ x }}{% endmacro %}{% set x = 1 %}{{ m() }}{% set x = 2 %}{{ m() }}", "12")]
    [InlineData("{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}B{% endmacro %}{{ a() }}", "B")]
    [InlineData("{% macro m(a, b=a, c=b ~ '!') %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }}{{ m(1, 2) }}", "111!122!")]
    [InlineData("{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, k=3) }}", "(1, 2){'k': 3}")]
    [InlineData("{% macro m() %}{% macro w() %}{{ caller }}{{ kwargs }}{% endmacro %}{{ w(a=1) }}{% endmacro %}{{ m(b=2) }}", "{'a': 1}")]
    [InlineData("{% macro m(x) %}[{{ caller(x) }}]{% endmacro %}{% call(y) m(5) %}<{{ y }}>{% endcall %}", "[<5>]")]
    [InlineData("{% macro m(a, b=1) %}{% endmacro %}{{ m.name }} {{ m.arguments }} {{ m.catch_kwargs }} {{ m.caller }}", "m ('a', 'b') False False")]
    [InlineData("{% for i in [1, 2] %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}", "12")]
    public void Macros_read_variables_when_they_run(string source, string text) => Assert.Equal(text, Rendering.Render(source));

    [Theory]
    [InlineData("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", "macro 'm' takes not more than 1 argument(s)")]
    [InlineData("{% macro m(a) %}{% endmacro %}{{ m(b=2) }}", "macro 'm' takes no keyword argument 'b'")]
    public void Macros_refuse_what_they_do_not_take(string source, string reason) =>
        Assert.Equal(reason, Assert.Throws<PythonError>(() => Rendering.Render(source)).Reason);

    [Theory]
    [InlineData("{% for i in x %}{{ loop.index }}{{ loop.last }} {% else %}none{% endfor %}", "1False 2False 3True ")]
    [InlineData("{% for i in [] %}{% else %}none{% endfor %}", "none")]
    [InlineData("{% for i in x if i != 'b' %}{{ loop.index }}{{ i }}{{ loop.length }}{% endfor %}", "1a22c2")]
    [InlineData("{% for i in x %}{{ loop.previtem|default('-') }}{{ i }}{{ loop.nextitem|default('-') }} {% endfor %}", "-ab abc bc- ")]
    [InlineData("{% for i in x %}{{ loop.cycle('o', 'e') }}{{ loop.changed(i == 'b') }} {% endfor %}", "oTrue eTrue oTrue ")]
    [InlineData("{% for i in x|map('upper') %}{{ loop.length }}{{ i }}{{ loop.revindex }} {% endfor %}", "3A3 3B2 3C1 ")]
    [InlineData("{% for k, v in {'a': 1}.items() %}{{ k }}{{ v }}{% endfor %}", "a1")]
    public void Loops_know_where_they_are(string source, string text) => Assert.Equal(text, Rendering.Render(source, new { x = new[] { "a", "b", "c" } }));

    [Fact]
    public void A_recursive_loop_runs_its_body_for_inner_items()
    {
        const string source = "{% for n in t recursive %}{{ loop.depth }}{{ n.v }}[{{ loop(n.c) if n.c }}]{% endfor %}";
        var model = new { t = new object[] { new { v = "a", c = new object[] { new { v = "b", c = Array.Empty<object>() } } } } };
        Assert.Equal("1a[2b[]]", Rendering.Render(source, model));
    }

    [Fact]
    public void Break_and_continue_belong_to_the_nearest_loop()
    {
        var environment = new JinjaEnvironment(new Retort.Jinja.Extensions.LoopControlsExtension());
        const string source = "{% for i in range(5) %}{% if i == 1 %}{% continue %}{% endif %}{% for j in range(3) %}{% if j == 1 %}{% break %}{% endif %}{{ i }}{{ j }} {% endfor %}{% if i == 3 %}{% break %}{% endif %}{% endfor %}";
        Assert.Equal("00 20 30 ", environment.FromString(source).Render());
        var error = Assert.ThrowsAny<TemplateSyntaxError>(() => environment.FromString("{% break %}"));
        Assert.Equal("'break' outside loop", error.Reason);
    }

    [Fact]
    public void A_block_set_to_an_attribute_of_a_dictionary_sets_its_item() =>
        Assert.Equal("{'a': 'x'}", Rendering.Render("{% set d = {} %}{% set d.a %}x{% endset %}{{ d }}"));

    [Theory]
    [InlineData("{% set d = 1 %}{% set d.a %}x{% endset %}")]
    [InlineData("{% set d = [] %}{% set d.a %}x{% endset %}")]
    [InlineData("{% set d.a %}x{% endset %}")]
    public void A_block_set_to_an_attribute_of_anything_else_is_a_TypeError(string source) =>
        Assert.Equal(PythonErrorKind.TypeError, Assert.Throws<PythonError>(() => Rendering.Render(source)).Kind);

    [Fact]
    public void An_argument_named_by_a_word_of_Python_gives_way_to_that_of_a_dictionary()
    {
        var model = new { d = new Dictionary<string, object?> { ["class"] = "wide" } };
        const string macro = "{% macro field() %}{{ kwargs }}{% endmacro %}";
        Assert.Equal("{'class': 'wide', 'id': 1}", Rendering.Render(macro + "{{ field(class='narrow', id=1, **d) }}", model));
        Assert.Equal("got multiple values for keyword argument 'class_'", Assert.Throws<PythonError>(() => Rendering.Render(macro + "{{ field(class_='narrow', **{'class_': 1}) }}")).Reason);
    }

    [Fact]
    public void All_operands_of_a_tilde_are_known_before_one_is_text() =>
        Assert.Equal("[1]None1[]", Rendering.Render("{% set x = [] %}{{ x ~ x.append(1) }}{{ x.pop() ~ x }}"));
}

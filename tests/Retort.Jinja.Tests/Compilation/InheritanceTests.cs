using static Retort.Jinja.Tests.Rendering;

namespace Retort.Jinja.Tests.Compilation;

public sealed class InheritanceTests
{
    [Fact]
    public void A_child_fills_its_parents_blocks() => Assert.Equal("[child parent]", RenderMain(
        null, ("base", "[{% block b %}parent{% endblock %}]"), ("main", "{% extends 'base' %}ignored{% block b %}child {{ super() }}{% endblock %}")));

    [Fact]
    public void Three_levels_call_super_in_turn() => Assert.Equal("[c>b>a]", RenderMain(
        null,
        ("a", "[{% block x %}a{% endblock %}]"),
        ("b", "{% extends 'a' %}{% block x %}b>{{ super() }}{% endblock %}"),
        ("main", "{% extends 'b' %}{% block x %}c>{{ super() }}{% endblock %}")));

    [Fact]
    public void Self_gives_a_block_again() => Assert.Equal("T T", Render("{% block t %}T{% endblock %} {{ self.t() }}"));

    [Fact]
    public void Blocks_see_what_the_child_set_at_its_top_level() => Assert.Equal("1", RenderMain(
        null, ("base", "{% block b %}{{ x }}{% endblock %}"), ("main", "{% extends 'base' %}{% set x = 1 %}")));

    [Theory]
    [InlineData("{% macro m() %}{{ x }}{% endmacro %}", "parent")]
    [InlineData("{{ x }}{% macro m() %}{{ x }}{% endmacro %}", "given")]
    [InlineData("{{ missing }}{% macro m() %}{{ missing is defined }}{% endmacro %}", "False")]
    [InlineData("{% if missing %}{% set x = 1 %}{% endif %}{% macro m(y=x) %}{{ y }}{% endmacro %}", "given")]
    public void A_childs_macro_does_not_see_what_the_parent_sets_where_the_child_reads_it_first(string macro, string expected) => Assert.Equal(expected + " parent", RenderMain(
        new { x = "given" },
        ("base", "{% set x = 'parent' %}{% set missing = 1 %}{% block b %}{% endblock %}"),
        ("main", "{% extends 'base' %}" + macro + "{% block b %}{{ m() }} {{ x }}{% endblock %}")));

    [Fact]
    public void Only_scoped_blocks_see_the_loop_around_them()
    {
        Assert.Equal("", Render("{% for i in [1] %}{% block b %}{{ i }}{% endblock %}{% endfor %}"));
        Assert.Equal("1", Render("{% for i in [1] %}{% block b scoped %}{{ i }}{% endblock %}{% endfor %}"));
    }

    [Theory]
    [InlineData("{% autoescape false %}{% block b %}{{ (x ~ 'b') is escaped }}{{ x ~ '>' }}{% endblock %}{% endautoescape %}", true, "True&lt;&gt;")]
    [InlineData("{% autoescape off %}{% block b %}{% set y = x ~ '>' %}{{ y }}{% endblock %}{% endautoescape %}", true, "&lt;&gt;")]
    [InlineData("{% autoescape true %}{% block b %}{{ (x ~ 'b') is escaped }}{{ x ~ '>' }}{% endblock %}{% endautoescape %}", false, "False&lt;>")]
    public void A_block_joins_text_as_its_template_escapes_whatever_stands_around_it(string block, bool autoescape, string expected)
    {
        var environment = Environment(("main", "{% set x = '<'|e %}" + block));
        environment.Autoescape = _ => autoescape;
        Assert.Equal(expected, environment.GetTemplate("main").Render());
    }

    [Fact]
    public void Extends_may_depend_on_a_condition()
    {
        (string, string)[] templates = [("base", "base[{% block b %}{% endblock %}]"), ("main", "{% if x %}{% extends 'base' %}{% endif %}own {% block b %}b{% endblock %}")];
        Assert.Equal("base[b]", RenderMain(new { x = true }, templates));
        Assert.Equal("own b", RenderMain(new { x = false }, templates));
    }

    [Fact]
    public void A_required_block_must_be_filled()
    {
        (string, string) parent = ("base", "{% block b required %}{% endblock %}");
        Assert.Equal("x", RenderMain(null, parent, ("main", "{% extends 'base' %}{% block b %}x{% endblock %}")));
        var error = Assert.Throws<TemplateRuntimeError>(() => RenderMain(null, parent, ("main", "{% extends 'base' %}")));
        Assert.Equal("Required block 'b' not found", error.Reason);
    }

    [Fact]
    public void Extending_twice_is_an_error() => Assert.Equal("extended multiple times", Assert.Throws<TemplateRuntimeError>(() =>
        RenderMain(null, ("base", ""), ("main", "{% extends 'base' %}{% extends 'base' %}"))).Reason);

    [Fact]
    public void Includes_see_the_locals_of_their_place_unless_told_otherwise()
    {
        (string, string) included = ("inc", "{{ i }}{{ g }}");
        Assert.Equal("1g2g", RenderMain(new { g = "g" }, included, ("main", "{% for i in [1, 2] %}{% include 'inc' %}{% endfor %}")));
        Assert.Equal("", RenderMain(new { g = "g" }, included, ("main", "{% for i in [1] %}{% include 'inc' without context %}{% endfor %}")));
    }

    [Fact]
    public void Includes_take_the_first_template_that_exists() =>
        Assert.Equal("yes", RenderMain(null, ("inc", "yes"), ("main", "{% include ['nope', 'inc'] %}{% include 'nope' ignore missing %}")));

    [Fact]
    public void Imports_give_exported_names_only()
    {
        (string, string) module = ("mod", "{% macro m(x) %}<{{ x }}>{% endmacro %}{% set v = 1 %}{% set _p = 2 %}{% import 'other' as o %}");
        Assert.Equal("<5>1FalseFalse", RenderMain(
            null, module, ("other", ""), ("main", "{% import 'mod' as mod %}{{ mod.m(5) }}{{ mod.v }}{{ mod._p is defined }}{{ mod.o is defined }}")));
        Assert.Equal("<a>", RenderMain(null, module, ("other", ""), ("main", "{% from 'mod' import m as n, v %}{{ n('a') }}")));
    }

    [Fact]
    public void Imports_see_the_context_only_if_told_to()
    {
        (string, string) module = ("mod", "{% macro m() %}{{ x }}{% endmacro %}");
        Assert.Equal("", RenderMain(new { x = 1 }, module, ("main", "{% from 'mod' import m %}{{ m() }}")));
        Assert.Equal("1", RenderMain(new { x = 1 }, module, ("main", "{% from 'mod' import m with context %}{{ m() }}")));
    }

    [Fact]
    public void A_cycle_of_extends_or_includes_ends_in_an_error()
    {
        var error = Assert.Throws<PythonError>(() => RenderMain(null, ("main", "{% include 'main' %}")));
        Assert.Equal(PythonErrorKind.RecursionError, error.Kind);
        error = Assert.Throws<PythonError>(() => RenderMain(null, ("main", "{% extends 'main' %}")));
        Assert.Equal(PythonErrorKind.RecursionError, error.Kind);
        error = Assert.Throws<PythonError>(() => Render("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"));
        Assert.Equal(PythonErrorKind.RecursionError, error.Kind);
    }

    [Fact]
    public void A_parent_learns_from_the_context_which_template_was_asked_for()
    {
        (string, string)[] templates = [("base", "{{ self._TemplateReference__context.name }}{{ self._TemplateReference__context['x'] }}"), ("main", "{% extends 'base' %}{% set x = 1 %}")];
        Assert.Equal("main1", RenderMain(null, templates));
        Assert.Equal("None", Render("{{ self._TemplateReference__context.name }}"));
        Assert.Throws<SecurityError>(() => new SandboxedEnvironment().FromString("{{ self._TemplateReference__context.name }}").Render());
    }

    [Fact]
    public void A_template_that_extends_itself_ends_long_before_a_large_stack_does()
    {
        PythonError? error = null;
        var environment = Environment(("main", "{% block b %}{% endblock %}{% extends 'main' %}"));
        var thread = new Thread(() => error = Assert.Throws<PythonError>(() => environment.GetTemplate("main").Render()), 64 << 20);
        thread.Start();
        thread.Join();
        Assert.Equal(PythonErrorKind.RecursionError, error!.Kind);
        Assert.InRange(error.Frames.Count, 100, 1000);
    }

    [Fact]
    public void A_block_knows_its_name() =>
        Assert.Equal("b b", RenderMain(null, ("base", "{% block b %}{% endblock %}"), ("main", "{% extends 'base' %}{% block b %}{{ super.name }} {{ self.b.name }}{% endblock %}")));

    [Fact]
    public async Task A_template_extends_one_other()
    {
        var environment = Rendering.Environment(("a", "a"), ("b", "b"), ("main", "{% extends 'a' %}{% if x %}{% extends 'b' %}{% endif %}"));
        Assert.Equal("a", environment.GetTemplate("main").Render());
        Assert.Equal("extended multiple times", Assert.Throws<TemplateRuntimeError>(() => environment.GetTemplate("main").Render(new { x = true })).Reason);
        await Assert.ThrowsAsync<TemplateRuntimeError>(() => environment.GetTemplate("main").RenderAsync(new { x = true }));
        var either = environment.FromString("{% if x %}{% extends 'a' %}{% endif %}{% if y %}{% extends 'b' %}{% endif %}");
        Assert.Equal("b", either.Render(new { y = true }));
        Assert.Equal("extended multiple times", Assert.Throws<TemplateRuntimeError>(() => either.Render(new { x = true, y = true })).Reason);
    }
}

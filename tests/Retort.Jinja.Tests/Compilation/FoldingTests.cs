using Retort.Jinja.Values;
using static Retort.Jinja.Tests.Rendering;

namespace Retort.Jinja.Tests.Compilation;

/// <summary>What Jinja's optimizer computes when it compiles, as far as a template can see it.</summary>
public sealed class FoldingTests
{
    [Theory]
    [InlineData("{{ 1e3 or x|nope }}", "1000.0")]
    [InlineData("{{ 0 and x|nope }}{{ [] and x|nope }}", "0[]")]
    [InlineData("{{ 64 < 2.5 < x|nope }}{{ 1 < 2 > 3 == x|nope }}", "FalseFalse")]
    [InlineData("{{ [1] or x is nope }}{{ (true or x|nope) and 2 }}", "[1]2")]
    public void An_operand_that_a_constant_makes_needless_is_not_compiled(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ 0 or x|nope }}")]
    [InlineData("{{ x or 1|nope }}")]
    [InlineData("{{ 1 < 2 < x|nope }}")]
    [InlineData("{{ (1 and 2)|nope }}")]
    public void One_that_is_needed_is_compiled(string template) =>
        Assert.Equal("No filter named 'nope'.", Assert.Throws<TemplateAssertionError>(() => Render(template)).Reason);

    [Theory]
    [InlineData("{{ -'x'|nope if 1 else 2 }}", "bad operand type for unary -: 'str'")]
    [InlineData("{{ 'x'|nope(-'y') if 1 else 2 }}", "bad operand type for unary -: 'str'")]
    public void What_an_unknown_filter_is_applied_to_fails_before_it_does(string template, string reason) =>
        Assert.Equal(reason, Assert.Throws<PythonError>(() => Render(template)).Reason);

    [Theory]
    [InlineData("a\n{{ 'x'.a.b % 3 if never }}b", "a\nb")]
    [InlineData("a\n{{ 'x'.a.b * 3 if never }}b", "a\nb")]
    [InlineData("a\n{{ 2 ** 'x'.a.b if never }}b", "a\nb")]
    public void An_operand_that_fails_does_so_when_it_is_reached(string template, string expected)
    {
        Assert.Equal(expected, Render(template));
        Assert.Equal(2, Assert.Throws<UndefinedError>(() => Render(template.Replace(" if never", ""))).Position!.Line);
    }

    [Fact]
    public void A_constant_that_cannot_be_printed_fails_when_it_is_reached() => Assert.Equal(2, Assert.Throws<UndefinedError>(() => Render(
        "\n{{ {}[[]] }}", configure: environment => environment.Undefined = static origin => new StrictUndefined(origin))).Position!.Line);

    [Theory]
    [InlineData("{{ 5[1:] }}|{{ {}[:2]|default('none') }}|{{ [1]['a':] is defined }}", "|none|False")]
    [InlineData("{% set x = 5[1:]|default(3) %}{{ x }}", "3")]
    public void A_slice_of_a_constant_that_cannot_be_taken_is_an_undefined(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ n[1:] }}")]
    [InlineData("{% set x = 5[1:] %}")]
    [InlineData("{{ 5[n:] }}")]
    public void One_that_is_taken_at_run_time_is_an_error(string template) =>
        Assert.Equal("'int' object is not subscriptable", Assert.Throws<PythonError>(() => Render(template, new { n = 1 })).Reason);

    [Theory]
    [InlineData("{% break %}\n{{ x|nope }}")]
    [InlineData("{{ f(a=1, a=2) }}\n{{ x|nope }}")]
    [InlineData("{% macro m(a, a) %}{% endmacro %}\n{{ x|nope }}")]
    public void What_Python_would_find_is_reported_after_what_Jinja_finds(string template)
    {
        var environment = new JinjaEnvironment(new Retort.Jinja.Extensions.LoopControlsExtension());
        Assert.Equal(2, Assert.Throws<TemplateAssertionError>(() => environment.FromString(template)).Position!.Line);
        Assert.Equal("SyntaxError", Assert.ThrowsAny<TemplateError>(() => environment.FromString(template.Replace("|nope", ""))).PythonName);
    }

    [Fact]
    public void Without_the_optimizer_both_operands_are_compiled() =>
        Assert.Throws<TemplateAssertionError>(() => Render("{% set y = 1 or x|nope %}", configure: environment => environment.Optimized = false));

    [Fact]
    public void A_constant_choice_is_printed_as_the_template_escapes_where_a_tag_turns_escaping_on_at_run_time() => Assert.Equal(
        "['<x>'] [&#39;&lt;x&gt;&#39;, 1]",
        Render("{% autoescape on %}{{ [('<x>' if 'str')] }} {{ ['<x>', n] }}{% endautoescape %}", new { on = true, n = 1 }));

    [Fact]
    public void A_constant_is_text_even_without_the_optimizer_so_the_line_of_an_error_is_that_of_the_statement_before_it()
    {
        var error = Assert.Throws<UndefinedError>(() => Render(
            "\n{% with w = 1 %}{{ 1|string }}{% with v = missing.x, u = 2 %}{% endwith %}{% endwith %}", configure: environment => environment.Optimized = false));
        Assert.Equal(1, error.Position!.Line);
    }

    [Fact]
    public void What_is_printed_at_once_is_compiled_as_far_as_it_is_needed_even_without_the_optimizer() =>
        Assert.Equal("False", Render("{{ false and 'x'|nope }}", configure: environment => environment.Optimized = false));

    [Theory]
    [InlineData("{{ '<b>'|safe ~ '<' }}{{ '<b>'|safe ~ x }}", "&lt;b&gt;&lt;<b>x")]
    [InlineData("{{ 'a.b'|urlize ~ '<' }}{{ x|urlize ~ '<' }}", "a.b&lt;x&lt;")]
    [InlineData("{{ {'a': 1}|xmlattr ~ '' }}{{ {'a': x}|xmlattr ~ '' }}", " a=&#34;1&#34; a=\"x\"")]
    [InlineData("{{ ('<b>'|safe)[:1] ~ '' }}{{ ['<b>'|safe]|first ~ '' }}", "&lt;&lt;b&gt;")]
    [InlineData("{{ '<b>'|safe * 2 ~ '<' }}{{ '<b>'|safe * n ~ '<' }}", "&lt;b&gt;&lt;b&gt;&lt;<b><b>&lt;")]
    [InlineData("{{ '<i>%s'|safe % '<' ~ '' }}{{ '<i>%s'|safe % x ~ '' }}", "&lt;i&gt;&amp;lt;<i>x")]
    [InlineData("{{ '<i>'|safe|center(5) ~ '' }}{{ '<i>%s'|safe|format('>') ~ '' }}", " &lt;i&gt; &lt;i&gt;&amp;gt;")]
    [InlineData("{{ ['<']|tojson ~ '' }}{{ [x]|tojson ~ '' }}{{ '<i>'|safe|indent ~ '' }}", "[&#34;\\u003c&#34;][\"x\"]&lt;i&gt;")]
    public void Constants_are_joined_as_plain_text(string template, string expected) =>
        Assert.Equal(expected, Render(template, new { x = "x", n = 2 }, environment => environment.Autoescape = _ => true));

    [Theory]
    [InlineData("'x' * 10 ** 8")]
    [InlineData("'%99999999d' % 1")]
    [InlineData("'x'|center(99999999)")]
    [InlineData("7 ** 3000000")]
    [InlineData("'x\ny'|indent('x' * 99999999)")]
    public void What_takes_long_is_left_to_the_run(string expression) => Assert.Equal(
        "", Render("{% if never %}{{ (" + expression + ")|length }}{% endif %}", configure: environment => environment.Optimized = true));

    [Theory]
    [InlineData(false, "{{ none }}{{ x }}", "")]
    [InlineData(true, "{{ none }}{{ x }}{{ [none] }}{{ '<' }}", "None[None]&lt;")]
    [InlineData(true, "{{ none }}{{ '<' }}{{ x }}&{{ 1 }}", "None&lt;&1")]
    [InlineData(true, "{% autoescape x %}{{ none }}{{ x }}{% endautoescape %}", "None")]
    public void A_constant_is_finalized_after_it_was_escaped(bool escapes, string template, string expected) => Assert.Equal(expected, Render(template, new { x = (object?)null }, environment =>
    {
        environment.Autoescape = _ => escapes;
        environment.Finalize = (JinjaFunction)((_, arguments) => arguments.Positional[0].IsNone ? Value.Empty : arguments.Positional[0]);
    }));

    [Fact]
    public void A_constant_for_autoescape_that_fails_does_so_when_it_is_reached()
    {
        const string source = "{% if on %}\n{% autoescape 5.5.5.a %}x{% endautoescape %}{% endif %}";
        Assert.Equal("", Render(source, new { on = false }));
        // Jinja, too, gives the line of the statement around it.
        Assert.Equal(1, Assert.Throws<UndefinedError>(() => Render(source, new { on = true })).Position!.Line);
    }
}

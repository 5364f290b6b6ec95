using static Retort.Jinja.Tests.Rendering;

namespace Retort.Jinja.Tests;

public sealed class ErrorTests
{
    private static string Message(Action render) => Assert.ThrowsAny<TemplateError>(render).Message;

    [Fact]
    public void A_failing_expression_is_shown_with_its_place() => Assert.Equal(
        "division by zero\n" +
        "  template \"main\", line 2, column 8\n" +
        "    <p>{{ 1 / x }}</p>\n" +
        "          ^", Message(() => RenderMain(new { x = 0 }, ("main", "\n <p>{{ 1 / x }}</p>"))));

    [Fact]
    public void The_chain_leads_through_includes_macros_and_blocks()
    {
        var message = Message(() => RenderMain(
            null,
            ("base", "{% block body %}{% endblock %}"),
            ("forms", "\n{% macro field(x) %}\n{{ x.name.first }}{% endmacro %}"),
            ("part", "{% from 'forms' import field %}{{ field(1) }}"),
            ("main", "{% extends 'base' %}\n{% block body %}\n{% include 'part' %}{% endblock %}")));
        Assert.Equal(
            "'int object' has no attribute 'name'\n" +
            "  template \"forms\", line 3, column 10\n" +
            "    {{ x.name.first }}{% endmacro %}\n" +
            "             ^\n" +
            "  in macro 'field', called from template \"part\", line 1\n" +
            "  included from template \"main\", line 3\n" +
            "  in block 'body', placed at template \"base\", line 1\n" +
            "  extended by template \"main\", line 1", message);
    }

    [Fact]
    public void An_unknown_filter_names_the_nearest() => Assert.Equal(
        "No filter named 'uper'. Did you mean 'upper'?\n" +
        "  template string, line 1, column 8\n" +
        "    {{ x | uper }}\n" +
        "           ^", Message(() => Render("{{ x | uper }}")));

    [Fact]
    public void A_missing_template_names_the_nearest_and_where_it_was_asked_for() => Assert.Equal(
        "footr.html. Did you mean 'footer.html'?\n" +
        "  template \"main\", line 1, column 4\n" +
        "    {% include 'footr.html' %}\n" +
        "       ^", Message(() => RenderMain(null, ("footer.html", ""), ("main", "{% include 'footr.html' %}"))));

    [Fact]
    public void Unknown_filters_in_branches_matter_only_when_reached()
    {
        Assert.Equal("ok", Render("{% if false %}{{ x|nope }}{% endif %}{{ (x|nope) if false else 'ok' }}"));
        Assert.Equal("No filter named 'nope' found.", Assert.Throws<TemplateRuntimeError>(() => Render("{% if true %}{{ x|nope }}{% endif %}")).Reason);
    }

    [Fact]
    public void A_function_that_says_stop_is_undefined()
    {
        var environment = new JinjaEnvironment();
        environment.Globals["next"] = new Func<object>(() => throw new PythonError(PythonErrorKind.StopIteration, ""));
        Assert.Equal("AB", environment.FromString("A{{ next() }}B").Render());
        var error = Assert.Throws<UndefinedError>(() => environment.FromString("{{ next().member }}").Render());
        Assert.Equal("value was undefined because a callable raised a StopIteration exception", error.Reason);
    }

    [Fact]
    public void An_exception_of_the_host_comes_through_and_knows_its_place()
    {
        var environment = Environment(("main", "\n{{ fail() }}"));
        environment.Globals["fail"] = new Func<string>(() => throw new InvalidOperationException("host"));
        var error = Assert.Throws<InvalidOperationException>(() => environment.GetTemplate("main").Render());
        Assert.Equal("template \"main\", line 2", error.Data["Retort.Jinja.Position"]);
    }

    [Fact]
    public void An_autoescape_without_truth_is_blamed_on_its_tag()
    {
        var environment = Environment(("main", "{% macro m() %}a{% endmacro %}\n\n{% autoescape missing %}text{% endautoescape %}"));
        environment.Undefined = static origin => new Retort.Jinja.Values.StrictUndefined(origin);
        Assert.Equal(3, Assert.Throws<UndefinedError>(() => environment.GetTemplate("main").Render()).Position?.Line);
    }

    [Fact]
    public void A_template_name_with_braces_and_quotes_is_only_a_name()
    {
        const string name = "{x}'\"\n}}";
        var environment = Environment((name, "{% if %}"));
        Assert.StartsWith("Expected an expression", Message(() => environment.GetTemplate(name)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_undefined_among_the_names_of_templates_explains_itself() => Assert.StartsWith(
        "none of the templates given were found: a, 'nope' is undefined\n", Message(() => RenderMain(null, ("main", "{% include ['a', nope] %}"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("{{ x|inner|outer }}", "No filter named 'outer'.")]
    [InlineData("{{ (x is inner)|outer }}", "No filter named 'outer'.")]
    [InlineData("{{ x|outer(x|inner) }}", "No filter named 'outer'.")]
    [InlineData("{% filter inner|outer %}{% endfilter %}", "No filter named 'outer'.")]
    [InlineData("{{ x|inner + x|outer }}", "No filter named 'inner'.")]
    public void Of_several_unknown_filters_the_outermost_is_told(string source, string reason) =>
        Assert.Equal(reason, Assert.Throws<TemplateAssertionError>(() => Render(source)).Reason);

    [Theory]
    [InlineData("'abc'[missing:]")]
    [InlineData("[1][:missing]")]
    [InlineData("(1,)[::missing]")]
    public void An_undefined_bound_of_a_slice_is_no_integer(string slice) =>
        Assert.Equal("slice indices must be integers or None or have an __index__ method", Assert.Throws<PythonError>(() => Render($"{{{{ {slice} }}}}")).Reason);

    [Theory]
    [InlineData("safe * missing", "'Undefined' object cannot be interpreted as an integer")]
    [InlineData("[1] * safe", "'list' object cannot be interpreted as an integer")]
    [InlineData("safe * 1.5", "'float' object cannot be interpreted as an integer")]
    public void Safe_text_repeats_only_by_an_integer(string expression, string reason) =>
        Assert.Equal(reason, Assert.Throws<PythonError>(() => Render($"{{{{ {expression} }}}}", new { safe = new Markup("<b>") })).Reason);

    [Fact]
    public void Indenting_a_number_fails_as_adding_to_it_in_place() =>
        Assert.Equal("unsupported operand type(s) for +=: 'int' and 'str'", Assert.Throws<PythonError>(() => Render("{{ 5|indent }}")).Reason);

    [Theory]
    [InlineData("{% break %}")]
    [InlineData("{% for i in [1] %}{% macro m() %}{% continue %}{% endmacro %}{% endfor %}")]
    [InlineData("{% macro m(a, b, a) %}{% endmacro %}")]
    [InlineData("{{ dict(a=1, a=2) }}")]
    [InlineData("{{ x[1:2, 0] }}")]
    public void What_Jinja_reads_and_Python_does_not_is_an_error_of_syntax_of_Python(string source)
    {
        var environment = new JinjaEnvironment(new Retort.Jinja.Extensions.LoopControlsExtension());
        Assert.Equal("SyntaxError", Assert.ThrowsAny<TemplateSyntaxError>(() => environment.FromString(source)).PythonName);
    }

    [Theory]
    [InlineData("{% autoescape\n 1 // x %}\n{% endautoescape %}", 1)]
    [InlineData("{{ x }}\n{{ x }}\n{% autoescape 1 // x %}a\nb{{ 1 }}{% endautoescape %}", 2)]
    public void A_tag_without_a_line_of_its_own_fails_at_the_statement_before_it(string source, int line) =>
        Assert.Equal(line, Assert.Throws<PythonError>(() => Render(source, new { x = 0 })).Position!.Line);
}

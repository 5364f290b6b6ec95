namespace Retort.Jinja.Tests.Builtins;

/// <summary>Builtins called with what they do not want. What is expected was recorded from Jinja itself.</summary>
public class ArgumentTests
{
    [Theory]
    [InlineData("range(missing)", PythonErrorKind.TypeError)]
    [InlineData("range(none, 1, 0)", PythonErrorKind.TypeError)]
    [InlineData("'x'|center(missing)", PythonErrorKind.TypeError)]
    [InlineData("'x'|trim(missing)", PythonErrorKind.TypeError)]
    [InlineData("'x'|attr(missing)", PythonErrorKind.TypeError)]
    [InlineData("1.5|round(missing)", PythonErrorKind.TypeError)]
    [InlineData("1|round(0, [])", PythonErrorKind.TypeError)]
    [InlineData("'abc'|truncate(1, false, '...', 'odd')", PythonErrorKind.AssertionError)]
    [InlineData("1|select(1)|list", PythonErrorKind.TypeError)]
    [InlineData("'a'|map([])|list", PythonErrorKind.TypeError)]
    [InlineData("'a'|urlize(rel=1)", PythonErrorKind.AttributeError)]
    [InlineData("'a'|urlize(extra_schemes=[1])", PythonErrorKind.TypeError)]
    [InlineData("1|wordwrap(3, true, {})", PythonErrorKind.AttributeError)]
    [InlineData("{}.items() is filter", PythonErrorKind.TypeError)]
    [InlineData("cycler(1, a=2)", PythonErrorKind.TypeError)]
    [InlineData("lipsum({})", PythonErrorKind.TypeError)]
    public void A_wrong_argument_is_the_error_that_Python_makes_of_it(string expression, PythonErrorKind kind) =>
        Assert.Equal(kind, Assert.Throws<PythonError>(() => Render(expression)).Kind);

    [Theory]
    [InlineData("1|indent(missing)")]
    [InlineData("'a'|wordwrap(missing)")]
    [InlineData("'a'|wordwrap(3, true, missing)")]
    [InlineData("[1]|slice(missing)|list")]
    [InlineData("[1]|tojson(missing)")]
    [InlineData("dict(missing)")]
    [InlineData("namespace(missing)")]
    [InlineData("'%d' % missing")]
    public void An_undefined_that_is_asked_to_compute_explains_itself(string expression) => Assert.Throws<UndefinedError>(() => Render(expression));

    [Theory]
    [InlineData("'a'|tojson(missing)", "\"a\"")]
    [InlineData("[2.5|round(none), 2|round(none), -2.7|round(none)]", "[2, 2, -3]")]
    [InlineData("''|wordwrap(missing)", "")]
    [InlineData("'a b'|urlize('no limit')", "a b")]
    [InlineData("''|map(missing)|list", "[]")]
    [InlineData("lipsum(0, false, 5, 1)", "")]
    [InlineData("'a\\n<b>'|indent('<i>'|escape)", "a\n&lt;i&gt;&lt;b&gt;")]
    [InlineData("'a\\n<b>'|indent('<i>'|escape, true)", "&lt;i&gt;a\n&amp;lt;i&amp;gt;&amp;lt;b&amp;gt;")]
    [InlineData("'<a>\\n\\n<b>'|indent('<i>'|escape, false, true)", "&lt;a&gt;\n&lt;i&gt;\n&lt;i&gt;&lt;b&gt;")]
    public void An_argument_that_is_not_needed_is_not_looked_at_and_a_safe_one_escapes(string expression, string expected) => Assert.Equal(expected, Render(expression));

    [Fact]
    public void A_strict_undefined_that_is_not_needed_is_silent() => Assert.Equal("short", Rendering.Render(
        "{{ 'short'|truncate(50, missing) }}", configure: static environment => environment.Undefined = static origin => new Retort.Jinja.Values.StrictUndefined(origin)));

    [Theory]
    [InlineData("'x'|attr(missing)")]
    [InlineData("cycler|join(missing)")]
    public void A_strict_undefined_speaks_first(string expression) =>
        Assert.Throws<UndefinedError>(() => Rendering.Render("{{ " + expression + " }}", configure: static environment => environment.Undefined = static origin => new Retort.Jinja.Values.StrictUndefined(origin)));

    [Theory]
    [InlineData("{% include x %}", PythonErrorKind.KeyError)]
    [InlineData("{% include [[]] %}", PythonErrorKind.TypeError)]
    [InlineData("{% include x.keys() %}", PythonErrorKind.TypeError)]
    [InlineData("{% extends x %}", PythonErrorKind.TypeError)]
    public void A_template_named_by_what_names_none_fails_as_in_Jinja(string source, PythonErrorKind kind)
    {
        var environment = new JinjaEnvironment { Loader = new Retort.Jinja.Loaders.DictionaryLoader(new Dictionary<string, string>()) };
        var template = environment.FromString("{% set x = {'a': 1} %}" + source);
        Assert.Equal(kind, Assert.Throws<PythonError>(() => template.Render()).Kind);
    }

    private static string Render(string expression) => new JinjaEnvironment().FromString("{{ " + expression + " }}").Render();
}

namespace Retort.Jinja.Tests.Values;

/// <summary>Corners of Python's values. The results are Python's own.</summary>
public class PythonEdgeTests
{
    [Theory]
    [InlineData("' a b '.split(none, 1)", "[['a', 'b ']]")]
    [InlineData("' a b '.rsplit(none, 1)", "[[' a', 'b']]")]
    [InlineData("'  x '.split(maxsplit=0)", "[['x ']]")]
    [InlineData("'ı'.upper()", "['I']")]
    [InlineData("'ıx'.title()", "['Ix']")]
    [InlineData("'ıİẞ'.casefold()", "['ıi̇ss']")]
    [InlineData("'a,b'.partition(','|safe)", "[('a', Markup(','), 'b')]")]
    [InlineData("'abc'.translate({97: 'x', 98: none})", "['xc']")]
    [InlineData("'ab'.translate('x' * 97 ~ 'YZ')", "['YZ']")]
    [InlineData("'abc'.format_map([])", "['abc']")]
    [InlineData("'{a}'.format_map({'a': 1})", "['1']")]
    [InlineData("('<i>{a}</i>'|safe).format_map({'a': '<'})", "[Markup('<i>&lt;</i>')]")]
    [InlineData("'<'|safe * 2", "[Markup('<<')]")]
    [InlineData("'' * (0 - 9223372036854775808)", "['']")]
    [InlineData("0 / -99999999999999999999", "[-0.0]")]
    [InlineData("{1: 2}.pop(2, 'none')", "['none']")]
    [InlineData("{}.pop([], 'none')", "['none']")]
    [InlineData("range(3).index(2.0)", "[2]")]
    [InlineData("(1).to_bytes(2)", "[b'\\x00\\x01']")]
    [InlineData("'{:#}|{:#}|{:#.0f}'.format(1e-5, 1e20, 2.5)", "['1.e-05|1.e+20|2.']")]
    [InlineData("'abc'.upper != 'abc'.upper", "[False]")]
    [InlineData("[].append == [].append", "[False]")]
    [InlineData("'a' is sameas 'a'", "[True]")]
    [InlineData("'ab' is sameas 'ab'", "[False]")]
    [InlineData("'名' is sameas '名'", "[False]")]
    public void Methods_and_operators_agree_with_Python(string expression, string expected) => Assert.Equal(expected, Render(expression));

    [Theory]
    [InlineData("'a b'|wordwrap(2.5)", "['a\\nb']")]
    [InlineData("'ab cd'|wordwrap(1e9)", "['ab cd']")]
    [InlineData("'a'|wordwrap(0.5)", "['a']")]
    [InlineData("'a\\x7f'|tojson", "[Markup('\"a\\\\u007f\"')]")]
    [InlineData("(1e308 * 10 - 1e308 * 10)|filesizeformat", "['nan YB']")]
    [InlineData("'zz'|int('x', 99999999999999999999)", "['x']")]
    [InlineData("2.675|round(99999999999999999999)", "[2.675]")]
    public void Filters_take_any_number_that_Python_takes(string expression, string expected) => Assert.Equal(expected, Render(expression));

    [Theory]
    [InlineData("'abc'[missing:]", "slice indices must be integers or None or have an __index__ method")]
    [InlineData("('a'|safe) * missing", "'Undefined' object cannot be interpreted as an integer")]
    [InlineData("2.5 * ('a'|safe)", "'float' object cannot be interpreted as an integer")]
    [InlineData("'a\\nb'.splitlines('x')", "'str' object cannot be interpreted as an integer")]
    [InlineData("namespace(['ab', [1]])", "dictionary update sequence element #1 has length 1; 2 is required")]
    [InlineData("namespace([1])", "cannot convert dictionary update sequence element #0 to a sequence")]
    [InlineData("range(*1)", "Value after * must be an iterable, not int")]
    [InlineData("'a'.translate(1)", "'int' object is not subscriptable")]
    [InlineData("'{0}'.format_map({})", "Format string contains positional fields")]
    [InlineData("'a long word'|wordwrap(2.5)", "slice indices must be integers or None or have an __index__ method")]
    [InlineData("'abc'|truncate(1e308 * 10 - 1e308 * 10)", "expected length >= 3, got nan")]
    [InlineData("1|sum('²')", "invalid literal for int() with base 10: '²'")]
    [InlineData("[]|sum(start=''.encode())", "sum() can't sum bytes [use b''.join(seq) instead]")]
    [InlineData("{}.pop()", "pop expected at least 1 argument, got 0")]
    [InlineData("{}.pop(1, 2, 3)", "pop expected at most 2 arguments, got 3")]
    [InlineData("{}.pop(k=1)", "dict.pop() takes no keyword arguments")]
    [InlineData("range(1, 2, 3, 4)", "range expected at most 3 arguments, got 4")]
    [InlineData("'%99999999999999999999d'|format(1)", "width too big")]
    [InlineData("('{}{0}'|safe).format(1)", "cannot switch from manual field specification to automatic field numbering")]
    [InlineData("'{}{0}'.format(1)", "cannot switch from automatic field numbering to manual field specification")]
    [InlineData("'%5%'|format(1)", "unsupported format character '%' (0x25) at index 2")]
    [InlineData("'%-%'|format", "not enough arguments for format string")]
    [InlineData("'%.99999999999999999999d'|format(1)", "precision too big")]
    [InlineData("'a'.maketrans('ab', 'c', 1)", "maketrans() argument 3 must be str, not int")]
    [InlineData("1 is divisibleby", "test_divisibleby() missing 1 required positional argument: 'num'")]
    public void Errors_have_the_words_of_Python(string expression, string expected) =>
        Assert.StartsWith(expected + "\n", Assert.ThrowsAny<TemplateError>(() => Render(expression)).Message, StringComparison.Ordinal);

    [Fact]
    public void Joining_attributes_of_what_has_no_items_fails_before_the_separator_does() => Assert.StartsWith("'bool' object is not iterable\n", Assert.Throws<PythonError>(
        () => Rendering.Render("{{ true|join(missing, attribute='x') }}", configure: environment => environment.Undefined = static origin => new Retort.Jinja.Values.StrictUndefined(origin))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("s in s", "False")]
    [InlineData("s.discard(s) ~ s", "None{1}")]
    [InlineData("s.intersection([1.0])", "{1.0}")]
    public void A_set_is_looked_up_as_if_it_had_a_hash(string expression, string expected) =>
        Assert.Equal(expected, Rendering.Render($"{{{{ {expression} }}}}", new { s = new Retort.Jinja.Values.SetValue([Retort.Jinja.Values.Value.From(1)]) }));

    [Theory]
    [InlineData("x in s")]
    [InlineData("s.issubset([[]])")]
    [InlineData("s.union([[]])")]
    public void What_has_no_hash_is_not_looked_for_in_a_set(string expression) => Assert.Equal(PythonErrorKind.TypeError, Assert.Throws<PythonError>(
        () => Rendering.Render($"{{{{ {expression} }}}}", new { s = new Retort.Jinja.Values.SetValue([]), x = new List<int>() })).Kind);

    [Fact]
    public void Methods_of_the_same_object_are_equal() =>
        Assert.Equal("TrueFalse2", Rendering.Render("{{ x.upper == x.upper }}{{ x.upper == x.lower }}{{ [x, x, 'b']|unique(attribute='upper')|list|length }}", new { x = "ab" }));

    [Fact]
    public void Types_of_dates_have_their_module_in_messages() => Assert.StartsWith("unsupported operand type(s) for +: 'datetime.datetime' and 'int'\n",
        Assert.Throws<PythonError>(() => Rendering.Render("{{ x + 1 }}", new { x = DateTime.UnixEpoch })).Message, StringComparison.Ordinal);

    private static string Render(string expression) => Rendering.Render($"{{{{ [{expression}] }}}}");

    [Fact]
    public void A_named_tuple_tells_its_fields() =>
        Assert.Equal("[('grouper', 'list'), {'grouper': 1, 'list': [(1, 2)]}]", Render("(([(1, 2)]|groupby(0))|first)._fields, (([(1, 2)]|groupby(0))|first)._asdict()"));

    [Fact]
    public void What_has_a_length_and_no_items_by_number_is_no_sequence() =>
        Assert.Equal("1 False", Rendering.Render("{% for x in [1] %}{{ loop|length }} {{ loop is sequence }}{% endfor %}"));

    [Theory]
    [InlineData("{{ '{:9999999999999999999}'.format(1) }}")]
    [InlineData("{{ '{:.9999999999999999999f}'.format(1) }}")]
    [InlineData("{{ '{9999999999999999999}'.format(1) }}")]
    public void A_number_of_too_many_digits_in_a_format_is_refused(string source) =>
        Assert.Equal("Too many decimal digits in format string", Assert.Throws<PythonError>(() => new JinjaEnvironment().FromString(source).Render()).Reason);

    [Fact]
    public void An_integer_of_4300_digits_is_printed_and_a_longer_one_is_not()
    {
        Assert.Equal(new string('9', 4300), new JinjaEnvironment().FromString("{{ 10 ** 4300 - 1 }}").Render());
        Assert.Equal(PythonErrorKind.ValueError, Assert.Throws<PythonError>(() => new JinjaEnvironment().FromString("{{ 10 ** 4300 }}").Render()).Kind);
        Assert.Equal(PythonErrorKind.ValueError, Assert.Throws<PythonError>(() => new JinjaEnvironment().FromString("{{ -(10 ** 4300) }}").Render()).Kind);
    }

    [Fact]
    public void Powers_of_one_and_less_have_any_exponent() =>
        Assert.Equal("1 -1 1 0 1", new JinjaEnvironment().FromString("{{ (-1) ** 10**30 }} {{ (-1) ** (10**30 + 1) }} {{ 1 ** 10**30 }} {{ 0 ** 10**30 }} {{ 0 ** 0 }}").Render());
}

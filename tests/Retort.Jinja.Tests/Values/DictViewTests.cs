using static Retort.Jinja.Tests.Rendering;

namespace Retort.Jinja.Tests.Values;

/// <summary>Keys and items of a dictionary are sets, values are not. Expected by CPython.</summary>
public sealed class DictViewTests
{
    [Theory]
    [InlineData("{{ (d.keys() - ['k'])|list }} {{ (['k', 'q'] - d.keys())|list }} {{ ('kq' - d.keys())|list }} {{ (d.keys() - missing)|list|length }}", "['z'] ['q'] ['q'] 2")]
    [InlineData("{{ (flat.items() - [('a', 1)])|list }} {{ (d.keys() - d)|list }} {{ ((d.keys() - []) - d.keys())|list }}", "[('b', 2)] [] []")]
    [InlineData("{{ d.keys() < d.keys() }} {{ d.keys() <= d.keys() }} {{ d.keys() == d.keys() }} {{ d.keys() > {}.keys() }} {{ d.keys() >= flat.keys() }}", "False True True True False")]
    [InlineData("{{ d.items() == d.items() }} {{ d.items() <= d.items() }} {{ d.values() == d.values() }} {{ d.keys() == ['k', 'z'] }}", "True True False False")]
    [InlineData("{{ (d.keys() - []) == d.keys() }} {{ d.keys() == (d.keys() - []) }} {{ (d.keys() - []) < d.keys() }} {{ d.keys() < d.items() }} {{ d.keys() == d.items() }}", "True True False False False")]
    [InlineData("{{ ('z', [2]) in d.items() }} {{ ('z', 3) in d.items() }} {{ 3 in d.items() }} {{ (1, 2, 3) in d.items() }} {{ 'k' in d.keys() }} {{ [2] in d.values() }}", "True False False False True True")]
    [InlineData("{{ d.keys().isdisjoint(['q']) }} {{ d.keys().isdisjoint('k') }} {{ d.keys().mapping }} {{ d.values().isdisjoint is defined }}", "True False {'k': 1, 'z': [2]} False")]
    public void They_are_compared_and_subtracted_as_sets(string template, string expected) =>
        Assert.Equal(expected, Render("{% set d = {'k': 1, 'z': [2]} %}{% set flat = {'a': 1, 'b': 2} %}" + template));

    [Theory]
    [InlineData("5 - d.keys()", "'int' object is not iterable")]
    [InlineData("d.keys() - 5", "'int' object is not iterable")]
    [InlineData("d.items() - []", "unhashable type: 'list'")]
    [InlineData("{}.keys() - [[1]]", "unhashable type: 'list'")]
    [InlineData("[1] in d.keys()", "unhashable type: 'list'")]
    [InlineData("([1], 2) in d.items()", "unhashable type: 'list'")]
    [InlineData("d.values() - []", "unsupported operand type(s) for -: 'dict_values' and 'list'")]
    [InlineData("d.keys() + []", "unsupported operand type(s) for +: 'dict_keys' and 'list'")]
    [InlineData("d.keys() < ['k']", "'<' not supported between instances of 'dict_keys' and 'list'")]
    [InlineData("d.values() < d.values()", "'<' not supported between instances of 'dict_values' and 'dict_values'")]
    [InlineData("d.keys().isdisjoint()", "dict_keys.isdisjoint() takes exactly one argument (0 given)")]
    public void What_no_set_can_do_is_Pythons_error(string expression, string reason) =>
        Assert.Equal(reason, Assert.Throws<PythonError>(() => Render("{% set d = {'k': 1, 'z': [2]} %}{{ " + expression + " }}")).Reason);

    [Fact]
    public void An_undefined_has_no_keys_to_subtract_from() =>
        Assert.Equal("'missing' is undefined", Assert.Throws<UndefinedError>(() => Render("{{ missing - {}.keys() }}")).Reason);
}

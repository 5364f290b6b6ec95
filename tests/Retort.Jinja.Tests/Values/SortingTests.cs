using static Retort.Jinja.Tests.Rendering;

namespace Retort.Jinja.Tests.Values;

/// <summary>Which two items Python's sort compares first shows where they do not compare. Expected by CPython.</summary>
public sealed class SortingTests
{
    [Theory]
    [InlineData("[1, 'a']|sort", "'str' and 'int'")]
    [InlineData("[1, 'a']|sort(reverse=true)", "'int' and 'str'")]
    [InlineData("[3, 2, 1, 5, none, 'a']|sort", "'NoneType' and 'int'")]
    [InlineData("[1, 3, 2, 4, 'a', none]|sort", "'str' and 'int'")]
    [InlineData("[5, 1, 'a', 2, none, 3]|sort", "'str' and 'int'")]
    [InlineData("['b', 'a', 'c', 'd', 'e', 'f', 2.5]|sort", "'float' and 'str'")]
    [InlineData("['a', 'b']|groupby('upper')", "'builtin_function_or_method' and 'builtin_function_or_method'")]
    [InlineData("{1: 2, 'a': 3, none: 1}|dictsort", "'str' and 'int'")]
    public void The_error_names_the_pair_that_Python_meets_first(string expression, string types) =>
        Assert.Equal($"'<' not supported between instances of {types}", Assert.Throws<PythonError>(() => Render("{{ " + expression + " }}")).Reason);

    [Fact]
    public void Long_and_short_lists_are_sorted_and_equal_items_keep_their_order()
    {
        foreach (var count in new[] { 0, 1, 2, 3, 10, 63, 64, 65, 1000 })
        {
            var random = new Random(count);
            var items = Enumerable.Range(0, count).Select(n => new { key = random.Next(10), n }).ToArray();
            Assert.Equal(string.Join(' ', items.OrderBy(item => item.key).Select(item => item.n)), Render("{{ items|sort(attribute='key')|map(attribute='n')|join(' ') }}", new { items }));
            Assert.Equal(string.Join(' ', items.OrderByDescending(item => item.key).Select(item => item.n)), Render("{{ items|sort(true, attribute='key')|map(attribute='n')|join(' ') }}", new { items }));
        }
    }

    [Theory]
    [InlineData("[3, 2, 1]", "[1, 2, 3]")]
    [InlineData("[3, 2, 2, 1]", "[1, 2, 2, 3]")]
    [InlineData("[1, 2, 3, 0]", "[0, 1, 2, 3]")]
    public void Runs_in_either_direction_are_sorted(string list, string expected) => Assert.Equal(expected, Render("{{ " + list + "|sort }}"));
}

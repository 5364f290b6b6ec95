using Retort.Jinja.Values;

namespace Retort.Jinja.Tests.Values;

/// <summary>The results are those of MarkupSafe 3.0.3, and of 2.1.2 where it says so.</summary>
public class MarkupMethodsTests
{
    [Theory]
    [InlineData("m.replace('<', 'x')", "Markup('xa&lt;b>')")]
    [InlineData("m.replace('&lt;', 'x')", "Markup('<axb>')")]
    [InlineData("m.replace('a', '<')", "Markup('<&lt;&lt;b>')")]
    [InlineData("m.replace('a', 5)", "Markup('<5&lt;b>')")]
    [InlineData("m|replace('<', '>')", "Markup('&gt;a&lt;b>')")]
    [InlineData("m.strip('<')", "Markup('a&lt;b>')")]
    [InlineData("m.rstrip('>')", "Markup('<a&lt;b')")]
    [InlineData("m.partition('<')", "(Markup(''), Markup('<'), Markup('a&lt;b>'))")]
    [InlineData("m.rpartition('&')", "(Markup('<a'), Markup('&'), Markup('lt;b>'))")]
    [InlineData("m.split('&')", "[Markup('<a'), Markup('lt;b>')]")]
    [InlineData("m.removeprefix('<')", "Markup('a&lt;b>')")]
    [InlineData("m.removesuffix('>')", "Markup('<a&lt;b')")]
    [InlineData("m.casefold()", "Markup('<a&lt;b>')")]
    [InlineData("m.ljust(10, '*')", "Markup('<a&lt;b>**')")]
    public void What_is_put_in_is_escaped_and_what_is_looked_for_is_not(string expression, string expected) =>
        Assert.Equal($"[{expected}]", Rendering.Render($"{{% set m = '<a&lt;b>'|safe %}}{{{{ [{expression}]|string|safe }}}}", configure: environment => environment.Autoescape = static _ => true));

    [Theory]
    [InlineData("replace", "Markup('<axb>')", "<", "x")]
    [InlineData("replace", "Markup('xa&lt;b>')", "<", "x", true)]
    [InlineData("replace", "Markup('<&lt;&lt;b>')", "a", "<")]
    [InlineData("strip", "Markup('<a&lt;b>')", ">")]
    [InlineData("lstrip", "Markup('a&lt;b>')", "<", null, true)]
    [InlineData("partition", "(Markup('<a'), Markup('&lt;'), Markup('b>'))", "<")]
    [InlineData("split", "[Markup(''), Markup('a&lt;b>')]", "<")]
    [InlineData("removeprefix", "'a&lt;b>'", "<")]
    [InlineData("upper", "Markup('<A&LT;B>')")]
    public void MarkupSafe_2_escapes_what_is_looked_for_as_well(string method, string expected, string? first = null, string? second = null, bool isFirstSafe = false)
    {
        var arguments = new[] { first, second }.Where(text => text is not null).Select((text, i) => isFirstSafe && i == 0 ? Value.From(new Markup(text!)) : Value.From(text!)).ToArray();
        var result = MarkupMethods.Build(isVersion2: true)[method].Body(new FakeContext(), Value.From(new Markup("<a&lt;b>")), new Arguments(arguments));
        Assert.Equal(expected, Text.Repr(result));
    }

    [Fact]
    public void A_character_to_fill_with_that_has_to_be_escaped_is_not_one_any_more() =>
        Assert.Throws<PythonError>(() => Rendering.Render("{{ ('a'|safe).center(9, '<') }}"));

    [Fact]
    public void An_undefined_that_chains_is_empty_text_to_safe_text()
    {
        var environment = new JinjaEnvironment { Undefined = origin => new ChainableUndefined(origin), Autoescape = _ => true };
        var model = new { safe = new Markup("<b>") };
        Assert.Equal("<b>|<b>x", environment.FromString("{{ safe + missing }}|{{ safe + missing + 'x' }}").Render(model));
        Assert.Throws<UndefinedError>(() => environment.FromString("{{ missing + safe }}").Render(model));
        Assert.Equal("&lt;b&gt;&lt;", environment.FromString("{{ [safe, '<']|join(missing) }}").Render(model));
    }
}

namespace Retort.Jinja.Tests.Syntax;

public sealed class ParserTests
{
    [Theory]
    [InlineData("2 ** 3 ** 2", "64")]
    [InlineData("- 3 ** 2", "9")]
    [InlineData("-5|abs", "5")]
    [InlineData("1 ~ 2 * 3", "16")]
    [InlineData("'a' 'b'", "ab")]
    [InlineData("1 < 2 < 3", "True")]
    [InlineData("not 1 is none", "True")]
    [InlineData("3 is not divisibleby 2", "True")]
    [InlineData("1 if false", "")]
    [InlineData("1, 2", "(1, 2)")]
    [InlineData("[1, 2, 3][::-1]", "[3, 2, 1]")]
    [InlineData("((1, 2),).0.1", "2")]
    public void Operators_bind_as_in_Jinja(string expression, string text) => Assert.Equal(text, Rendering.Render($"{{{{ {expression} }}}}"));

    [Theory]
    [InlineData("{% if %}", 1, "Expected an expression, got 'end of statement block'")]
    [InlineData("a\n{% foo %}", 2, "Encountered unknown tag 'foo'.")]
    [InlineData("{% if a %}\n{% endfor %}", 2,
        "Encountered unknown tag 'endfor'. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.")]
    [InlineData("{% for a in b %}", 1,
        "Unexpected end of template. Jinja was looking for the following tags: 'endfor' or 'else'. The innermost block that needs to be closed is 'for'.")]
    [InlineData("{% set true = 1 %}", 1, "can't assign to 'const'")]
    [InlineData("{{ a is b is c }}", 1, "You cannot chain multiple tests with is")]
    [InlineData("{{ f(a=1, 2) }}", 1, "invalid syntax for function call expression")]
    [InlineData("{% block a-b %}{% endblock %}", 1,
        "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.")]
    [InlineData("{% from 'x' import _a %}", 1, "names starting with an underline can not be imported")]
    [InlineData("{% macro m(a=1, b) %}{% endmacro %}", 1, "non-default argument follows default argument")]
    [InlineData("{% call 1 %}{% endcall %}", 1, "expected call")]
    [InlineData("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", 2, "block 'a' defined twice")]
    [InlineData("{{ a|nope }}", 1, "No filter named 'nope'.")]
    [InlineData("{{ a is nope }}", 1, "No test named 'nope'.")]
    [InlineData("{{ f(a=1, a=2) }}", 1, "keyword argument repeated: a")]
    public void Errors_name_line_and_reason(string source, int line, string reason)
    {
        var error = Assert.ThrowsAny<TemplateSyntaxError>(() => Rendering.Render(source));
        Assert.Equal((line, reason), (error.Position!.Line, error.Reason));
    }

    [Fact]
    public void An_earlier_error_of_grammar_comes_before_a_later_error_of_spelling()
    {
        var error = Assert.ThrowsAny<TemplateSyntaxError>(() => Rendering.Render("{% nope %}\n{{ ' }}"));
        Assert.Equal(1, error.Position!.Line);
    }

    [Fact]
    public void A_syntax_error_shows_the_line_with_a_caret_and_the_nearest_tag()
    {
        var environment = Rendering.Environment(("page.html", "<p>\n  {% inclde 'x' %}"));
        var error = Assert.Throws<TemplateSyntaxError>(() => environment.GetTemplate("page.html"));
        Assert.Equal(
            "Encountered unknown tag 'inclde'. Did you mean 'include'?\n" +
            "  template \"page.html\", line 2, column 6\n" +
            "    {% inclde 'x' %}\n" +
            "       ^^^^^^", error.Message);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("-", "")]
    [InlineData("not ", "")]
    [InlineData("{1: ", "}")]
    public void Nesting_has_a_limit_instead_of_overflowing_the_stack(string open, string close)
    {
        var source = $"{{{{ {string.Concat(Enumerable.Repeat(open, 100_000))}1{string.Concat(Enumerable.Repeat(close, 100_000))} }}}}";
        Assert.Contains("levels deep", Assert.ThrowsAny<TemplateSyntaxError>(() => Rendering.Render(source)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1 + ")]
    [InlineData("1 and ")]
    public void Chains_of_operators_have_a_limit(string part)
    {
        var source = $"{{{{ {string.Concat(Enumerable.Repeat(part, 100_000))}1 }}}}";
        Assert.Contains("in a row", Assert.ThrowsAny<TemplateSyntaxError>(() => Rendering.Render(source)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("a|upper")]
    [InlineData("a[0]")]
    [InlineData("a()")]
    public void Chains_of_members_and_filters_have_a_limit(string start)
    {
        var part = start[1..];
        var source = $"{{{{ a{string.Concat(Enumerable.Repeat(part, 100_000))} }}}}";
        Assert.Contains("in a row", Assert.ThrowsAny<TemplateSyntaxError>(() => Rendering.Render(source)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_and_long_together_have_a_limit()
    {
        var expression = "1";
        for (var i = 0; i < 50; i++)
            expression = $"({expression}{string.Concat(Enumerable.Repeat(" + 1", 400))})";
        Assert.Contains("levels deep", Assert.ThrowsAny<TemplateSyntaxError>(() => Rendering.Render($"{{{{ {expression} }}}}")).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{% for x in recursive %}{{ x }}{% endfor %}", "12")]
    [InlineData("{% for x in recursive recursive %}{{ x }}{{ loop.depth }}{% endfor %}", "1121")]
    [InlineData("{% for in in recursive %}{{ in }}{% endfor %}", "12")]
    [InlineData("{% for recursive in [3] %}{{ recursive }}{% endfor %}", "3")]
    public void Words_of_the_for_tag_are_names_like_others(string source, string expected) =>
        Assert.Equal(expected, Rendering.Render(source, new { recursive = new[] { 1, 2 } }));

    [Theory]
    [InlineData("{{ \U0001f40da }}", "unexpected char '\U0001f40d' at 3")]
    [InlineData("{{ 'a }}", "unexpected char \"'\" at 3")]
    public void A_character_that_begins_nothing_is_shown_whole_and_quoted(string source, string expected) =>
        Assert.Equal(expected, Assert.ThrowsAny<TemplateSyntaxError>(() => Rendering.Render(source)).Reason);
}

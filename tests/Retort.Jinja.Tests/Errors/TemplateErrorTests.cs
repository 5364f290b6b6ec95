namespace Retort.Jinja.Tests.Errors;

public class TemplateErrorTests
{
    [Fact]
    public void The_message_shows_reason_advice_place_caret_and_the_way_there()
    {
        var error = new UndefinedError("'usr' is undefined") { Advice = "Did you mean 'user'?" };
        Assert.True(error.Locate(new TemplatePosition("page.html", 3, 10, "\t<p>{{ usr }}</p>", 3)));
        Assert.False(error.Locate(new TemplatePosition("base.html", 9)));
        error.AddFrame(new TemplateFrame("included from", "base.html", 12));
        Assert.Equal(
            """
            'usr' is undefined. Did you mean 'user'?
              template "page.html", line 3, column 10
                <p>{{ usr }}</p>
                        ^^^
              included from template "base.html", line 12
            """, error.Message);
        Assert.Equal("UndefinedError", error.PythonName);
    }

    /// <summary>As in Jinja 3.1.6, whose code for these statements has no line of its own where it fails.</summary>
    [Theory]
    [InlineData("\n{{ 1 }}\n{{ n }}\n\n{% set ns.x = 1 %}", 3)]
    [InlineData("\n{% if n %}\n{% endif %}\n{% set a, q.x = 1, 2 %}", 2)]
    [InlineData("{{ n }}\n{% set s.x %}a{% endset %}", 2)]
    [InlineData("{% for a in [1] recursive %}\n{{ a }}{% endfor %}\n{% with b = n.x.y %}{% endwith %}", 1)]
    public void Some_statements_fail_at_the_place_of_the_one_before(string template, int line) =>
        Assert.Equal(line, Assert.ThrowsAny<TemplateError>(() => Rendering.Render(template)).Position?.Line);

    [Fact]
    public void Python_errors_bear_the_name_of_their_class() => Assert.Equal("ZeroDivisionError", new PythonError(PythonErrorKind.ZeroDivisionError, "division by zero").PythonName);

    [Theory]
    [InlineData("uper", "upper")]
    [InlineData("lowre", "lower")]
    [InlineData("Join", "join")]
    [InlineData("xyzzy", null)]
    public void The_nearest_name_is_found(string name, string? expected) => Assert.Equal(expected, NearestName.Find(name, ["upper", "lower", "join", "map"]));

    [Fact]
    public void Of_a_long_line_only_the_part_around_the_place_is_shown()
    {
        var line = new string('a', 5_000) + "{{ 1|uper }}" + new string('b', 100_000);
        var error = Assert.ThrowsAny<TemplateError>(() => Rendering.Render(line));
        Assert.Equal(5_006, error.Position!.Column);
        var excerpt = error.Position.Excerpt!.Split('\n');
        Assert.Equal("..." + new string('a', 115) + "{{ 1|uper }}" + new string('b', 73) + "...", excerpt[0]);
        Assert.Equal("uper", excerpt[0][excerpt[1].IndexOf('^', StringComparison.Ordinal)..][..4]);
        Assert.True(error.Message.Length < 700);
    }
}

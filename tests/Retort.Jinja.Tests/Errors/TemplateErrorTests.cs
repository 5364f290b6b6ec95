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

    [Fact]
    public void Python_errors_bear_the_name_of_their_class() => Assert.Equal("ZeroDivisionError", new PythonError(PythonErrorKind.ZeroDivisionError, "division by zero").PythonName);

    [Theory]
    [InlineData("uper", "upper")]
    [InlineData("lowre", "lower")]
    [InlineData("Join", "join")]
    [InlineData("xyzzy", null)]
    public void The_nearest_name_is_found(string name, string? expected) => Assert.Equal(expected, NearestName.Find(name, ["upper", "lower", "join", "map"]));
}

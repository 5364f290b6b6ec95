namespace Retort.Examples.Tests;

public sealed class VariablesTests
{
    [Theory]
    [InlineData("plain (text) [x]", "plain (text) [x]", true)]
    [InlineData("plain", "plain text", false)]
    [InlineData("plain", "a plain", false)]
    [InlineData("<p>...</p>", "<p>any\nlines</p>", true)]
    [InlineData("<p>...</p>", "<p>any\nlines", false)]
    [InlineData("...middle...", "the middle of it", true)]
    [InlineData("{{base}}/todos", "http://127.0.0.1:1/todos", true)]
    [InlineData("{{base}}/todos", "http://127.0.0.2:1/todos", false)]
    public void Three_dots_are_any_text_and_the_rest_is_literal(string expected, string actual, bool matches) =>
        Assert.Equal(matches, new Variables { ["base"] = "http://127.0.0.1:1" }.Match(expected, actual));

    [Fact]
    public void A_value_is_taken_from_one_answer_and_filled_into_the_next_request()
    {
        var variables = new Variables();
        Assert.True(variables.Match("""<input name="token" value="{{token?}}">""", """<input name="token" value="a.b-c">"""));
        Assert.Equal("token=a.b-c", variables.Fill("token={{token}}"));
    }

    [Fact]
    public void Nothing_is_taken_from_an_answer_that_does_not_match()
    {
        var variables = new Variables { ["token"] = "old" };
        Assert.False(variables.Match("value={{token?}}!", "value=new?"));
        Assert.Equal("old", variables["token"]);
    }

    [Fact]
    public void An_unknown_name_is_an_error() =>
        Assert.Equal("there is no {{x}}: known are a, b", Assert.Throws<FormatException>(() => new Variables { ["a"] = "1", ["b"] = "2" }.Fill("{{x}}")).Message);
}

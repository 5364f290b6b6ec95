namespace Retort.Jinja.Tests.Builtins;

public class JsonTextTests
{
    [Theory]
    [InlineData("a\"b\\c\n\t\u007fé\U0001F600", true, """ "a\"b\\c\n\t\u007f\u00e9\ud83d\ude00" """)]
    [InlineData("a\"b\\c\n\t\u007fé\U0001F600", false, " \"a\\\"b\\\\c\\n\\t\u007fé\U0001F600\" ")]
    [InlineData("</a> & 'b'", true, """ "\u003c/a\u003e \u0026 \u0027b\u0027" """)]
    [InlineData("", true, " \"\" ")]
    public void Text_is_escaped_as_by_json_dumps(string text, bool ensureAscii, string expected)
    {
        var environment = new JinjaEnvironment { Policies = new() { JsonEnsureAscii = ensureAscii } };
        Assert.Equal(expected, environment.FromString(" {{ text|tojson }} ").Render(new { text }));
    }
}

using Retort.Routing;

namespace Retort.Tests.Routing;

public class RuleParserTests
{
    [Theory]
    [InlineData("/user/<int:id/edit", """
        the variable is never closed; add '>'
            /user/<int:id/edit
                  ^^^^^^^^^^^^
        """)]
    [InlineData("user/<id>", """
        the rule does not begin with a slash; add '/'
            user/<id>
            ^
        """)]
    [InlineData("", """
        the rule does not begin with a slash; add '/'
            
            ^
        """)]
    [InlineData("/a/<>/b", """
        the variable has no name; write one between '<' and '>'
            /a/<>/b
               ^^
        """)]
    [InlineData("/<int:>", """
        the variable has no name; write one after ':'
            /<int:>
             ^^^^^^
        """)]
    [InlineData("/<2nd>", """
        '2nd' is not a variable name; use letters, digits and '_', not beginning with a digit
            /<2nd>
             ^^^^^
        """)]
    [InlineData("/<int(min=1>", """
        the converter's arguments are never closed; add '):' and the variable's name
            /<int(min=1>
             ^^^^^^^^^^^
        """)]
    [InlineData("/<int(min=1)>", """
        the converter has no variable; add ':' and the variable's name after ')'
            /<int(min=1)>
             ^^^^^^^^^^^^
        """)]
    [InlineData("/<in t:id>", """
        the converter does not parse; write '<converter:name>' or '<converter(arguments):name>'
            /<in t:id>
             ^^^^^^^^^
        """)]
    [InlineData("/<itn:id>", """
        no converter 'itn'; use 'int' or add it to the map's converters
            /<itn:id>
              ^^^
        """)]
    [InlineData("/<id>/<int:id>", """
        the variable 'id' is there already; give this one another name
            /<id>/<int:id>
                  ^^^^^^^^
        """)]
    [InlineData("/<int(min=-3):id>", """
        the arguments of 'int' do not parse; write unsigned numbers, names, True, False, None or quoted text, with commas between them
            /<int(min=-3):id>
                  ^^^^^^
        """)]
    [InlineData("/<any(1, 2):id>", """
        the converter 'any' takes words, not 1; quote it
            /<any(1, 2):id>
                  ^^^^
        """)]
    [InlineData("/<int(mni=1):id>", """
        the converter 'int' has no argument 'mni'; use fixed_digits, min, max, signed
            /<int(mni=1):id>
                  ^^^^^
        """)]
    [InlineData("/<float(1, 2, True, 4):x>", """
        the converter 'float' takes 3 arguments (min, max, signed), not 4
            /<float(1, 2, True, 4):x>
                    ^^^^^^^^^^^^^
        """)]
    [InlineData("/<string(2, minlength=3):s>", """
        the converter 'string' has 'minlength' twice; give it once
            /<string(2, minlength=3):s>
                     ^^^^^^^^^^^^^^
        """)]
    [InlineData("/<string(length=two):s>", """
        the converter 'string' has the length two, which is not a whole number
            /<string(length=two):s>
                     ^^^^^^^^^^
        """)]
    [InlineData("/a\n<b", """
        the variable is never closed; add '>'
            /a�<b
               ^^
        """)]
    public void A_rule_that_does_not_parse_says_what_where_and_what_to_do(string rule, string message)
    {
        var error = Assert.Throws<RuleSyntaxError>(() => new Map(new Rule(rule)));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("/<int(min=x):id>")]
    [InlineData("/<int(min=1, max=9,):id>")]
    [InlineData("/<int():id>")]
    [InlineData("/<int( signed = True ):id>")]
    [InlineData("/<string(2):id>")]
    [InlineData("/<string(length=None):id>")]
    [InlineData("/<any('a)b', \"c:d>\", e):id>")]
    [InlineData("/<any(foo.bar, 2a):id>")]
    [InlineData("/a>b")]
    [InlineData("/<a><b>")]
    public void A_rule_that_Werkzeug_accepts_is_accepted(string rule) => Assert.Single(new Map(new Rule(rule)));

    [Fact]
    public void An_argument_may_hold_brackets_and_commas_in_quotes()
    {
        var map = new Map(new Rule("/<any('a)b', \"c:d>\", 'e,f'):x>") { Endpoint = "any" });
        foreach (var word in new[] { "a)b", "c:d>", "e,f" })
            Assert.Equal(word, Assert.IsType<MatchResult.Found>(map.Match("GET", "/" + word)).Values["x"]);
    }

    [Fact]
    public void An_error_in_a_subdomain_shows_the_subdomain()
    {
        var error = Assert.Throws<RuleSyntaxError>(() => new Map(new Rule("/") { Subdomain = "<user" }));
        Assert.Equal("the variable is never closed; add '>'\n    <user\n    ^^^^^", error.Message);
        Assert.Equal((0, "<user"), (error.Position, error.Rule));
    }

    [Fact]
    public void A_WebSocket_rule_for_another_method_is_refused() =>
        Assert.Equal(
            "a WebSocket rule does not answer POST; leave methods out or use GET, HEAD and OPTIONS\n    /ws\n    ^^^",
            Assert.Throws<RuleSyntaxError>(() => new Map(new Rule("/ws") { WebSocket = true, Methods = ["POST"] })).Message);

    [Fact]
    public void A_default_that_does_not_fit_its_converter_is_refused() =>
        Assert.Equal(
            "the default of 'id' does not fit: 'x' is not a whole number; the variable takes only those\n    /<int:id>\n     ^^^^^^^^",
            Assert.Throws<RuleSyntaxError>(() => new Map(new Rule("/<int:id>") { Defaults = new Dictionary<string, object?> { ["id"] = "x" } })).Message);

    [Fact]
    public void A_redirect_to_a_variable_the_rule_does_not_have_is_refused() =>
        Assert.Equal(
            "the redirect 'new/<id>' names 'id', which the rule does not have; use its variables\n    /old\n    ^^^^",
            Assert.Throws<RuleSyntaxError>(() => new Map(new Rule("/old") { RedirectTo = "new/<id>" })).Message);

    [Fact]
    public void A_rule_that_does_not_parse_leaves_the_map_as_it_was()
    {
        var map = new Map(new Rule("/a"));
        Assert.Throws<RuleSyntaxError>(() => map.Add(new Rule("/<b")));
        Assert.Equal(["/a"], map.Select(rule => rule.Text));
    }
}

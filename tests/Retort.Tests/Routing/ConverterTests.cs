using System.Numerics;
using Retort.Routing;

namespace Retort.Tests.Routing;

public class ConverterTests
{
    private static object? Value(string rule, string path) => new Map(new Rule(rule)).Match("GET", path) is MatchResult.Found found ? found.Values["v"] : null;

    [Theory]
    [InlineData("/<v>", "/abc", "abc")]
    [InlineData("/<v>", "/", null)]
    [InlineData("/<string(length=2):v>", "/de", "de")]
    [InlineData("/<string(length=2):v>", "/deu", null)]
    [InlineData("/<string(length=2):v>", "/\U0001F600x", "\U0001F600x")]
    [InlineData("/<string(minlength=2, maxlength=3):v>", "/abc", "abc")]
    [InlineData("/<string(minlength=2, maxlength=3):v>", "/a", null)]
    [InlineData("/<string(minlength=2, maxlength=3):v>", "/abcd", null)]
    [InlineData("/<int:v>", "/12", 12)]
    [InlineData("/<int:v>", "/-1", null)]
    [InlineData("/<int:v>", "/+1", null)]
    [InlineData("/<int:v>", "/1a", null)]
    [InlineData("/<int:v>", "/\u0663\u0664", 34)]
    [InlineData("/<int:v>", "/2147483648", 2147483648L)]
    [InlineData("/<int(signed=True):v>", "/-5", -5)]
    [InlineData("/<int(signed=True):v>", "/5", 5)]
    [InlineData("/<int(min=1, max=99):v>", "/0", null)]
    [InlineData("/<int(min=1, max=99):v>", "/99", 99)]
    [InlineData("/<int(min=1, max=99):v>", "/100", null)]
    [InlineData("/<int(fixed_digits=3):v>", "/007", 7)]
    [InlineData("/<int(fixed_digits=3):v>", "/7", null)]
    [InlineData("/<int(min=x):v>", "/7", null)]
    [InlineData("/<float:v>", "/1.5", 1.5)]
    [InlineData("/<float:v>", "/1", null)]
    [InlineData("/<float:v>", "/1.", null)]
    [InlineData("/<float:v>", "/1e5", null)]
    [InlineData("/<float(signed=True):v>", "/-2.0", -2.0)]
    [InlineData("/<float(max=1.5):v>", "/1.6", null)]
    [InlineData("/<any(red, 'dark blue'):v>", "/dark blue", "dark blue")]
    [InlineData("/<any(red, 'dark blue'):v>", "/blue", null)]
    [InlineData("/<path:v>", "/a//b/", "a//b/")]
    [InlineData("/<path:v>", "/a\nb", null)]
    [InlineData("/<uuid:v>", "/xyz", null)]
    public void A_converter_matches_its_text_and_reads_its_value(string rule, string path, object? value) => Assert.Equal(value, Value(rule, path));

    [Fact]
    public void A_whole_number_may_be_larger_than_a_long_but_not_without_end()
    {
        Assert.Equal(BigInteger.Pow(10, 30), Value("/<int:v>", "/1" + new string('0', 30)));
        Assert.Null(Value("/<int:v>", "/" + new string('9', 5000)));
    }

    [Fact]
    public void A_uuid_is_a_Guid() => Assert.Equal(Guid.Parse("a8098c1a-f86e-11da-bd1a-00112444be1e"), Value("/<uuid:v>", "/a8098c1a-F86E-11da-bd1a-00112444be1e"));

    [Fact]
    public void A_number_too_large_for_the_type_asked_for_is_refused()
    {
        var converter = new Map().VariablesOf(new Rule("/<int:v>"))[0].Converter;
        Assert.False(converter.As<int>()!.TryConvert("2147483648", out _));
        Assert.True(converter.As<long>()!.TryConvert("2147483648", out var number));
        Assert.Equal(2147483648, number);
        Assert.Null(converter.As<string>());
    }

    [Fact]
    public void A_custom_converter_by_pattern_weighs_what_it_says_and_may_refuse()
    {
        var map = new Map();
        map.Converters["color"] = _ => new Color();
        map.Add(new Rule("/<name>") { Endpoint = "name" });
        map.Add(new Rule("/<color:c>") { Endpoint = "color" });
        map.Add(new Rule("/mix/<color:a>-<color:b>/") { Endpoint = "mix" });
        Assert.Equal(0xFF8000, ((MatchResult.Found)map.Match("GET", "/ff8000")).Values["c"]);
        Assert.Equal("name", ((MatchResult.Found)map.Match("GET", "/ff80")).Rule.Endpoint);
        Assert.Equal(new MatchResult.NotFound(), map.Match("GET", "/000000"));
        Assert.Equal([1, 2], ((MatchResult.Found)map.Match("GET", "/mix/000001-000002/")).Values.Values);
        Assert.Equal("/mix/0000ff-00ff00/", map.Bind(new Binding { ServerName = "x" }).Build("mix", [new("a", 255), new("b", 0xFF00)]));
    }

    [Fact]
    public void A_custom_converter_by_predicate_leaves_other_texts_to_other_rules()
    {
        var map = new Map();
        map.Converters["even"] = _ => new Even();
        map.Add(new Rule("/<even:n>") { Endpoint = "even" });
        map.Add(new Rule("/<int:n>") { Endpoint = "odd" });
        map.Add(new Rule("/<even:a>x<even:b>") { Endpoint = "two" });
        Assert.Equal("even", ((MatchResult.Found)map.Match("GET", "/4")).Rule.Endpoint);
        Assert.Equal("odd", ((MatchResult.Found)map.Match("GET", "/5")).Rule.Endpoint);
        Assert.Equal([2, 4], ((MatchResult.Found)map.Match("GET", "/2x4")).Values.Values);
    }

    [Fact]
    public void A_pattern_with_a_slash_takes_in_slashes()
    {
        var map = new Map();
        map.Converters["pair"] = _ => new Text("[a-z]+/[a-z]+");
        map.Add(new Rule("/<pair:a>/<pair:b>/") { Endpoint = "pairs" });
        Assert.Equal(["a/b", "c/d"], ((MatchResult.Found)map.Match("GET", "/a/b/c/d/")).Values.Values);
        Assert.Equal(new MatchResult.RedirectTo("/a/b/c/d/"), map.Match("GET", "/a/b/c/d"));
    }

    [Fact]
    public void A_pattern_that_backtracks_without_end_does_not_match()
    {
        var map = new Map();
        map.Converters["slow"] = _ => new Text("(?=a)(a+)+b");
        map.Add(new Rule("/<slow:a>"));
        Assert.Equal(new MatchResult.NotFound(), map.Match("GET", "/" + new string('a', 60)));
    }

    [Fact]
    public void A_pattern_that_does_not_parse_is_a_syntax_error()
    {
        var map = new Map();
        map.Converters["bad"] = _ => new Text("[a-z");
        Assert.StartsWith("the converter 'bad' ", Assert.Throws<RuleSyntaxError>(() => map.Add(new Rule("/<bad:x>"))).Message, StringComparison.Ordinal);
    }

    private sealed class Color() : Converter<int>("[0-9a-f]{6}", weight: 60)
    {
        public override bool TryConvert(ReadOnlySpan<char> text, out int value)
        {
            value = Convert.ToInt32(text.ToString(), 16);
            return value != 0;
        }

        public override string ToUrl(object value) => ((int)value).ToString("x6", null);
    }

    private sealed class Even() : Converter<int>(weight: 40)
    {
        public override bool Matches(ReadOnlySpan<char> text) => int.TryParse(text, out var number) && number % 2 == 0;

        public override bool TryConvert(ReadOnlySpan<char> text, out int value) => int.TryParse(text, out value);
    }

    private sealed class Text(string pattern) : Converter<string>(pattern)
    {
        public override bool TryConvert(ReadOnlySpan<char> text, out string value)
        {
            value = text.ToString();
            return true;
        }
    }
}

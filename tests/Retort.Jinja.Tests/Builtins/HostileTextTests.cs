using System.Reflection;
using System.Text.RegularExpressions;
using Retort.Jinja.Tests.Values;
using Retort.Jinja.Values;

namespace Retort.Jinja.Tests.Builtins;

public class HostileTextTests
{
    // So long that a filter which takes the square of it has not ended by tomorrow; no clock is needed to tell the two apart.
    private const int Length = 2_000_000;

    public static TheoryData<string, string, string> Floods => new()
    {
        { "urlize", "a", "!" }, { "urlize", "(", "" }, { "urlize", "@", "" }, { "urlize", ".", "" }, { "urlize", "a.", "!" }, { "urlize", "http://a.", "!" }, { "urlize", "x(", ")" }, { "urlize", ">&gt;", "" },
        { "striptags", "<", "" }, { "striptags", "<!--", "" }, { "striptags", "<a ", ">" }, { "striptags", "&", "" }, { "striptags", "&#", ";" },
        { "wordwrap", "-", "" }, { "wordwrap", "a-", "" }, { "wordwrap", "x", "" }, { "wordwrap", " ", "x" },
        { "title", "(", "" }, { "wordcount", "a", "" }, { "trim", " ", "x" }, { "indent", "\n", "" }, { "int", "9", "" }, { "float", "9", "" }, { "upper", "ß", "" }, { "urlencode", "ß", "" },
        { "tojson", "<", "" }, { "escape", "<", "" }, { "reverse", "a", "" }, { "capitalize", "İ", "" },
    };

    [Theory]
    [MemberData(nameof(Floods))]
    public void Cve_2020_28493_filters_end_on_hostile_text(string filter, string part, string end)
    {
        var text = string.Concat(Enumerable.Repeat(part, Length / part.Length)) + end;
        Assert.False(new FakeContext().CallFilter(filter, new Arguments([Value.From(text)])).IsUndefined);
    }

    [Fact]
    public void Cve_2020_28493_no_pattern_of_the_engine_backtracks()
    {
        var patterns = typeof(JinjaEnvironment).Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType == typeof(Regex))
            .Select(field => (Regex)field.GetValue(null)!)
            .ToArray();
        Assert.NotEmpty(patterns);
        Assert.All(patterns, pattern => Assert.True(pattern.Options.HasFlag(RegexOptions.NonBacktracking), pattern.ToString()));
    }

    [Theory]
    [InlineData("a onload=x")]
    [InlineData("a\tb")]
    [InlineData("a\nb")]
    [InlineData("a/b")]
    [InlineData("a>b")]
    [InlineData("a=b")]
    [InlineData("a\fb")]
    public void Cve_2024_22195_and_34064_xmlattr_refuses_names_that_could_end_themselves(string name)
    {
        var attributes = new DictValue();
        attributes.Set(Value.From(name), Value.From(1));
        Assert.Equal(PythonErrorKind.ValueError, Assert.Throws<PythonError>(() => new FakeContext().CallFilter("xmlattr", new Arguments([Value.From(attributes)]))).Kind);
    }
}

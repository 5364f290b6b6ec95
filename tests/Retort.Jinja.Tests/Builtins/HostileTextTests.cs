using System.Diagnostics;
using Retort.Jinja.Tests.Values;
using Retort.Jinja.Values;

namespace Retort.Jinja.Tests.Builtins;

public class HostileTextTests
{
    public static TheoryData<string, string> Floods => new()
    {
        { "urlize", new string('a', 50_000) + "!" }, { "urlize", new string('(', 50_000) }, { "urlize", new string('@', 50_000) }, { "urlize", new string('.', 50_000) },
        { "urlize", "http://" + string.Concat(Enumerable.Repeat("a.", 25_000)) + "!" }, { "urlize", "x" + new string('(', 25_000) + new string(')', 25_000) },
        { "urlize", "http://x/" + new string('>', 50_000) + "&gt" }, { "striptags", new string('<', 50_000) }, { "striptags", string.Concat(Enumerable.Repeat("<!--", 12_000)) },
        { "striptags", new string('&', 50_000) }, { "wordwrap", new string('-', 50_000) }, { "wordwrap", string.Concat(Enumerable.Repeat("a-", 25_000)) }, { "wordwrap", new string('x', 50_000) },
        { "title", new string('(', 50_000) }, { "wordcount", new string('a', 50_000) }, { "trim", new string(' ', 50_000) + "x" }, { "indent", new string('\n', 50_000) }, { "int", new string('9', 50_000) },
    };

    [Theory]
    [MemberData(nameof(Floods))]
    public void Cve_2020_28493_filters_take_linear_time_on_hostile_text(string filter, string text)
    {
        var context = new FakeContext();
        // Ten times the text may take up to fifty times as long on a busy machine, half of what a quadratic walk takes; a floor keeps noise out.
        var small = Measure(context, filter, text[..5_000]);
        var large = Measure(context, filter, text);
        Assert.True(large < TimeSpan.FromMilliseconds(100) || large < small * 50, $"{filter}: {small} for a tenth of the text, {large} for all of it");
    }

    [Theory]
    [InlineData("a onload=x")]
    [InlineData("a\tb")]
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

    private static TimeSpan Measure(FakeContext context, string filter, string text)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            context.CallFilter(filter, new Arguments([Value.From(text)]));
            if (watch.Elapsed < best)
                best = watch.Elapsed;
        }
        return best;
    }
}

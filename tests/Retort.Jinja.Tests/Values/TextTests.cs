using System.Buffers;
using System.Text;
using Retort.Jinja.Values;

namespace Retort.Jinja.Tests.Values;

public class TextTests
{
    [Theory]
    [InlineData("a<b>&\"'c", "a&lt;b&gt;&amp;&#34;&#39;c")]
    [InlineData("plain é 😀", "plain é 😀")]
    [InlineData("", "")]
    [InlineData("<", "&lt;")]
    public void Writing_escapes_as_MarkupSafe_does(string text, string expected)
    {
        Assert.Equal(expected, Written(Value.From(text), escape: true));
        Assert.Equal(expected, HtmlEscape.Escape(text));
        Assert.Equal(text, Written(Value.From(text), escape: false));
        Assert.Equal(text, Written(Value.From(new Markup(text)), escape: true));
    }

    [Fact]
    public void Long_text_is_written_whole_with_pairs_of_surrogates_unbroken()
    {
        var text = string.Concat(Enumerable.Repeat("x😀<", 5000));
        Assert.Equal(text.Replace("<", "&lt;", StringComparison.Ordinal), Written(Value.From(text), escape: true));
        Assert.Equal("y" + text, Written(Value.From("y" + text), escape: false));
    }

    [Theory]
    [InlineData("'{a[}].b'.format(a=1)", "expected '}' before end of string")]
    [InlineData("'{a{b'.format(a=1)", "unexpected '{' in field name")]
    [InlineData("'{0!'.format(1)", "end of string while looking for conversion specifier")]
    [InlineData("'{0!r'.format(1)", "unmatched '{' in format spec")]
    [InlineData("'{0!rx}'.format(1)", "expected ':' after conversion specifier")]
    [InlineData("'{0:{1}'.format(1, 2)", "unmatched '{' in format spec")]
    [InlineData("'{}'.format_map({})", "Format string contains positional fields")]
    public void A_format_that_is_not_closed_fails_as_in_Python(string expression, string reason) =>
        Assert.Equal(reason, Assert.Throws<PythonError>(() => new JinjaEnvironment().FromString("{{ " + expression + " }}").Render()).Reason);

    [Theory]
    [InlineData("{:.3g}", 9.98e-322, "9.98e-322")]
    [InlineData("{:.17g}", 9.9999999999999996e-292, "9.9999999999999996e-292")]
    [InlineData("{:.0f}", 2.5, "2")]
    [InlineData("{:.2f}", 0.125, "0.12")]
    [InlineData("{:#.3g}", 10.0, "10.0")]
    [InlineData("{:.0e}", 25.0, "2e+01")]
    public void Floats_are_rounded_from_their_exact_value_and_ties_to_even(string format, double value, string expected) =>
        Assert.Equal(expected, new JinjaEnvironment().FromString("{{ format.format(value) }}").Render(new { format, value }));

    [Theory]
    [InlineData(1e16, "1e+16")]
    [InlineData(123456789012345680.0, "1.2345678901234568e+17")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(5e-324, "5e-324")]
    public void Floats_print_as_in_Python(double value, string expected)
    {
        Assert.Equal(expected, Text.Str(Value.From(value)));
        Assert.Equal(expected, Written(Value.From(value), escape: true));
    }

    [Fact]
    public void A_list_that_holds_itself_prints_and_a_deep_one_is_refused()
    {
        var list = new ListValue([Value.From(1)]);
        list.Items.Add(Value.From(list));
        Assert.Equal("[1, [...]]", Text.Repr(Value.From(list)));
        var deep = Value.From(new ListValue([]));
        for (var i = 0; i < 5000; i++)
            deep = Value.From(new ListValue([deep]));
        Assert.Equal(PythonErrorKind.RecursionError, Assert.Throws<PythonError>(() => Text.Repr(deep)).Kind);
    }

    private static string Written(Value value, bool escape)
    {
        var output = new ArrayBufferWriter<byte>();
        Text.Write(output, value, escape);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

using static Retort.Jinja.Tests.Rendering;

namespace Retort.Jinja.Tests.Compilation;

/// <summary>Text that is stripped or sliced and read at once is never a string of its own; it must mean the same.</summary>
public sealed class TextPartTests
{
    [Theory]
    [InlineData("{{ s.strip() }}|{{ s.lstrip() }}|{{ s.rstrip() }}|{{ s|trim }}", "a b|a b  |  a b|a b")]
    [InlineData("{{ '<' + s.strip() + '>' + s[2:3] }}", "<a b>a")]
    [InlineData("{{ '<' ~ s.strip() ~ '>' ~ s|trim ~ 1 }}", "<a b>a b1")]
    [InlineData("{% set x = '<' + s.strip() + '>' %}{% set y = s|trim ~ s[2:3] %}{{ x }}{{ y }}{{ x|length }}", "<a b>a ba5")]
    [InlineData("{{ s.strip()[1:].lstrip()|trim }}|{{ (s|trim)[:-2].rstrip() }}|{{ s[:2].strip() }}|{{ s[5:1] }}", "b|a||")]
    [InlineData("{{ s.strip() == 'a b' }} {{ s|trim != 'a b' }} {{ s[2:3] == 'a' }} {{ s[2:3] == 1 }}", "True False True False")]
    [InlineData("{{ 'x' + s + 'y' + s + 'z' + s.strip() + s + s.strip() + s }}", "x  a b  y  a b  za b  a b  a b  a b  ")]
    [InlineData("{{ '\U0001F600ab'[1:] + '\U0001F600ab'[:1] + '\U0001F600ab'[::-1] }}", "ab\U0001F600ba\U0001F600")]
    public void A_part_is_the_text_that_it_shows(string template, string expected) => Assert.Equal(expected, Render(template, new { s = "  a b  " }));

    [Fact]
    public void Safe_text_stays_safe_and_escapes_what_it_is_joined_to() => Assert.Equal(
        "<b> &lt; <b>|&lt;<b> |&lt;&lt; ",
        Render("{{ safe.strip() + ' < ' + safe|trim }}|{{ '<' + safe.lstrip() }}|{{ '<' ~ raw.lstrip() }}", new { safe = new Markup(" <b> "), raw = " < " }, configure: e => e.Autoescape = _ => true));

    [Fact]
    public void Operands_are_read_once_and_in_order_where_one_is_no_text()
    {
        var seen = new List<int>();
        Assert.Equal("can only concatenate str (not \"int\") to str", Assert.Throws<PythonError>(() => Render(
            "{{ f('a', 1).strip() + 'x' + f(2, 2) + f('c', 3) }}", new { f = new Func<object, int, object>(Read) })).Reason);
        Assert.Equal([1, 2], seen);

        object Read(object value, int n)
        {
            seen.Add(n);
            return value;
        }
    }

    [Fact]
    public void A_trim_filter_of_the_environments_own_is_the_one_that_is_called() => Assert.Equal("mine mine", Render(
        "{{ ' a '|trim }} {{ x|trim + '' }}", new { x = " b " }, configure: environment => environment.Filters["trim"] = (string _) => "mine"));

    [Fact]
    public void What_is_no_text_is_trimmed_as_its_text() => Assert.Equal("1 [1] None ", Render("{{ 1|trim }} {{ [1]|trim }} {{ none|trim }} {{ missing|trim }}"));

    [Fact]
    public void A_method_of_the_hosts_that_is_called_strip_is_called() => Assert.Equal("host!", Render("{{ x.strip() + '!' }}", new { x = new Stripper() }));

    public sealed class Stripper
    {
        public string Strip() => "host";
    }
}

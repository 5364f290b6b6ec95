using Retort.Site.Highlighting;
using Retort.Site.Markdown;

namespace Retort.Site.Tests;

/// <summary>Blocks of code: their captions and colours.</summary>
public sealed class CodeTests
{
    [Theory]
    [InlineData("csharp", "csharp", null)]
    [InlineData("csharp fragment (App app, string name)", "csharp", null)]
    [InlineData("csharp file (examples/hello/app.cs)", "csharp", "examples/hello/app.cs")]
    [InlineData("html part (templates/base.html)", "html", "from templates/base.html")]
    [InlineData("csharp saved (hello/app.cs)", "csharp", "hello/app.cs")]
    [InlineData("xml added (flaskr.csproj)", "xml", "into flaskr.csproj")]
    [InlineData("text output", "text", "Output")]
    [InlineData("sh serves", "sh", null)]
    [InlineData("sh shown (needs a server)", "sh", null)]
    [InlineData("", "", null)]
    public void A_fence_becomes_a_caption_where_a_reader_needs_one(string info, string language, string? caption) =>
        Assert.Equal(new FenceInfo(language, caption), FenceInfo.Parse(info));

    [Theory]
    [InlineData("csharp", "var x = new App(\"a\"); // <T>",
        "<span class=\"k\">var</span> x <span class=\"o\">=</span> <span class=\"k\">new</span> <span class=\"t\">App</span>(<span class=\"s\">&#34;a&#34;</span>); <span class=\"c\">// &lt;T&gt;</span>")]
    [InlineData("json", "{\"a\": 1}", "{<span class=\"a\">&#34;a&#34;</span>: <span class=\"n\">1</span>}")]
    [InlineData("nginx", "listen <80>;", "listen &lt;80&gt;;")]
    [InlineData("", "", "")]
    public void Code_is_coloured_and_escaped(string language, string code, string expected) => Assert.Equal(expected, new Highlighter().Html(language, code).ToHtml());

    [Fact]
    public void Jinja_is_coloured_also_inside_of_HTML_and_its_attributes()
    {
        var html = new Highlighter().Html("html", "<a href=\"{{ url_for('x') }}\">{% if a is none %}{# no #}{% endif %}</a>").ToHtml();
        Assert.Contains("<span class=\"k\">{{</span> <span class=\"f\">url_for</span>(<span class=\"s\">&#39;x&#39;</span>) <span class=\"k\">}}</span>", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"k\">{%</span> <span class=\"k\">if</span> a <span class=\"k\">is</span> <span class=\"k\">none</span> <span class=\"k\">%}</span>", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"c\">{# no #}</span>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csharp")]
    [InlineData("html")]
    [InlineData("sh")]
    [InlineData("python")]
    public void Colours_change_no_character(string language)
    {
        const string code = "a = \"b\n\n  # c' {{ d }} <e f='g'>\r\n\n\t$h\n";
        Assert.Equal(code, System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Replace(new Highlighter().Html(language, code).ToHtml(), "<[^>]*>", "")));
    }
}

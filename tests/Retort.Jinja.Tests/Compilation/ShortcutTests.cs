using System.Text.Json;
using Retort.Jinja.Values;
using static Retort.Jinja.Tests.Rendering;

namespace Retort.Jinja.Tests.Compilation;

/// <summary>Shapes that templates are full of have a shorter way through the engine; it must mean the same as the long one.</summary>
public sealed class ShortcutTests
{
    private const string Choice =
        "{% if m['role'] == 'user' %}U{% elif m['role'] == 'tool' %}T{% elif m['role'] == 'user' %}never{% elif m['other'] == 1 %}O{% elif m['role'] == 'last' %}L{% else %}E{% endif %}";

    public static TheoryData<object?, string> Messages => new()
    {
        { new Dictionary<string, object?> { ["role"] = "user" }, "U" },
        { new Dictionary<string, object?> { ["role"] = "tool" }, "T" },
        { new Dictionary<string, object?> { ["role"] = "last" }, "L" },
        { new Dictionary<string, object?> { ["role"] = "last", ["other"] = true }, "O" },
        { new Dictionary<string, object?> { ["role"] = new Markup("tool") }, "T" },
        { new Dictionary<string, object?> { ["role"] = 1 }, "E" },
        { new Dictionary<string, object?> { ["role"] = null }, "E" },
        { new Dictionary<string, object?>(), "E" },
        { new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["ROLE"] = "tool" }, "T" },
        { new Dictionary<string, string> { ["role"] = "tool" }, "T" },
        { new SortedDictionary<string, object?> { ["role"] = "user" }, "U" },
        { JsonElement.Parse("""{"role": "tool"}"""), "T" },
        { new { role = "user" }, "U" },
        { "text", "E" },
        { null, "E" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_key_compared_with_one_text_after_the_other_chooses_the_first_that_equals(object? message, string expected)
    {
        Assert.Equal(expected, Render("{% for m in [x] %}" + Choice + "{% endfor %}", new { x = message }));
        Assert.Equal(expected, Render("{% for m in [x] %}" + Choice.Replace("== 'tool'", "== ('to' ~ y)") + "{% endfor %}", new { x = message, y = "ol" }));
    }

    [Fact]
    public void A_key_that_is_missing_is_an_error_under_a_strict_undefined() => Assert.Equal("'dict object' has no attribute 'role'", Assert.Throws<UndefinedError>(() => Render(
        "{% for m in [x] %}" + Choice + "{% endfor %}", new { x = new Dictionary<string, object?>() }, environment => environment.Undefined = origin => new StrictUndefined(origin))).Reason);

    [Theory]
    [InlineData("{{ x + 3 }} {{ x - 3 }} {{ x * 3 }} {{ x / 4 }} {{ x // 3 }} {{ x % 3 }} {{ x ** 3 }}", 7, "10 4 21 1.75 2 1 343")]
    [InlineData("{{ x + 3 }} {{ x - 3 }} {{ x * 3 }} {{ x / 4 }} {{ x // 3 }} {{ x % 3 }} {{ x ** 3 }}", -7, "-4 -10 -21 -1.75 -3 2 -343")]
    [InlineData("{{ x + 3 }} {{ x - 3 }} {{ x * 3 }} {{ x // 3 }} {{ x % 3 }}", 7.5, "10.5 4.5 22.5 2.0 1.5")]
    [InlineData("{{ x + 3 }} {{ x - 3 }} {{ x * 3 }} {{ x // 3 }} {{ x % 3 }}", true, "4 -2 3 0 1")]
    [InlineData("{{ x + 2147483647 }} {{ x * 2147483647 }} {{ x % 2147483647 }}", int.MaxValue, "4294967294 4611686014132420609 0")]
    [InlineData("{{ x + 1 }} {{ x * 2 }} {{ x // 2 }} {{ x % 10 }}", long.MaxValue, "9223372036854775808 18446744073709551614 4611686018427387903 7")]
    [InlineData("{{ x * 3 }} {{ (x ~ '%d') % 3 }} {{ [x] * 2 }} {{ (x, ) * 2 }}", "a", "aaa a3 ['a', 'a'] ('a', 'a')")]
    public void An_operator_with_a_written_number_is_pythons(string template, object x, string expected) => Assert.Equal(expected, Render(template, new { x }));

    [Theory]
    [InlineData("{{ x + 1 }}", "can only concatenate str (not \"int\") to str")]
    [InlineData("{{ 'a' + x + 1 }}", "can only concatenate str (not \"int\") to str")]
    [InlineData("{{ x - 1 }}", "unsupported operand type(s) for -: 'str' and 'int'")]
    [InlineData("{{ missing % 2 }}", "'missing' is undefined")]
    public void An_operator_that_cannot_take_a_written_number_says_so(string template, string reason) =>
        Assert.Equal(reason, Assert.ThrowsAny<TemplateError>(() => Render(template, new { x = "a" })).Reason);

    [Theory]
    [InlineData(1, "True False")]
    [InlineData(true, "True False")]
    [InlineData(1.0, "True False")]
    [InlineData(1.5, "False True")]
    [InlineData("1", "False True")]
    [InlineData(null, "False True")]
    public void A_written_number_equals_what_python_says(object? x, string expected) => Assert.Equal(expected, Render("{{ x == 1 }} {{ x != 1 }}", new { x }));

    [Fact]
    public void Written_texts_around_what_is_joined_are_escaped_with_it() => Assert.Equal(
        "&lt;a&gt;&amp;&lt;b&gt; &lt;&amp;&amp;&#34; &lt;a&gt;&amp;&lt;b&gt;", Render(
            "{{ '<a>' + x + '<b>' }} {{ '<' + x + x + '\"' }} {% set y = '<a>' + x + '<b>' %}{{ y }}", new { x = "&" }, environment => environment.Autoescape = _ => true));

    [Fact]
    public void A_sandbox_that_hides_the_loops_index_is_asked_for_it() =>
        Assert.Throws<SecurityError>(() => new NoIndex().FromString("{% for x in [1] %}{{ loop.index + 1 }}{% endfor %}").Render());

    private sealed class NoIndex : SandboxedEnvironment
    {
        protected internal override bool IsSafeAttribute(in Value target, string name) => name != "index" && base.IsSafeAttribute(target, name);
    }
}

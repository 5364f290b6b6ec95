using System.Globalization;
using System.Text.Json;

namespace Retort.Jinja.Tests;

/// <summary>
/// What microsoft/prompty (spec/jinja-subset.md, spec/jinja-grammar.md and the render vectors) asks of the engine of every language; the table of its issue 492 is in the README.
/// </summary>
public sealed class PromptTests
{
    private const string Inputs = """
        {
          "first": "Jane", "last": "Doe", "age": 30, "yes": true, "no": false, "zero": 0, "empty": "", "nothing": null, "list": ["a", "b", "c"], "nolist": [], "map": {"z": 1, "a": 2}, "nomap": {},
          "user": {"name": "Jane", "email": "jane@test.com", "deep": {"er": ["x", {"y": "found"}]}}, "html": "<b>bold</b>", "spaced": "  hi \t\n", "question": "Hello", "role": "system:\n"
        }
        """;

    [Theory]
    // Variables
    [InlineData("Hello {{first}}!", "Hello Jane!")]
    [InlineData("{{first}} {{ last }} is {{age}}", "Jane Doe is 30")]
    [InlineData("{{user.name}} ({{user.email}})", "Jane (jane@test.com)")]
    [InlineData("{{ user['name'] }}{{ user.deep.er[0] }}{{ user.deep['er'][1].y }}", "Janexfound")]
    [InlineData("Hello {{missing}}!", "Hello !")]
    [InlineData("[{{ user.missing }}][{{ list[9] }}][{{ map['q'] }}]", "[][][]")]
    [InlineData("{{html}}", "<b>bold</b>")]
    // Conditions
    [InlineData("{% if yes %}Welcome VIP!{% else %}Hello!{% endif %}", "Welcome VIP!")]
    [InlineData("{% if no %}Welcome VIP!{% else %}Hello!{% endif %}", "Hello!")]
    [InlineData("{% if no %}1{% elif zero %}2{% elif empty %}3{% elif nolist %}4{% elif nomap %}5{% elif nothing %}6{% elif missing %}7{% elif list %}8{% endif %}", "8")]
    [InlineData("{% if age == 30 and not no or missing %}a{% endif %}{% if 'a' in list %}b{% endif %}{% if age >= 31 %}c{% endif %}{% if first != last %}d{% endif %}{% if ('z' in map) %}e{% endif %}", "abde")]
    // Loops
    [InlineData("Items: {% for item in list %}{{item}} {% endfor %}", "Items: a b c ")]
    [InlineData("{% for k in map %}{{ k }}={{ map[k] }};{% endfor %}", "z=1;a=2;")]
    [InlineData("{% for i in list %}{{ loop.index }}{{ loop.index0 }}{{ loop.length }}{% if loop.first %}F{% endif %}{% if loop.last %}L{% endif %} {% endfor %}", "103F 213 323L ")]
    [InlineData("{% for i in nolist %}{{ i }}{% endfor %}.", ".")]
    // Comments and space
    [InlineData("Hello{# this is a comment #} World", "Hello World")]
    [InlineData("line1\n  line2\n    line3", "line1\n  line2\n    line3")]
    [InlineData("system:\nYou are helpful.\n\nuser:\n{{question}}", "system:\nYou are helpful.\n\nuser:\nHello")]
    [InlineData("{{role}}x", "system:\nx")]
    [InlineData("{% if yes %} {% endif %}\t{# #} {{ first }} \t{% if yes %}\n{% endif %}", " \t Jane \t\n")]
    [InlineData("a \r\n\t{%- if yes %} b {% endif -%}\r\n c", "a b c")]
    [InlineData("a {{- first -}} b", "aJaneb")]
    [InlineData("a {#- x -#} b", "ab")]
    [InlineData("\n{{ first }}\n\n", "\nJane\n\n")]
    // Filters
    [InlineData("{{first|upper}}{{ first | upper }}{{ first|lower }}", "JANEJANEjane")]
    [InlineData("[{{ spaced | trim }}]", "[hi]")]
    [InlineData("{{ list | join(', ') }}{{ list|join }}", "a, b, cabc")]
    [InlineData("{{ list | length }}{{ first|length }}{{ map|length }}", "342")]
    [InlineData("{{missing|default(\"stranger\")}}{{ empty|default('x') }}{{ empty|default('x', true) }}{{ user.nope.length|default('y') if no else first|replace('J', 'P') }}", "strangerxPane")]
    public void What_a_prompt_may_use_renders_as_it_does_in_python(string template, string output) =>
        Assert.Equal(output, new SandboxedEnvironment { KeepTrailingNewline = true }.FromString(template).Render(JsonDocument.Parse(Inputs)));

    [Theory]
    [InlineData("{{ 'x'.__class__ }}{{ user.__proto__ }}{{ user.constructor }}{{ user['prototype'] }}")]
    [InlineData("{{ user|attr('__class__') }}{{ [].__getitem__ }}")]
    public void Ways_out_of_a_prompt_are_blocked(string template)
    {
        var text = "";
        var error = Record.Exception(() => text = new SandboxedEnvironment().FromString(template).Render(JsonDocument.Parse(Inputs)));
        Assert.True(error is SecurityError or UndefinedError || text.Length == 0, text);
    }

    // Values written as in JSON and not as in Python, which later versions of that page ask for.
    [Fact]
    public void How_values_are_written_can_be_chosen()
    {
        var environment = new JinjaEnvironment
        {
            Finalize = (object? value) => value switch
            {
                null => "",
                bool truth => truth ? "true" : "false",
                double number => number.ToString("R", CultureInfo.InvariantCulture),
                _ => value,
            },
        };
        Assert.Equal("true||1|1.5|30", environment.FromString("{{ yes }}|{{ nothing }}|{{ 1.0 }}|{{ 1.5 }}|{{ age }}").Render(JsonDocument.Parse(Inputs)));
    }
}

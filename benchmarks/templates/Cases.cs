using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Retort.Benchmarks.Templates;

/// <summary>What is rendered: the same templates and data for every engine, and the same bytes written by hand.</summary>
internal static class Cases
{
    public sealed record Product(int Id, string Name, double Price, bool InStock, string[] Tags);

    public sealed record Fortune(int Id, string Message);

    public static Dictionary<string, string> Templates { get; } = new()
    {
        ["products"] = """
            <ul>
            {% for p in products %}<li id="p{{ p.id }}"><a href="/product/{{ p.id }}">{{ p.name }}</a> {{ p.price }}{% if p.in_stock %} in stock{% endif %}{% for t in p.tags %} <i>{{ t }}</i>{% endfor %}</li>
            {% endfor %}</ul>
            """,
        ["layout"] = "<!DOCTYPE html>\n<html>\n<head><title>{% block title %}{% endblock %}</title></head>\n<body>{% block body %}{% endblock %}</body>\n</html>",
        ["fortunes"] = "{% extends 'layout' %}{% block title %}Fortunes{% endblock %}{% block body %}<table><tr><th>id</th><th>message</th></tr>{% for f in fortunes %}<tr><td>{{ f.id }}</td><td>{{ f.message }}</td></tr>{% endfor %}</table>{% endblock %}",
        ["table"] = "<table>{% for row in table %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>",
        ["tiny"] = "Hello {{ name }}!",
        ["item"] = "<li>{{ number }}: {{ item.title|upper }} {{ item.text|truncate(20) }}</li>",
        ["site"] = "<html><head><title>{% block title %}Site{% endblock %}</title></head><body><nav>{% block nav %}nav{% endblock %}</nav>{% block body %}{% endblock %}</body></html>",
        ["section"] = "{% extends 'site' %}{% block body %}<section>{% block content %}{% endblock %}</section>{% endblock %}{% block nav %}{{ super() }} section{% endblock %}",
        ["page"] = "{% extends 'section' %}{% macro cell(x, kind='td') %}<{{ kind }}>{{ x }}</{{ kind }}>{% endmacro %}{% block title %}{{ title }}{% endblock %}{% block content %}<ul>{% for item in items %}{% set number = loop.index %}{% include 'item' %}{% endfor %}</ul><table><tr>{% for i in range(100) %}{{ cell(i) }}{% endfor %}</tr></table>{{ items|map(attribute='title')|join(', ') }}{% endblock %}",
        ["chat"] = "{{ bos }}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('roles must alternate') }}{% endif %}{% if message['role'] == 'user' %}{{ '[INST] ' + message['content'].strip() + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' ' + message['content'] | trim + ' ' + eos }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ ' ' }}{% endif %}",
    };

    public static Product[] Products { get; } = [.. Enumerable.Range(1, 500).Select(i => new Product(i, $"Product <{i}> & co", (i * 1.25) + 0.1, i % 3 != 0, i % 2 == 0 ? ["new", "sale"] : ["used"]))];

    public static Fortune[] Fortunes { get; } = [.. Enumerable.Range(1, 13).Select(i => new Fortune(i, i % 4 == 0
        ? "<script>alert(\"This should not be displayed in a browser alert box.\");</script>"
        : i % 5 == 0 ? "フレームワークのベンチマーク" : $"A computer program does what you tell it to do, not what you want it to do. {i}"))];

    public static int[][] Table { get; } = [.. Enumerable.Range(0, 1000).Select(_ => Enumerable.Range(1, 10).ToArray())];

    public static object[] Items { get; } = [.. Enumerable.Range(1, 20).Select(i => new { title = $"item {i}", text = $"some text that is a little long {i}" })];

    public static Dictionary<string, object?>[] Messages { get; } = [.. Enumerable.Range(0, 40).Select(i => new Dictionary<string, object?>
    {
        ["role"] = i % 2 == 0 ? "user" : "assistant",
        ["content"] = $"message number {i} with some words in it ",
    })];

    /// <summary>About 300 lines of everything, for compiling.</summary>
    public static string Large { get; } = string.Concat(Enumerable.Range(0, 30).Select(i =>
        $"<div class=\"c{i}\">\n  {{% if user.is_admin and count > {i} %}}\n    <h1>{{{{ title|upper }}}} {{{{ items[{i}].name|default('x') }}}}</h1>\n  {{% else %}}\n    {{{{ _('text') }}}}\n  {{% endif %}}\n" +
        $"  {{% for x in items if x.n > {i} %}}\n    <li>{{{{ loop.index }}}}: {{{{ x.name }}}} {{{{ x.price * 2 + 1 }}}}</li>\n  {{% endfor %}}\n</div>\n"));

    public static Dictionary<string, Action<List<byte>>> ByHand { get; } = new()
    {
        ["products"] = output =>
        {
            Add(output, "<ul>\n"u8);
            foreach (var product in Products)
            {
                Add(output, "<li id=\"p"u8);
                Add(output, product.Id);
                Add(output, "\"><a href=\"/product/"u8);
                Add(output, product.Id);
                Add(output, "\">"u8);
                Escape(output, product.Name);
                Add(output, "</a> "u8);
                Add(output, product.Price);
                if (product.InStock)
                    Add(output, " in stock"u8);
                foreach (var tag in product.Tags)
                {
                    Add(output, " <i>"u8);
                    Escape(output, tag);
                    Add(output, "</i>"u8);
                }
                Add(output, "</li>\n"u8);
            }
            Add(output, "</ul>"u8);
        },
        ["fortunes"] = output =>
        {
            Add(output, "<!DOCTYPE html>\n<html>\n<head><title>Fortunes</title></head>\n<body><table><tr><th>id</th><th>message</th></tr>"u8);
            foreach (var fortune in Fortunes)
            {
                Add(output, "<tr><td>"u8);
                Add(output, fortune.Id);
                Add(output, "</td><td>"u8);
                Escape(output, fortune.Message);
                Add(output, "</td></tr>"u8);
            }
            Add(output, "</table></body>\n</html>"u8);
        },
        ["table"] = output =>
        {
            Add(output, "<table>"u8);
            foreach (var row in Table)
            {
                Add(output, "<tr>"u8);
                foreach (var cell in row)
                {
                    Add(output, "<td>"u8);
                    Add(output, cell);
                    Add(output, "</td>"u8);
                }
                Add(output, "</tr>"u8);
            }
            Add(output, "</table>"u8);
        },
        ["tiny"] = output =>
        {
            Add(output, "Hello "u8);
            Escape(output, "World");
            Add(output, "!"u8);
        },
        ["page"] = output =>
        {
            Add(output, "<html><head><title>"u8);
            Escape(output, "Title");
            Add(output, "</title></head><body><nav>nav section</nav><section><ul>"u8);
            var index = 0;
            foreach (dynamic item in Items)
            {
                string title = item.title, text = item.text;
                Add(output, "<li>"u8);
                Add(output, ++index);
                Add(output, ": "u8);
                Escape(output, title.ToUpperInvariant());
                Add(output, " "u8);
                Escape(output, text.Length <= 25 ? text : text[..17][..text[..17].LastIndexOf(' ')] + "...");
                Add(output, "</li>"u8);
            }
            Add(output, "</ul><table><tr>"u8);
            for (var i = 0; i < 100; i++)
            {
                Add(output, "<td>"u8);
                Add(output, i);
                Add(output, "</td>"u8);
            }
            Add(output, "</tr></table>"u8);
            Escape(output, string.Join(", ", Items.Select(item => (string)((dynamic)item).title)));
            Add(output, "</section></body></html>"u8);
        },
        ["chat"] = output =>
        {
            Add(output, "<s>"u8);
            foreach (var message in Messages)
            {
                var content = (string)message["content"]!;
                if ((string)message["role"]! == "user")
                {
                    Add(output, "[INST] "u8);
                    Plain(output, content.Trim());
                    Add(output, " [/INST]"u8);
                }
                else
                {
                    Add(output, " "u8);
                    Plain(output, content.Trim());
                    Add(output, " </s>"u8);
                }
            }
            Add(output, " "u8);
        },
    };

    private static void Add(List<byte> output, ReadOnlySpan<byte> text) => output.AddRange(text);

    private static void Add(List<byte> output, int number)
    {
        Span<byte> digits = stackalloc byte[11];
        Utf8Formatter.TryFormat(number, digits, out var length);
        output.AddRange(digits[..length]);
    }

    private static void Add(List<byte> output, double number)
    {
        Span<byte> digits = stackalloc byte[32];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        output.AddRange(digits[..length]);
    }

    private static void Plain(List<byte> output, ReadOnlySpan<char> text)
    {
        var start = output.Count;
        System.Runtime.InteropServices.CollectionsMarshal.SetCount(output, start + Encoding.UTF8.GetMaxByteCount(text.Length));
        var written = Encoding.UTF8.GetBytes(text, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(output)[start..]);
        System.Runtime.InteropServices.CollectionsMarshal.SetCount(output, start + written);
    }

    private static void Escape(List<byte> output, ReadOnlySpan<char> text)
    {
        while (true)
        {
            var special = text.IndexOfAny("&<>\"'");
            if (special < 0)
            {
                Plain(output, text);
                return;
            }
            Plain(output, text[..special]);
            output.AddRange(text[special] switch { '&' => "&amp;"u8, '<' => "&lt;"u8, '>' => "&gt;"u8, '"' => "&#34;"u8, _ => "&#39;"u8 });
            text = text[(special + 1)..];
        }
    }
}

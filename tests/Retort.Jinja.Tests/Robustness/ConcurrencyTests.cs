using System.Text;
using System.Text.Json;

namespace Retort.Jinja.Tests.Robustness;

/// <summary>One environment in many hands: renders of all kinds, at the same time, each with its own data and with objects of changing types.</summary>
public sealed class ConcurrencyTests
{
    private static readonly (string Name, string Source)[] Templates =
    [
        ("base", "<{% block a %}base{{ n }}{% endblock %}>{% block b %}{% for i in items %}{% block c scoped %}{{ i.v + n }}{% endblock %}{% endfor %}{% endblock %}"),
        ("inherits", "{% extends 'base' %}{% import 'macros' as m %}{% block a %}[{{ super() }}{{ later(n) }}]{% endblock %}{% block c %}({{ super() }}{{ m.f(n)|upper }}{{ self.a() }}){% endblock %}"),
        ("macros", "{% set k = 7 %}{% macro f(x, z=k) %}{{ x }}-{{ z }}{{ caller() if caller }}{% endmacro %}{% macro down(x) %}{{ x }}{{ down(x - 1) if x > 0 }}{% endmacro %}"),
        ("imports", "{% from 'macros' import f, down %}{{ f(n) }}{{ down(4) }}{% call f(n) %}c{{ later(n) }}{{ n }}{% endcall %}"),
        ("loops", "{% for i in items recursive %}{{ i.v }}{{ loop.depth }}{{ loop.cycle('a', 'b') }}{{ loop.previtem.v if loop.previtem }}{{ later(i.v) }}{{ loop(i.c) if i.c }}{% endfor %}"),
        ("scopes", "{% set ns = namespace(x=0) %}{% for i in range(9) %}{% set ns.x = ns.x + n + later(1) %}{% include 'part' %}{% endfor %}{{ ns.x }}{% with a = n %}{{ a }}{% endwith %}"),
        ("part", "{{ n }}{% set n = 5 %}{{ n }}"),
        ("filters", "{% filter upper %}x{{ n }}{% include 'loops' %}{% endfilter %}{% set t %}{{ n }}{{ later(n) }}{% endset %}{{ t }}{{ items|map(attribute='v')|sum + n }}{{ (items|sort(attribute='v')|last).v }}"),
        ("members", "{{ thing.name }}{{ thing.value }}{{ pairs.k }}{{ pairs['k'] }}{{ thing.twice(n) }}{% for k, v in pairs.items() %}{{ k }}{{ v }}{% endfor %}{{ mixed.x }}{{ mixed['x'] }}"),
    ];

    private static readonly string[] Rendered = ["inherits", "imports", "loops", "scopes", "filters", "members"];

    [Fact]
    public async Task Renders_of_all_kinds_at_a_time_give_what_each_gives_alone()
    {
        const int Models = 12;
        var expected = Rendered.ToDictionary(name => name, name => Enumerable.Range(0, Models).Select(n => Rendering.Environment(Templates).GetTemplate(name).Render(Model(n, waits: false))).ToArray());
        var environment = Rendering.Environment(Templates);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 30; i++)
            {
                var (name, n) = (Rendered[random.Next(Rendered.Length)], random.Next(Models));
                Assert.Equal(expected[name][n], await Render(environment.GetTemplate(name), n, kind: random.Next(4)));
            }
        })));
    }

    private static async Task<string> Render(Template template, int n, int kind)
    {
        switch (kind)
        {
            case 0: return template.Render(Model(n, waits: false));
            case 1: return await template.RenderAsync(Model(n, waits: true));
            case 2: return string.Concat(template.Generate(Model(n, waits: false)));
        }
        var text = new StringBuilder();
        await foreach (var piece in template.GenerateAsync(Model(n, waits: true)))
            text.Append(piece);
        return text.ToString();
    }

    private static object Model(int n, bool waits) => new
    {
        n,
        items = Items(4, n),
        later = waits ? (Delegate)(async Task<int> (int value) => await Later(value, n % 3)) : (int value) => value,
        thing = n % 2 == 0 ? (object)new Whole($"w{n}", n) : new Half($"h{n}", n + 0.5),
        pairs = n % 3 == 0 ? (object)new Dictionary<string, object> { ["k"] = n } : new Dictionary<string, int> { ["k"] = n },
        mixed = (n % 3) switch
        {
            0 => (object)new { x = n },
            1 => new Dictionary<string, object> { ["x"] = n },
            _ => JsonSerializer.SerializeToElement(new { x = n }),
        },
    };

    private static object[] Items(int count, int n) => [.. Enumerable.Range(0, count).Select(i => new { v = i + (n % 3), c = i < 2 && count > 2 ? Items(2, n) : [] })];

    private static async Task<int> Later(int value, int yields)
    {
        for (var i = 0; i < yields; i++)
            await Task.Yield();
        return value;
    }

    private sealed record Whole(string Name, int Value)
    {
        public int Twice(int n) => 2 * n;
    }

    private sealed record Half(string Name, double Value)
    {
        public string Twice(int n) => $"{n}{n}";
    }
}

using System.Globalization;
using System.Text;
using Retort.Jinja.Extensions;
using Retort.Jinja.Loaders;

namespace Retort.Jinja.Tests.Robustness;

/// <summary>
/// Mutated templates through the whole engine: any text gives output or an error of the engine's own with a place, and takes no more memory than its budget is good for.
/// One that does not end is named while it runs. RETORT_MUTATIONS makes a longer run:
/// <c>RETORT_MUTATIONS=1000000 dotnet run -c Release --project tests/Retort.Jinja.Tests -- -class Retort.Jinja.Tests.Robustness.MutationTests</c>
/// </summary>
public sealed class MutationTests
{
    private static readonly string[] Corpus =
    [
        "{% for i in items if i.n > 1 recursive %}{{ loop.index }}{{ loop(i.c) if i.c }}{% else %}none{% endfor %}",
        "{% macro m(a, b='x', *c) %}{{ varargs }}{{ caller() }}{% endmacro %}{% call(y) m(1, b=2) %}{{ y }}{% endcall %}",
        "{% macro m(a, b=a) -%} {{ a }}{{ b|upper }} {%- endmacro %}{{ m('q') }}{{ m(1, 2) }}{{ m.arguments }}",
        "{% extends 'base' %}{% block a scoped required %}{{ super() }}{% endblock %}{% block b %}{{ self.a() }}{% endblock b %}",
        "{% set ns = namespace(x=1) %}{% set ns.x, y = 1, [2] %}{% set z | trim %} a {% endset %}{{ ns.x ~ y[::-1] ~ z }}",
        "{% if a is defined and not b is none %}{{ a if b else c }}{% elif x in [1, (2,), {'k': 3}] %}{{ 1 < 2 <= 3 }}{% else %}{% raw %}{{ {% endraw %}{% endif %}",
        "{{ 'x %s %05d' % ('a', 3) }}{{ '{0:>10} {k!r}'.format(1, k=2) }}{{ [3, 1]|sort(reverse=true)|join(', ') }}{{ items|groupby('n')|list }}",
        "{% include ['nope', 'base'] ignore missing with context %}{% from 'mod' import f as g, h without context %}{{ g(1) }}{% import 'mod' as mod %}{{ mod.f(2) }}",
        "{% autoescape a %}{{ '<b>'|safe ~ '<i>' }}{% endautoescape %}{% filter replace('a', 'b')|upper %}aaa{% endfilter %}{% with q = 1, r = q %}{{ q }}{% endwith %}",
        "{# comment #}{#- c -#}\n# for x in y:\n{{ -1 ** 2 // 3 % 4 }}{{ 0x1F + 1_000 - 2.5e3 }}{{ \"\\u00e9\\n\" }}{% do items.append(1) %}{% break %}{% continue %}",
        "{% trans n=count, x='<' %}{{ n }} one {{ x }}{% pluralize n %}{{ n }} many{% endtrans %}{% trans 'c' trimmed %} a {% endtrans %}{% debug %}",
        "{{ text|wordwrap(5)|indent(2)|truncate(9, true, '..', 0)|urlize(5, rel='x')|striptags|xmlattr|tojson(indent=2)|pprint|filesizeformat }}",
        "{% macro m(n) %}{{ m(n - 1) ~ [n] if n }}{% endmacro %}{{ m(9)|upper }}{% set q = m %}{{ [1, 2]|map(q)|join }}{{ dict(**{'a': 1}) }}{{ m(*[1]) }}",
        "{% set ns = namespace(x=[1], s='a') %}{% for i in range(30) %}{% set ns.x = [ns.x, ns.x] %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}{{ ns.x == ns.x }}{{ ns.s|length }}{{ ns }}",
        "{% for i in json.items() if i recursive %}{{ i[1]|tojson }}{{ json.deep.a[0]['b']|pprint }}{{ loop.changed(i) }}{{ loop.cycle(1, 2) }}{% endfor %}{{ json|dictsort|string|hash }}",
        "{% extends b if c else 'base' %}{% block a %}{% include 'mod' %}{{ self.b()|e }}{% filter indent(width=3)|replace('B', super()) %}x{% endfilter %}{% endblock %}",
        "{{ text.split()|groupby(0)|map(attribute='list')|map('join', '-')|join }}{{ text.encode('utf-8')|string }}{{ '%s'|format(text)|center(90) }}{{ text.partition(' ')[0].ljust(9, '*') }}{{ text[::-2] }}",
        "{{ when.strftime('%Y %j %%') }}{{ when + span * 2 }}{{ (when - when).total_seconds() }}{{ record.name.title() }}{{ record['tags'][0] }}{{ call(1, b='x') }}{{ record|attr('name')|default(record.nope.x) }}",
        "{{ range(10, 0, -2)|batch(3, 'x')|map('sum')|select('odd')|list }}{{ items|map(attribute='n')|unique|slice(2)|list }}{{ dict(a=1)|dictsort|first|last }}",
    ];

    private static readonly string[] Fragments =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-%}", "{%-", "{%+", "+%}", "|", ".", "[", "]", "(", ")", "{", "}", ",", ":", "~", "**", "//", "%", "==", "!=", "<", ">", "=", "'", "\"", "\\",
        "\n", "\r\n", "\0", " ", "not ", " in ", " is ", " if ", " else ", "for ", "endfor", "if ", "endif", "block ", "endblock", "set ", "endset", "raw", "endraw", "macro ", "loop", "super()",
        "self", "caller()", "1", "-1", "0", "1e308", "99999999999999999999999", "none", "true", "items", "a", "é", "😀", "\ud800", "recursive", "scoped", "required", "import ", "include ", "extends ",
        "range(99999)", "*100000", "**999", "|length", "|list", "|string", "|upper", "|join", "|sort", "|tojson", "|format", "|batch(0)", "|slice(0)", "|round(400)", "|center(99999)", "*args", "**kw",
        "json", "when", "span", "record", "call(", "ns.x", "namespace(", "~ ns.s", "|map(attribute='", "|selectattr('n', '", "|attr('format')", "|e", "|safe", "|urlize", "|wordwrap(1, wrapstring=text)", "|replace('a', text)",
        "|hash", "|items", "|filesizeformat", "**2**9", "(((((((((((((((((((((", "[[[[[[[[[[[[[[[[[[[[", "not not not ", "{'a': ", "\u202e", "\u0345", "\u0130", "ß", "0x", "1_0", "1e", ".5", "is ", "is not ", "with context", "ignore missing",
        "{% call(x) m() %}", "{% endcall %}", "{% filter upper %}", "{% endfilter %}", "{% autoescape false %}", "{% endautoescape %}", "{% with %}", "{% trans %}", "{% endtrans %}", "{% debug %}", "super().super()", "loop.previtem", "varargs", "kwargs",
        "'%9999999d'", "'{:99999999}'", "|replace('', 'x')", "|wordwrap(0)", "|indent(99999)", "|random", "|truncate(-5)", "loop(items)", "m()", "|map('m')", "[::0]", "[-9:9]",
    ];

    [Fact]
    public void Any_text_gives_output_or_an_error_of_the_engine_in_little_memory()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("RETORT_MUTATIONS") ?? "3000", CultureInfo.InvariantCulture);
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("RETORT_MUTATION_SEED") ?? "1", CultureInfo.InvariantCulture));
        var environments = new[] { MakeEnvironment(new JinjaEnvironment(Extensions())), MakeEnvironment(new SandboxedEnvironment(Extensions())) };
        var running = "";
        // A template that hangs cannot be stopped; one that takes over a second is named.
        using var alarm = new Timer(_ => Console.Error.WriteLine($"still running: {running}"));
        for (var i = 0; i < count; i++)
        {
            var source = running = Mutate(random);
            alarm.Change(1000, Timeout.Infinite);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Render(environments[i % environments.Length], source, isAsync: i % 7 == 0);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostBytes, $"{allocated} bytes for the template\n{source}");
        }
    }

    private const long MostBytes = 2_000_000_000;

    private static void Render(JinjaEnvironment environment, string source, bool isAsync)
    {
        try
        {
            var template = environment.FromString(source);
            _ = isAsync ? template.RenderAsync(Model()).GetAwaiter().GetResult() : template.Render(Model());
        }
        catch (TemplateNotFoundError)
        {
            // It may be named by nothing but a variable.
        }
        catch (TemplateError error)
        {
            Assert.NotEmpty(error.Message);
            Assert.True(error.Position is not null, $"{error} has no place in the template\n{source}");
        }
        catch (Exception error)
        {
            Assert.Fail($"{error.GetType()}: {error.Message}\n{error.StackTrace}\nfor the template\n{source}");
        }
    }

    private static Extension[] Extensions() => [new DoExtension(), new LoopControlsExtension(), new I18nExtension(), new DebugExtension()];

    private static JinjaEnvironment MakeEnvironment(JinjaEnvironment environment)
    {
        environment.LineStatementPrefix = "#";
        environment.Fuel = 10_000;
        environment.MaxOutput = 1_000_000;
        environment.InstallNullTranslations();
        environment.Loader = new DictionaryLoader(new Dictionary<string, string>
        {
            ["base"] = "[{% block a %}A{% endblock %}{% block b %}B{% endblock %}]",
            ["mod"] = "{% macro f(x) %}<{{ x }}>{% endmacro %}{% set h = 1 %}",
        });
        return environment;
    }

    private sealed record Row(string Name, string[] Tags);

    private static object Model() => new
    {
        a = true,
        b = "text",
        c = (object?)null,
        count = 3,
        text = "Some <b>text</b> with http://example.com and words",
        when = new DateTime(2026, 1, 31, 23, 59, 58),
        span = TimeSpan.FromHours(36.5),
        record = new Row("ada", ["x", "y"]),
        call = new Func<int, string, string>((a, b) => b + a),
        json = System.Text.Json.JsonDocument.Parse("""{"a": 1, "s": "\ud800", "deep": {"a": [{"b": [[1.5, null, true, 1e400]]}]}, "\udc00": []}""").RootElement,
        items = new List<object> { new Dictionary<string, object?> { ["n"] = 1, ["c"] = new List<object>() }, new Dictionary<string, object?> { ["n"] = 2, ["c"] = new List<object> { new Dictionary<string, object?> { ["n"] = 3, ["c"] = null } } } },
    };

    private static string Mutate(Random random)
    {
        var text = new StringBuilder(Corpus[random.Next(Corpus.Length)]);
        for (var edits = random.Next(1, 6); edits > 0; edits--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(0, 8), text.Length - at);
            switch (random.Next(7))
            {
                case 0: text.Remove(at, length); break;
                case 1: text.Insert(at, Fragments[random.Next(Fragments.Length)]); break;
                case 2: text.Remove(at, length).Insert(at, Fragments[random.Next(Fragments.Length)]); break;
                case 3: text.Insert(random.Next(text.Length + 1), text.ToString(at, length)); break;
                case 4: text.Insert(at, string.Concat(Enumerable.Repeat(Fragments[random.Next(Fragments.Length)], random.Next(2, 60)))); break;
                case 5: Wrap(text, at, length, random); break;
                default:
                    var other = Corpus[random.Next(Corpus.Length)];
                    var start = random.Next(other.Length);
                    text.Insert(at, other.AsSpan(start, random.Next(other.Length - start)));
                    break;
            }
        }
        return text.ToString();
    }

    // Nesting, which inserting one thing at a time hardly ever makes.
    private static void Wrap(StringBuilder text, int at, int length, Random random)
    {
        var (open, close) = Wraps[random.Next(Wraps.Length)];
        var times = random.Next(1, 40);
        var inner = text.ToString(at, length);
        text.Remove(at, length).Insert(at, string.Concat(Enumerable.Repeat(open, times)) + inner + string.Concat(Enumerable.Repeat(close, times)));
    }

    private static readonly (string Open, string Close)[] Wraps =
    [
        ("(", ")"), ("[", "]"), ("{'k': ", "}"), ("{% if a %}", "{% endif %}"), ("{% for i in items %}", "{% endfor %}"), ("{% set q %}", "{% endset %}"), ("range(", ")"), ("(1,", ")"), ("'", "'"),
        ("{% call m() %}", "{% endcall %}"), ("{{ ", " }}"), ("{% ", " %}"), ("{# ", " #}"), ("{% raw %}", "{% endraw %}"), ("-", ""), ("", "|list"), ("", "[0]"), ("", ".a"), ("", "()"),
    ];
}

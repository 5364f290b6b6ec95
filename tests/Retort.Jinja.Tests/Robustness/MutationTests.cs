using System.Diagnostics;
using System.Globalization;
using System.Text;
using Retort.Jinja.Extensions;
using Retort.Jinja.Loaders;

namespace Retort.Jinja.Tests.Robustness;

/// <summary>
/// Mutated templates through the whole engine: any text gives output or an error of the engine's own, in time. RETORT_MUTATIONS makes a longer run:
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
        "{{ range(10, 0, -2)|batch(3, 'x')|map('sum')|select('odd')|list }}{{ items|map(attribute='n')|unique|slice(2)|list }}{{ dict(a=1)|dictsort|first|last }}",
    ];

    private static readonly string[] Fragments =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "-%}", "{%-", "{%+", "+%}", "|", ".", "[", "]", "(", ")", "{", "}", ",", ":", "~", "**", "//", "%", "==", "!=", "<", ">", "=", "'", "\"", "\\",
        "\n", "\r\n", "\0", " ", "not ", " in ", " is ", " if ", " else ", "for ", "endfor", "if ", "endif", "block ", "endblock", "set ", "endset", "raw", "endraw", "macro ", "loop", "super()",
        "self", "caller()", "1", "-1", "0", "1e308", "99999999999999999999999", "none", "true", "items", "a", "é", "😀", "\ud800", "recursive", "scoped", "required", "import ", "include ", "extends ",
        "range(99999)", "*100000", "**999", "|length", "|list", "|string", "|upper", "|join", "|sort", "|tojson", "|format", "|batch(0)", "|slice(0)", "|round(400)", "|center(99999)", "*args", "**kw",
        "'%9999999d'", "'{:99999999}'", "|replace('', 'x')", "|wordwrap(0)", "|indent(99999)", "|random", "|truncate(-5)", "loop(items)", "m()", "|map('m')", "[::0]", "[-9:9]",
    ];

    [Fact]
    public void Any_text_gives_output_or_an_error_of_the_engine_in_time()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("RETORT_MUTATIONS") ?? "3000", CultureInfo.InvariantCulture);
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("RETORT_MUTATION_SEED") ?? "1", CultureInfo.InvariantCulture));
        var environments = new[] { MakeEnvironment(new JinjaEnvironment(Extensions())), MakeEnvironment(new SandboxedEnvironment(Extensions())) };
        var running = "";
        // A template that hangs cannot be stopped; at least it is named.
        using var alarm = new Timer(_ => Console.Error.WriteLine($"still running: {running}"));
        for (var i = 0; i < count; i++)
        {
            var source = running = Mutate(random);
            alarm.Change(5000, Timeout.Infinite);
            var environment = environments[i % environments.Length];
            var time = TimeToRender(environment, source);
            // A busy machine is slow once, a slow template always.
            if (time >= 1000)
                time = TimeToRender(environment, source);
            Assert.True(time < 1000, $"{time} ms for the template\n{source}");
        }
    }

    private static long TimeToRender(JinjaEnvironment environment, string source)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            environment.FromString(source).Render(Model());
        }
        catch (TemplateError error)
        {
            Assert.NotEmpty(error.Message);
        }
        catch (Exception error)
        {
            Assert.Fail($"{error.GetType()}: {error.Message}\n{error.StackTrace}\nfor the template\n{source}");
        }
        return watch.ElapsedMilliseconds;
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

    private static object Model() => new
    {
        a = true,
        b = "text",
        c = (object?)null,
        count = 3,
        text = "Some <b>text</b> with http://example.com and words",
        items = new List<object> { new Dictionary<string, object?> { ["n"] = 1, ["c"] = new List<object>() }, new Dictionary<string, object?> { ["n"] = 2, ["c"] = new List<object> { new Dictionary<string, object?> { ["n"] = 3, ["c"] = null } } } },
    };

    private static string Mutate(Random random)
    {
        var text = new StringBuilder(Corpus[random.Next(Corpus.Length)]);
        for (var edits = random.Next(1, 6); edits > 0; edits--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(0, 8), text.Length - at);
            switch (random.Next(5))
            {
                case 0: text.Remove(at, length); break;
                case 1: text.Insert(at, Fragments[random.Next(Fragments.Length)]); break;
                case 2: text.Remove(at, length).Insert(at, Fragments[random.Next(Fragments.Length)]); break;
                case 3: text.Insert(random.Next(text.Length + 1), text.ToString(at, length)); break;
                default:
                    var other = Corpus[random.Next(Corpus.Length)];
                    var start = random.Next(other.Length);
                    text.Insert(at, other.AsSpan(start, random.Next(other.Length - start)));
                    break;
            }
        }
        return text.ToString();
    }
}

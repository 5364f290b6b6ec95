using System.Globalization;
using System.Numerics;

namespace Retort.Jinja.Tests.Robustness;

/// <summary>Small templates that ask for much: what they would make is refused before it is made, and what they go through is paid for.</summary>
public sealed class GrowthTests
{
    [Theory]
    [InlineData("{{ ('a' * 100000)|replace('a', 'a' * 100000) }}")]
    [InlineData("{{ ('a' * 100000)|replace('', 'a' * 100000) }}")]
    [InlineData("{{ ('a' * 100000).replace('a', 'a' * 100000, 90000) }}")]
    [InlineData("{{ ('a' * 100000)|list|join('a' * 100000) }}")]
    [InlineData("{{ ('a' * 100000).join('b' * 100000) }}")]
    [InlineData("{% autoescape true %}{{ ('a' * 100000)|list|join(('a' * 100000)|safe) }}{% endautoescape %}")]
    [InlineData("{{ (('a' * 100000)|safe).join('b' * 100000) }}")]
    [InlineData("{{ (['a' * 100000] * 100000)|join }}")]
    [InlineData("{{ (['a' * 100000] * 100000)|tojson }}")]
    [InlineData("{{ (['a' * 100000] * 100000)|pprint }}")]
    [InlineData("{{ (['a' * 100000] * 100000)|string }}")]
    [InlineData("{{ ('a' * 1000000).translate({97: 'b' * 1000000}) }}")]
    [InlineData("{{ ('a\n' * 100000)|indent('x' * 100000) }}")]
    [InlineData("{{ ('a ' * 100000)|wordwrap(1, wrapstring='x' * 100000) }}")]
    [InlineData("{{ ('a ' * 100000)|wordwrap(1, wrapstring=('x' * 100000)|safe) }}")]
    [InlineData("{% set ns = namespace(x='a') %}{% for i in range(100) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}")]
    [InlineData("{% set ns = namespace(x='a') %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}")]
    [InlineData("{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}")]
    [InlineData("{% set ns = namespace(x=(1,)) %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}")]
    [InlineData("{% set x = [1] %}{% for i in range(100) %}{% set _ = x.extend(x) %}{% endfor %}")]
    [InlineData("{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = [ns.x, ns.x]|sum(start=[]) %}{% endfor %}")]
    [InlineData("{% set ns = namespace(x='a') %}{% for i in range(100) %}{% set ns.x = [ns.x, ns.x]|join %}{% endfor %}")]
    [InlineData("{% set ns = namespace(x='a') %}{% for i in range(100) %}{% set ns.x = ns.x|replace('a', 'aa') %}{% endfor %}")]
    public void What_would_be_longer_than_a_repetition_may_be_is_refused(string source)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<PythonError>(() => new SandboxedEnvironment().FromString(source).Render());
        Assert.Equal(PythonErrorKind.OverflowError, error.Kind);
        Assert.NotNull(error.Position);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000_000);
    }

    [Theory]
    [InlineData("{{ ('a' * 1001)|length }}")]
    [InlineData("{{ 'a'|center(1001)|length }}")]
    [InlineData("{% set t = 'a' * 600 %}{{ (t ~ t)|length }}")]
    [InlineData("{% set t = '&' * 600 %}{{ t|urlencode|length }}")]
    public void No_value_is_longer_than_the_output_may_be(string source) =>
        Assert.Equal(PythonErrorKind.OverflowError, Assert.Throws<PythonError>(() => new JinjaEnvironment { MaxOutput = 1000 }.FromString(source).Render()).Kind);

    [Theory]
    [InlineData("{{ ns.x|string|length }}")]
    [InlineData("{{ ns.x }}")]
    [InlineData("{{ ns.x|pprint|length }}")]
    [InlineData("{{ ns.x|tojson|length }}")]
    [InlineData("{{ ('%s' % ns.x)|length }}")]
    public void Nor_is_one_made_that_is(string use)
    {
        var template = new JinjaEnvironment { MaxOutput = 100_000 }.FromString("{% set ns = namespace(x=[1]) %}{% for i in range(40) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}" + use);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(PythonErrorKind.OverflowError, Assert.Throws<PythonError>(() => template.Render()).Kind);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }

    // A hundred rounds and the little that they do are paid for by a thousand steps; what they read is not.
    [Theory]
    [InlineData("t|length")]
    [InlineData("t[-1]")]
    [InlineData("t == same")]
    [InlineData("t < other")]
    [InlineData("'z' in t")]
    [InlineData("{t: 1}")]
    [InlineData("{}[t]")]
    [InlineData("t.count('z')")]
    [InlineData("t.islower()")]
    [InlineData("t is lower")]
    [InlineData("t|wordcount")]
    [InlineData("t|last")]
    [InlineData("t|truncate(5)")]
    [InlineData("t|striptags|length")]
    [InlineData("t|map('upper')|first")]
    [InlineData("t|batch(9)|first")]
    [InlineData("t.format()")]
    [InlineData("t % ()")]
    [InlineData("t * 1")]
    [InlineData("echo(t)")]
    [InlineData("(t|safe).replace('z', 'y')")]
    [InlineData("t.encode()|length")]
    [InlineData("few|map('string')|list")]
    [InlineData("few|select('odd')|list")]
    [InlineData("many|select|list")]
    [InlineData("many|sum(attribute='real')")]
    [InlineData("[3]|slice(3000)|list")]
    [InlineData("many.sort()")]
    [InlineData("-1 in more")]
    [InlineData("more == more + []")]
    [InlineData("more|sum")]
    [InlineData("more.index(19999)")]
    [InlineData("d|dictsort|length")]
    [InlineData("d.copy()|length")]
    [InlineData("1 in d.values()")]
    public void Reading_a_long_value_costs_fuel(string use)
    {
        var source = "{% macro echo(x) %}{{ x }}{% endmacro %}{% for i in range(100) %}{% set x = " + use + " %}{% endfor %}";
        var text = string.Concat(Enumerable.Repeat("ab", 15_000));
        var model = new
        {
            t = text,
            same = new string(text),
            other = text[..^1] + "z",
            few = Enumerable.Range(0, 20).ToList(),
            many = Enumerable.Range(0, 3000).Cast<object>().ToList(),
            more = Enumerable.Range(0, 20_000).ToList(),
            d = Enumerable.Range(0, 20_000).ToDictionary(i => i),
        };
        Assert.StartsWith("the template took more steps", Assert.Throws<TemplateRuntimeError>(() => WithFuel(1000).FromString(source).Render(model)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{% set ns = namespace(s='\\\\') %}{% for i in range(60) %}{% set ns.s = ns.s|tojson %}{% endfor %}")]
    [InlineData("{% set ns = namespace(s='\\\\') %}{% for i in range(60) %}{% set ns.s = [ns.s]|string %}{% endfor %}")]
    [InlineData("{% set ns = namespace(s='a') %}{% for i in range(60) %}{% set ns.s = {'x': ns.s, 'y': ns.s}|xmlattr %}{% endfor %}")]
    [InlineData("{% set ns = namespace(s='a') %}{% for i in range(60) %}{% set ns.s = {'x': ns.s, 'y': ns.s}|urlencode %}{% endfor %}")]
    [InlineData("{{ [1]|batch(10 ** 8, 0)|list|length }}")]
    [InlineData("{{ lipsum(n=10 ** 6)|length }}")]
    public void What_a_filter_has_made_too_long_is_refused(string source) =>
        Assert.Equal(PythonErrorKind.OverflowError, Assert.Throws<PythonError>(() => new SandboxedEnvironment { MaxRepeat = 1_000_000 }.FromString(source).Render()).Kind);

    [Fact]
    public void A_printed_text_that_is_kept_is_no_longer_than_any_other() =>
        Assert.Equal(PythonErrorKind.OverflowError, Assert.Throws<PythonError>(() =>
            new JinjaEnvironment().FromString("{% set ns = namespace(s='aaaaaaaaaa') %}{% for i in range(60) %}{% set ns.s %}{{ ns.s }}{{ ns.s }}{{ ns.s }}{{ ns.s }}{% endset %}{% endfor %}").Render()).Kind);

    // A value in which each list holds the one below twice has a trillion leaves and forty lists.
    [Theory]
    [InlineData("{{ ns.x == ns.y }}")]
    [InlineData("{{ ns.x in [ns.y] }}")]
    [InlineData("{{ ns.x < ns.y }}")]
    [InlineData("{{ [ns.x, ns.y]|sort|length }}")]
    [InlineData("{{ {(ns.t): 1} }}")]
    public void Walking_through_values_in_each_other_costs_fuel(string use)
    {
        var source = "{% set ns = namespace(x=[1], y=[1], t=(1,)) %}{% for i in range(40) %}"
            + "{% set ns.x = [ns.x, ns.x] %}{% set ns.y = [ns.y, ns.y] %}{% set ns.t = (ns.t, ns.t) %}{% endfor %}" + use;
        Assert.StartsWith("the template took more steps", Assert.Throws<TemplateRuntimeError>(() => WithFuel(100).FromString(source).Render()).Reason, StringComparison.Ordinal);
        Assert.StartsWith("the template took more steps",
            Assert.Throws<TemplateRuntimeError>(() => WithFuel(100).FromString(source).RenderAsync().GetAwaiter().GetResult()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ (7 ** 4000000) % (7 ** 2000000 + 1) }}")]
    [InlineData("{{ 7 ** 4000000 }}")]
    [InlineData("{% set x = 7 ** 100000 %}{% for i in range(1000) %}{% set y = x * x // x %}{% endfor %}")]
    [InlineData("{{ [1]|slice(10 ** 9)|list }}")]
    [InlineData("{{ [1]|slice(10 ** 9)|map('length')|list }}")]
    public void Large_numbers_and_long_generators_cost_fuel(string source) => Assert.ThrowsAny<TemplateError>(() => WithFuel(10_000).FromString(source).Render());

    [Theory]
    [InlineData("{% set x = text|upper %}")]
    [InlineData("{% set x = text.lower() %}")]
    [InlineData("{% set x = text ~ i %}")]
    [InlineData("{% set x = text + 'a' %}")]
    [InlineData("{% set x = text|list %}")]
    [InlineData("{% set x = text * 2 %}")]
    [InlineData("{% set x = [i] * 100000 %}")]
    [InlineData("{% set x = number * 3 %}")]
    [InlineData("{% set x = number + number %}")]
    public void Large_results_cost_fuel(string step)
    {
        var source = "{% for i in range(50) %}" + step + "{% endfor %}";
        var text = new string('a', 100_000);
        var number = BigInteger.One << 6_400_000;
        WithFuel(100 * 250).FromString(source).Render(new { text, number });
        Assert.Throws<TemplateRuntimeError>(() => WithFuel(100 * 40).FromString(source).Render(new { text, number }));
    }

    [Theory]
    [InlineData("more|sort")]
    [InlineData("more|list|sort(reverse=true)")]
    [InlineData("more.sort()")]
    public void Sorting_costs_more_than_reading(string use)
    {
        var model = new { more = Enumerable.Range(0, 20_000).Cast<object>().ToList() };
        WithFuel(100).FromString("{% set x = more|list|last %}").Render(model);
        // The keys and the result are 280 of it.
        Assert.Throws<TemplateRuntimeError>(() => WithFuel(400).FromString("{% set x = " + use + " %}").Render(model));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(1000L, true)]
    public void A_render_inside_another_costs_that_ones_fuel_unless_it_has_its_own(long? own, bool isEnough)
    {
        var inner = new JinjaEnvironment { Fuel = own }.FromString("{{ [[1]] * 30000 == [[1]] * 30000 }}");
        var outer = WithFuel(200);
        outer.Globals["inner"] = () => inner.Render();
        var template = outer.FromString("{{ inner() }}");
        if (isEnough)
            Assert.Equal("True", template.Render());
        else
            Assert.Throws<TemplateRuntimeError>(() => template.Render());
    }

    [Fact]
    public void More_memory_than_there_is_is_an_error_with_a_place()
    {
        var environment = new JinjaEnvironment();
        environment.Globals["huge"] = new Func<int>(() => new string('a', int.MaxValue).Length);
        var error = Assert.ThrowsAny<Exception>(() => environment.FromString("\n{{ huge() }}").Render());
        Assert.Equal(PythonErrorKind.MemoryError, Assert.IsType<PythonError>(error).Kind);
        Assert.Equal(2, ((PythonError)error).Position!.Line);
    }

    [Theory]
    [InlineData("{{ dict(", "k{0}=1,", ")|length }}", "100000")]
    [InlineData("{{ 0x", "f", " > 1 }}", "True")]
    [InlineData("{% set a = 1 %}{{ {", "{0}:1,", "}|length }}", "100000")]
    public void A_hundred_thousand_of_anything_are_read_in_one_pass(string before, string part, string after, string output)
    {
        var source = before + string.Concat(Enumerable.Range(0, 100_000).Select(i => string.Format(CultureInfo.InvariantCulture, part, i))) + after;
        Assert.Equal(output, new JinjaEnvironment().FromString(source).Render());
    }

    [Fact]
    public void A_macro_takes_any_number_of_names_in_one_pass()
    {
        var parameters = string.Join(", ", Enumerable.Range(0, 10_000).Select(i => $"k{i}"));
        var values = Enumerable.Range(0, 100_000).ToDictionary(i => $"k{99_999 - i}", i => (object?)i);
        Assert.Equal("99999 90000", new JinjaEnvironment().FromString($"{{% macro m({parameters}) %}}{{{{ k0 }}}} {{{{ k9999 }}}}{{% set q = kwargs %}}{{% endmacro %}}{{{{ m(**values) }}}}").Render(new { values }));
    }

    [Theory]
    [InlineData(" < a")]
    [InlineData(" == a")]
    [InlineData(" not in x")]
    public void A_chain_of_comparisons_is_no_longer_than_any_other(string part)
    {
        var error = Assert.Throws<TemplateSyntaxError>(() => new JinjaEnvironment().FromString("{{ a" + string.Concat(Enumerable.Repeat(part, 100_000)) + " }}"));
        Assert.StartsWith("an expression has more than 500 operators", error.Reason, StringComparison.Ordinal);
    }

    private static SandboxedEnvironment WithFuel(long fuel) => new() { Fuel = fuel, MaxOutput = 100_000 };
}

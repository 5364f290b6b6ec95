using Retort.Jinja.Loaders;

namespace Retort.Jinja.Tests;

/// <summary>Published vulnerabilities of Jinja, MarkupSafe and their kin that are not tested where their code is.</summary>
public sealed class SecurityTests
{
    [Fact]
    public void Cve_2014_1402_and_0012_nothing_compiled_is_written_to_a_shared_folder()
    {
        var before = Directory.EnumerateFileSystemEntries(Path.GetTempPath(), "*jinja*").Count();
        new JinjaEnvironment().FromString("{{ 1 }}").Render();
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(Path.GetTempPath(), "*jinja*").Count());
    }

    [Theory]
    [InlineData("{x}'\"\n}}")]
    [InlineData("\"; System.exit(0) //")]
    public void Cve_2024_56201_a_templates_name_is_text_alone(string name)
    {
        var environment = new JinjaEnvironment { Loader = new DictionaryLoader(new Dictionary<string, string> { [name] = "{% if %}" }) };
        var error = Assert.Throws<TemplateSyntaxError>(() => environment.GetTemplate(name));
        Assert.Equal(name, error.Position!.Template);
        Assert.Equal(1, error.Position.Line);
    }

    [Fact]
    public void Cve_2010_2480_all_quotes_are_escaped()
    {
        var environment = new JinjaEnvironment { Autoescape = _ => true };
        Assert.Equal("&lt;&gt;&amp;&#34;&#39;", environment.FromString("{{ x }}").Render(new { x = "<>&\"'" }));
    }

    [Theory]
    [InlineData("{{")]
    [InlineData("{%")]
    [InlineData("{#")]
    [InlineData("{% raw %}")]
    [InlineData("{{ '")]
    [InlineData("{{ (")]
    public void Cve_2022_40023_what_never_closes_is_an_error_in_linear_time(string open)
    {
        var source = string.Concat(Enumerable.Repeat(open, 100_000 / open.Length));
        Assert.ThrowsAny<TemplateError>(() => new JinjaEnvironment().FromString(source));
    }

    [Theory]
    [InlineData("{{ l.clear() }}")]
    [InlineData("{{ l.pop() }}")]
    [InlineData("{{ l.append(1) }}")]
    [InlineData("{{ d.update(a=1) }}")]
    [InlineData("{{ d.clear() }}")]
    [InlineData("{{ d.pop('k') }}")]
    public void Jinja_3_1_5_an_immutable_sandbox_changes_nothing(string source)
    {
        var environment = new ImmutableSandboxedEnvironment();
        Assert.Throws<SecurityError>(() => environment.FromString("{% set l = [1] %}{% set d = {'k': 1} %}" + source).Render());
    }

    [Theory]
    [InlineData("{% set ns.x = ns %}{{ ns }}", "<Namespace {'x': <Namespace {...}>}>")]
    [InlineData("{% set ns.x = [ns] %}{{ ns }}", "<Namespace {'x': [<Namespace {...}>]}>")]
    [InlineData("{% set ns.x = {'k': ns} %}{{ ns.x }}", "{'k': <Namespace {'x': {...}}>}")]
    [InlineData("{% set l = [1] %}{% set ns.x = l %}{{ l.append(ns) }}{{ l }}", "None[1, <Namespace {'x': [...]}>]")]
    public void What_holds_itself_is_printed_without_end_nor_crash(string source, string output)
    {
        Assert.Equal(output, new JinjaEnvironment().FromString("{% set ns = namespace() %}" + source).Render());
    }

    [Theory]
    [InlineData("{{ range(10000000000)|length }}")]
    [InlineData("{{ 'a' * 1000000000 }}")]
    [InlineData("{{ '%999999999d' % 1 }}")]
    [InlineData("{{ '{:999999999}'.format(1) }}")]
    [InlineData("{{ 'a'.center(999999999) }}")]
    public void Huge_ranges_and_repetitions_are_refused_in_the_sandbox(string source)
    {
        Assert.ThrowsAny<Exception>(() => new SandboxedEnvironment().FromString(source).Render());
    }
}

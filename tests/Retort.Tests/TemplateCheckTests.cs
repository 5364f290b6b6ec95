using Retort.Jinja.Loaders;
using Retort.Testing;

namespace Retort.Tests;

[Collection(ConsoleCollection.Name)]
public sealed class TemplateCheckTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();
    private readonly App _app;

    public TemplateCheckTests()
    {
        _app = new App("test", rootPath: _root.FullName) { Testing = true, StaticFolder = null };
        _app.Get("/", () => "x", endpoint: "index");
        _app.AddUrlRule("/note/<int:id>", "note", methods: ["GET"]);
        _app.AddUrlRule("/note", "note", methods: ["POST"]);
        _app.Get("/page/<name>", (string name) => "x", endpoint: "page");
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Mistakes_are_listed_with_file_line_column_and_caret()
    {
        var first = Write("templates/a.html", "<a href=\"{{ url_for('indx') }}\">\n\t<b>{{ url_for('page', nmae=1) }} {{ x|nope }}");
        var second = Write("templates/sub/b.txt", "{% include 'c.html' %}\n{% for %}");
        Write("templates/fine.html", "{{ url_for('index', q=1, _anchor='x') }}{{ url_for('note') }}{{ url_for('note', id=3) }}{{ url_for('page', **values) }}{{ url_for(name) }}{{ url_for('page', name=none or 'x') }}");
        Write("templates/picture.png", "{% no template %}");
        var result = _app.TestCliRunner().Invoke("check");
        Assert.Equal(
            $$$"""
            {{{first}}}:1:21: error: no endpoint 'indx' (values: none). Did you mean 'index'?
                <a href="{{ url_for('indx') }}">
                                    ^^^^^^
            {{{first}}}:2:8: error: endpoint 'page' has no rule for this (values: nmae). Give a value for name.
                <b>{{ url_for('page', nmae=1) }} {{ x|nope }}
                      ^^^^^^^
            {{{first}}}:2:40: error: No filter named 'nope'.
                <b>{{ url_for('page', nmae=1) }} {{ x|nope }}
                                                      ^^^^
            {{{second}}}:2:8: error: Expected an expression, got 'end of statement block'
                {% for %}
                       ^^
            3 templates checked: 4 errors, 0 warnings.

            """.ReplaceLineEndings("\n"), result.Output.ReplaceLineEndings("\n"));
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void A_warning_alone_is_no_failure()
    {
        Write("templates/base.html", "{% block body %}{% endblock %}");
        Write("templates/page.html", "{% extends 'base.html' %}{% block boddy %}{% endblock %}");
        var result = _app.TestCliRunner().Invoke("check");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("page.html:1:29: warning: the block 'boddy' is never printed", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("2 templates checked: 0 errors, 1 warning.", result.Output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Blueprints_and_other_loaders_are_checked_and_relative_endpoints_are_those_of_any_blueprint()
    {
        Write("bp/bp.html", "{{ url_for('.show') }}{{ url_for('.shwo') }}{{ url_for('.index') }}");
        var blueprint = new Blueprint("bp", rootPath: _root.FullName) { TemplateFolder = "bp", TemplateLoader = new DictionaryLoader(new Dictionary<string, string> { ["mail.text"] = "{{ x|nope }}" }) };
        blueprint.Get("/show", () => "x", endpoint: "show");
        _app.RegisterBlueprint(blueprint);
        var output = _app.TestCliRunner().Invoke("check").Output;
        Assert.Contains("bp.html:1:34: error: no endpoint '.shwo' (values: none). Did you mean 'bp.show'?", output, StringComparison.Ordinal);
        Assert.Contains("mail.text:1:6: error: No filter named 'nope'.", output, StringComparison.Ordinal);
        Assert.EndsWith("2 templates checked: 2 errors, 0 warnings.", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ url_for('note', _method='GET') }}", "endpoint 'note' has no rule for this (GET, values: none). Give a value for id.")]
    [InlineData("{{ url_for('page', name=none) }}", "endpoint 'page' has no rule for this (values: none). Give a value for name.")]
    [InlineData("{{ url_for(endpoint='note', _method='GET') }}", "endpoint 'note' has no rule for this (GET, values: none). Give a value for id.")]
    public void Methods_and_none_count(string text, string message)
    {
        Write("templates/a.html", text);
        Assert.Contains($"a.html:1:4: error: {message}", _app.TestCliRunner().Invoke("check").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_that_is_named_is_checked_where_it_stands()
    {
        Write("templates/a.html", "{{ url_for(name='x', endpoint='pgae') }}{{ url_for(endpoint='page', name='x') }}");
        var output = _app.TestCliRunner().Invoke("check").Output;
        Assert.Contains("a.html:1:31: error: no endpoint 'pgae' (values: name). Did you mean 'page'?", output, StringComparison.Ordinal);
        Assert.Contains(": 1 error, 0 warnings.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{% macro url_for(x) %}{% endmacro %}{{ url_for('none') }}")]
    [InlineData("{% from 'urls.txt' import url_for %}{{ url_for('none') }}")]
    [InlineData("{{ url_for('no' ~ 'ne') }}{{ other.url_for('none') }}")]
    public void What_is_not_flasks_url_for_or_not_constant_is_let_be(string text)
    {
        Write("templates/a.html", text);
        Write("templates/urls.txt", "{% macro url_for(x) %}{% endmacro %}");
        Assert.Equal(0, _app.TestCliRunner().Invoke("check").ExitCode);
    }

    [Fact]
    public void What_builds_urls_in_other_ways_is_believed()
    {
        Write("templates/a.html", "{{ url_for('page') }}");
        _app.UrlDefaults((_, values) => values.TryAdd("name", "x"));
        Assert.Equal(0, _app.TestCliRunner().Invoke("check").ExitCode);
        Write("templates/a.html", "{{ url_for('nowhere') }}");
        Assert.Equal(1, _app.TestCliRunner().Invoke("check").ExitCode);
    }

    [Fact]
    public void An_app_that_replaces_url_for_knows_its_own_endpoints()
    {
        Write("templates/a.html", "{{ url_for('nowhere') }}");
        _app.TemplateGlobal("url_for", (string name) => name);
        Assert.Equal((0, "1 template checked: 0 errors, 0 warnings."), (_app.TestCliRunner().Invoke("check") is var result ? result.ExitCode : -1, result.Output.TrimEnd()));
    }

    [Fact]
    public void Without_templates_there_are_no_errors() =>
        Assert.Equal("0 templates checked: 0 errors, 0 warnings.", _app.TestCliRunner().Invoke("check").Output.TrimEnd());

    private string Write(string name, string text)
    {
        var path = Path.Combine(_root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}

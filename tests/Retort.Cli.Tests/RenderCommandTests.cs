namespace Retort.Cli.Tests;

public sealed class RenderCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("retort-render").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("data.json", """{"on": "text", "n": 1.0, "big": 12345678901234567890123, "list": [1, null, true]}""", "text 1.0 12345678901234567890123 [1, None, True]")]
    [InlineData("data.yaml", "'on': text\nn: 1.0\nbig: 12345678901234567890123\nlist: [1, ~, yes]\n", "text 1.0 12345678901234567890123 [1, None, True]")]
    public void Data_is_JSON_or_YAML_with_Pythons_values(string name, string data, string expected) =>
        Assert.Equal((0, expected + "\n", ""), Render("{{ on }} {{ n }} {{ big }} {{ list }}\n", data, name));

    [Fact]
    public void Variables_of_the_command_line_win()
    {
        Assert.Equal((0, "a=b", ""), Render("{{ x }}", """{"x": 1}""", "data.json", "--set", "x=a=b"));
        Assert.Equal((2, "", "Error: 'x' is not a value for --set: give name=value."), Render("{{ x }}", "{}", "data.json", "-D", "x"));
    }

    [Fact]
    public void Html_is_escaped_by_the_name_and_by_the_option()
    {
        Assert.Equal("<&>", Render("{{ x }}", """{"x": "<&>"}""", "data.json").Output);
        Assert.Equal("&lt;&amp;&gt;", Render("{{ x }}", """{"x": "<&>"}""", "data.json", "--autoescape").Output);
        File.WriteAllText(Path.Combine(_folder, "page.html"), "{{ '<' }}");
        Assert.Equal("&lt;", Run("render", Path.Combine(_folder, "page.html")).Output);
    }

    [Fact]
    public void Templates_beside_it_are_found()
    {
        File.WriteAllText(Path.Combine(_folder, "base.txt"), "[{% block b %}{% endblock %}]");
        Assert.Equal("[in]", Render("{% extends 'base.txt' %}{% block b %}in{% endblock %}", "{}", "data.json").Output);
    }

    [Fact]
    public void The_result_may_go_to_a_file()
    {
        var file = Path.Combine(_folder, "out.txt");
        Assert.Equal((0, "", ""), Render("{{ 1 + 1 }}", "{}", "data.json", "-o", file));
        Assert.Equal("2", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("{{ nowhere.at.all }}", "{}", "Error: UndefinedError: 'nowhere' is undefined")]
    [InlineData("{% if %}", "{}", "Error: TemplateSyntaxError: Expected an expression, got 'end of statement block'")]
    [InlineData("x", "{", "Error: the data '*' cannot be read: ")]
    [InlineData("x", "[1]", "Error: the data '*' has to be an object of names and values.")]
    public void A_mistake_is_told_with_its_place(string template, string data, string error)
    {
        var result = Render(template, data, "data.json");
        Assert.Equal(1, result.Code);
        Assert.StartsWith(error.Replace("*", Path.Combine(_folder, "data.json"), StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_variable_is_an_error_only_when_asked_for()
    {
        Assert.Equal((0, "", ""), Render("{{ x }}", "{}", "data.json"));
        Assert.Equal(1, Render("{{ x }}", "{}", "data.json", "--strict").Code);
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        Assert.Equal((1, "", "Error: the template 'nowhere.txt' is not there."), Run("render", "nowhere.txt"));
        Assert.Equal((2, "", "Error: the template and its data cannot both come from the standard input."), Run("render", "-", "-"));
    }

    private (int Code, string Output, string Error) Render(string template, string data, string dataName, params string[] more)
    {
        File.WriteAllText(Path.Combine(_folder, "template.txt"), template);
        File.WriteAllText(Path.Combine(_folder, dataName), data);
        return Run(["render", Path.Combine(_folder, "template.txt"), Path.Combine(_folder, dataName), .. more]);
    }

    private static (int Code, string Output, string Error) Run(params string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = RetortCommand.Run(words, output, error);
        return (code, output.ToString(), error.ToString().TrimEnd('\n'));
    }
}

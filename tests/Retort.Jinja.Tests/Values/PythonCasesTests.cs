using System.Text.Json;
using Retort.Tests.Shared;

namespace Retort.Jinja.Tests.Values;

public class PythonCasesTests
{
    [Fact]
    public void Recorded_templates_over_every_operator_filter_test_and_method_give_what_Python_gave()
    {
        var data = PythonCases.Read();
        var context = data.GetProperty("context");
        var different = new List<string>();
        foreach (var item in data.GetProperty("cases").EnumerateArray())
        {
            var (template, expected) = (item[0].GetString()!, item[1].GetString()!);
            var actual = PythonCases.Render(template, context);
            if (actual != expected)
                different.Add($"{template}\n  Python {expected}\n  here   {actual}");
        }
        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    [Fact]
    public void Generated_expressions_give_what_the_installed_Python_gives()
    {
        const string script = """
            import json, sys, copy
            from jinja2 import Environment
            data = json.load(open(sys.argv[1]))
            results = []
            for template in data["templates"]:
                try:
                    results.append("ok:" + Environment().from_string(template).render(**copy.deepcopy(data["context"])))
                except Exception as error:
                    results.append("err:" + type(error).__name__)
            print(json.dumps(results))
            """;
        var context = PythonCases.Read().GetProperty("context");
        var templates = new ExpressionGenerator(seed: 20260801).Templates(3000);
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, JsonSerializer.Serialize(new { templates, context }));
            var expected = JsonSerializer.Deserialize<string[]>(Repository.Python(script, ["jinja2"], path))!;
            var different = templates.Select((template, i) => (template, Python: expected[i], Here: PythonCases.Render(template, context)))
                .Where(item => item.Python != item.Here).Select(item => $"{item.template}\n  Python {item.Python}\n  here   {item.Here}").ToList();
            Assert.True(different.Count == 0, string.Join('\n', different));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Makes expressions at random from small parts, the same ones for the same seed.</summary>
    private sealed class ExpressionGenerator(int seed)
    {
        private static readonly string[] Atoms =
        [
            "s", "u", "l", "ls", "d", "i", "neg", "f", "t", "none", "users", "undef", "0", "1", "2.5", "''", "'a,b'", "[1, 2.0, 'x']", "(1, 2)", "{'k': [1]}", "range(4)", "true", "-7",
        ];

        private static readonly string[] Filters =
        [
            "upper", "lower", "title", "length", "list", "string", "first", "last", "join(',')", "int", "float", "round(1)", "sort", "unique|list", "reverse|list", "sum", "max", "min", "tojson",
            "default('z')", "truncate(5, true)", "replace('a', 'bb')", "batch(2)|list", "map('string')|list", "select|list", "e", "striptags", "wordcount", "center(9)", "trim", "abs",
        ];

        private static readonly string[] Operators = ["+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", ">=", "in", "and", "or"];

        private readonly Random _random = new(seed);

        public string[] Templates(int count) => [.. Enumerable.Range(0, count).Select(_ => $"{{{{ {Expression(3)} }}}}")];

        private string Expression(int depth) => depth == 0 || _random.Next(4) == 0 ? Pick(Atoms) : _random.Next(5) switch
        {
            0 or 1 => $"({Expression(depth - 1)} {Pick(Operators)} {Expression(depth - 1)})",
            2 => $"({Expression(depth - 1)})|{Pick(Filters)}",
            3 => $"[{Expression(depth - 1)}, {Expression(depth - 1)}]",
            _ => $"({Expression(depth - 1)} if {Expression(depth - 1)} else {Expression(depth - 1)})",
        };

        private string Pick(string[] parts) => parts[_random.Next(parts.Length)];
    }
}

using System.Globalization;
using System.Text.Json;
using Retort.Conformance;
using Retort.Tests.Shared;

namespace Retort.Jinja.Tests.Differential;

/// <summary>
/// Random templates rendered by Jinja itself and by the engine. RETORT_DIFFERENTIAL_CASES and RETORT_DIFFERENTIAL_SEED make a longer or another run:
/// <c>RETORT_DIFFERENTIAL_CASES=20000 dotnet run --project tests/Retort.Jinja.Tests -- -class Retort.Jinja.Tests.Differential.DifferentialTests</c>
/// </summary>
public sealed class DifferentialTests
{
    [Fact]
    public void Random_templates_give_what_Jinja_gives() => Compare("generate.py", count: "200");

    [Fact]
    public void Random_calls_of_filters_tests_and_globals_give_what_Jinja_gives() => Compare("arguments.py", count: "500");

    private static void Compare(string generator, string count)
    {
        using var script = new StreamReader(typeof(DifferentialTests).Assembly.GetManifestResourceStream(generator)!);
        count = Environment.GetEnvironmentVariable("RETORT_DIFFERENTIAL_CASES") ?? count;
        var seed = Environment.GetEnvironmentVariable("RETORT_DIFFERENTIAL_SEED") ?? "1";
        using var cases = JsonDocument.Parse(Repository.Python(script.ReadToEnd(), ["jinja2"], seed, count));
        var failures = new List<string>();
        foreach (var item in cases.RootElement.EnumerateArray())
        {
            var (expected, actual) = (JinjaCase.Expected(item), JinjaCase.Actual(item));
            if (expected != actual)
                failures.Add($"{item.GetProperty("id").GetString()}\n{item.GetProperty("templates")} {item.GetProperty("env")}\nexpected {expected}\nactual   {actual}");
        }
        Assert.True(failures.Count == 0, string.Create(CultureInfo.InvariantCulture, $"{failures.Count} differ\n{string.Join("\n\n", failures.Take(100))}"));
    }
}

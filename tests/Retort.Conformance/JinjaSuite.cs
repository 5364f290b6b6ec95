using System.Text.Json;

namespace Retort.Conformance;

/// <summary>Templates rendered by Jinja itself. The format is described beside the cases.</summary>
internal static class JinjaSuite
{
    public static void Run(Runner runner, JsonElement cases, string file)
    {
        foreach (var item in cases.EnumerateArray())
            runner.Compare($"{file} {item.GetProperty("id").GetString()}", JinjaCase.Expected(item), JinjaCase.Actual(item));
    }
}

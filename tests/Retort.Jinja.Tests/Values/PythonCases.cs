using System.Text.Json;
using Retort.Tests.Shared;

namespace Retort.Jinja.Tests.Values;

/// <summary>Templates with what Python's Jinja made of them: <c>ok:</c> and the output, or <c>err:</c> and the error's class. <c>A:</c> turns autoescape on.</summary>
internal static class PythonCases
{
    private static readonly string Path = System.IO.Path.Combine(Repository.Root, "tests/Retort.Jinja.Tests/Cases/python-values.json");

    public static JsonElement Read() => JsonDocument.Parse(File.ReadAllBytes(Path)).RootElement;

    public static string Render(string template, JsonElement context)
    {
        var escaped = template.StartsWith("A:", StringComparison.Ordinal);
        var environment = new JinjaEnvironment { Autoescape = _ => escaped };
        try
        {
            return "ok:" + environment.FromString(escaped ? template[2..] : template).Render(Plain(context));
        }
        catch (TemplateError error)
        {
            return "err:" + error.PythonName;
        }
    }

    // Lists and dictionaries of C#, so that the cases test those as well.
    private static object? Plain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(property => property.Name, property => Plain(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().Select(Plain).ToList(),
        _ => element,
    };
}

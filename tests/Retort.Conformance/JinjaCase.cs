using System.Text.Json;
using Retort.Jinja;
using Retort.Jinja.Loaders;
using Retort.Jinja.Values;

namespace Retort.Conformance;

/// <summary>One template that Jinja itself rendered: its output, its result, or the class and place of its error.</summary>
internal static class JinjaCase
{
    public static string Expected(JsonElement item)
    {
        if (item.TryGetProperty("output", out var output))
            return "output " + output.GetString();
        if (item.TryGetProperty("result", out var result))
            return "result " + Text.Repr(JinjaData.Decode(result));
        var error = item.GetProperty("error");
        var type = error.GetProperty("type").GetString();
        if (!error.TryGetProperty("line", out var line) || line.ValueKind == JsonValueKind.Null)
            return $"error {type}";
        return $"error {type} line {line.GetInt32()} in {(error.TryGetProperty("template", out var template) ? template.GetString() : MainName(item))}";
    }

    private static string MainName(JsonElement item) => item.TryGetProperty("main", out var main) ? main.GetString()! : "<expression>";

    public static string Actual(JsonElement item)
    {
        try
        {
            return Render(item);
        }
        catch (TemplateError error)
        {
            var hasLine = item.TryGetProperty("error", out var expected) && expected.TryGetProperty("line", out var line) && line.ValueKind != JsonValueKind.Null;
            var text = $"error {error.PythonName}";
            if (hasLine || !item.TryGetProperty("error", out _))
                text += $" line {error.Position?.Line} in {error.Position?.Template ?? (MainName(item) == "<expression>" ? "<expression>" : "<string>")}";
            return item.TryGetProperty("error", out _) ? text : $"{text}: {error.Message}";
        }
        catch (Exception error)
        {
            return $"crash {error}";
        }
    }

    private static string Render(JsonElement item)
    {
        var settings = item.TryGetProperty("env", out var env) ? env : default;
        var environment = JinjaCaseEnvironment.Create(settings);
        var context = item.TryGetProperty("context", out var data) ? JinjaData.DecodeObject(data) : new DictValue();
        if (item.TryGetProperty("kind", out var kind) && kind.GetString() == "expression")
        {
            var undefinedToNone = !item.TryGetProperty("undefined_to_none", out var flag) || flag.GetBoolean();
            return "result " + Text.Repr(environment.CompileExpression(item.GetProperty("expression").GetString()!, undefinedToNone).EvaluateValue(context));
        }
        var templates = item.GetProperty("templates").EnumerateObject().ToDictionary(template => template.Name, template => template.Value.GetString()!);
        environment.Loader = new DictionaryLoader(templates.Where(template => template.Key != "<string>").ToDictionary());
        var main = item.GetProperty("main").GetString()!;
        var made = main == "<string>" ? environment.FromString(templates[main]) : environment.GetTemplate(main);
        if (environment is NativeEnvironment)
            return "result " + Text.Repr(made.RenderValue(context, null));
        var isAsync = settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty("async", out var wanted) && wanted.GetBoolean();
        return "output " + (isAsync ? made.RenderAsync(context).GetAwaiter().GetResult() : made.Render(context));
    }
}

using Retort.Jinja.Loaders;

namespace Retort.Jinja.Tests;

/// <summary>Short ways to render what a test is about.</summary>
internal static class Rendering
{
    public static string Render(string source, object? model = null, Action<JinjaEnvironment>? configure = null)
    {
        var environment = new JinjaEnvironment();
        configure?.Invoke(environment);
        return environment.FromString(source).Render(model);
    }

    /// <summary>Renders the template <c>main</c> of several.</summary>
    public static string RenderMain(object? model, params (string Name, string Source)[] templates) => Environment(templates).GetTemplate("main").Render(model);

    public static JinjaEnvironment Environment(params (string Name, string Source)[] templates) =>
        new() { Loader = new DictionaryLoader(templates.ToDictionary(template => template.Name, template => template.Source)) };
}

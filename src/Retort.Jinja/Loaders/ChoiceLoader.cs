namespace Retort.Jinja.Loaders;

/// <summary>Asks several loaders one after the other.</summary>
public sealed class ChoiceLoader(params IReadOnlyList<Loader> loaders) : Loader
{
    /// <inheritdoc/>
    public override TemplateSource? Load(JinjaEnvironment environment, string name)
    {
        foreach (var loader in loaders)
        {
            if (loader.Load(environment, name) is { } source)
                return source;
        }
        return null;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> ListTemplates() => loaders.SelectMany(loader => loader.ListTemplates()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}

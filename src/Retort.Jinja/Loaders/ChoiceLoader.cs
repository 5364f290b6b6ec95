namespace Retort.Jinja.Loaders;

/// <summary>Asks several loaders one after the other.</summary>
public sealed class ChoiceLoader(params IReadOnlyList<Loader> loaders) : Loader
{
    /// <inheritdoc/>
    public override TemplateSource? Load(JinjaEnvironment environment, string name) =>
        loaders.Select(loader => loader.Load(environment, name)).FirstOrDefault(source => source is not null);

    /// <inheritdoc/>
    public override IEnumerable<string> ListTemplates() => loaders.SelectMany(loader => loader.ListTemplates()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}

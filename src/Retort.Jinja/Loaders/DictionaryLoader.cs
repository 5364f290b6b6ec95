namespace Retort.Jinja.Loaders;

/// <summary>Templates kept in memory, by name.</summary>
public sealed class DictionaryLoader(IReadOnlyDictionary<string, string> templates) : Loader
{
    /// <inheritdoc/>
    public override TemplateSource? Load(JinjaEnvironment environment, string name) => templates.TryGetValue(name, out var text)
        ? new TemplateSource(text, null, () => templates.TryGetValue(name, out var now) && now == text)
        : null;

    /// <inheritdoc/>
    public override IEnumerable<string> ListTemplates() => templates.Keys.Order(StringComparer.Ordinal);
}

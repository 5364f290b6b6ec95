namespace Retort.Jinja.Loaders;

/// <summary>A loader for each first part of a name: <c>admin/index.html</c> is <c>index.html</c> of the loader for <c>admin</c>.</summary>
public sealed class PrefixLoader(IReadOnlyDictionary<string, Loader> loaders, string delimiter = "/") : Loader
{
    /// <inheritdoc/>
    public override TemplateSource? Load(JinjaEnvironment environment, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var end = name.IndexOf(delimiter, StringComparison.Ordinal);
        return end >= 0 && loaders.TryGetValue(name[..end], out var loader) ? loader.Load(environment, name[(end + delimiter.Length)..]) : null;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> ListTemplates() =>
        loaders.SelectMany(pair => pair.Value.ListTemplates().Select(name => pair.Key + delimiter + name)).Order(StringComparer.Ordinal);
}

using Retort.Jinja.Loaders;

namespace Retort.Templating;

/// <summary>Finds templates in the app's folder and then in those of its blueprints, in the order they were registered. Source: flask.templating.DispatchingJinjaLoader.</summary>
internal static class TemplateFolders
{
    public static Loader LoaderFor(IEnumerable<string> folders, IEnumerable<Loader> others) =>
        new ChoiceLoader([.. folders.Distinct(StringComparer.Ordinal).Select(folder => new FileSystemLoader(folder)), .. others]);

    /// <summary>Whether what a template prints is escaped: HTML and its kin by their name, and templates without one. Source: flask.Flask.select_jinja_autoescape.</summary>
    public static bool Escapes(string? name) =>
        name is null || Path.GetExtension(name) is ".html" or ".htm" or ".xml" or ".xhtml" or ".svg";
}

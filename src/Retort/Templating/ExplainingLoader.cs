using System.Globalization;
using System.Text;
using Retort.Jinja;
using Retort.Jinja.Loaders;

namespace Retort.Templating;

/// <summary>A folder of templates and whose it is.</summary>
internal sealed record OwnedFolder(string Owner, string Folder);

/// <summary>
/// Tells in the log where each template was looked for, and whether that was unexpected. For <c>EXPLAIN_TEMPLATE_LOADING</c>.
/// Source: flask.debughelpers.explain_template_loading_attempts.
/// </summary>
/// <param name="inner">Loads the templates.</param>
/// <param name="folders">The folders it looks in, in order; empty when the app set a loader of its own.</param>
/// <param name="log">Takes the text.</param>
/// <param name="blueprint">The blueprint of the running request, or null.</param>
internal sealed class ExplainingLoader(Loader inner, IReadOnlyList<OwnedFolder> folders, Action<string> log, Func<string?> blueprint) : Loader
{
    /// <summary>The loader without the explanations.</summary>
    public Loader Inner => inner;

    public override TemplateSource? Load(JinjaEnvironment environment, string name)
    {
        var source = inner.Load(environment, name);
        log(Explain(environment, name, source));
        return source;
    }

    public override IEnumerable<string> ListTemplates() => inner.ListTemplates();

    private string Explain(JinjaEnvironment environment, string name, TemplateSource? source)
    {
        var text = new StringBuilder($"Locating template '{name}':\n");
        var found = 0;
        for (var i = 0; i < folders.Count; i++)
        {
            var here = new FileSystemLoader(folders[i].Folder).Load(environment, name);
            found += here is null ? 0 : 1;
            text.Append(CultureInfo.InvariantCulture, $"{i + 1,5}: trying loader of {folders[i].Owner}\n       searchpath: {folders[i].Folder}\n       -> {(here is null ? "no match" : $"found ('{here.FileName}')")}\n");
        }
        if (folders.Count == 0)
        {
            found = source is null ? 0 : 1;
            text.Append(CultureInfo.InvariantCulture, $"{1,5}: trying {inner.GetType().Name}, the app's own\n       -> {(source is null ? "no match" : $"found ('{source.FileName ?? "<string>"}')")}\n");
        }
        if (found == 1)
            return text.ToString().TrimEnd('\n');
        text.Append(found == 0 ? "Error: the template could not be found." : "Warning: multiple loaders returned a match for the template.");
        if (blueprint() is { } asking)
            text.Append(CultureInfo.InvariantCulture, $"\n  The template was looked up from an endpoint that belongs to the blueprint '{asking}'.\n  Maybe you did not place a template in the right folder?");
        return text.ToString();
    }
}

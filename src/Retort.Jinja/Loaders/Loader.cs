namespace Retort.Jinja.Loaders;

/// <summary>A template's text and what is known of where it came from.</summary>
/// <param name="Text">The text.</param>
/// <param name="FileName">The file it was read from; null if there is none.</param>
/// <param name="IsUpToDate">Whether the text is still the same; null if it can never change.</param>
public sealed record TemplateSource(string Text, string? FileName = null, Func<bool>? IsUpToDate = null);

/// <summary>Finds templates by name. Names use <c>/</c> on every system. Source: Jinja API page, Loaders.</summary>
public abstract class Loader
{
    /// <summary>The template of that name; null if there is none.</summary>
    public abstract TemplateSource? Load(JinjaEnvironment environment, string name);

    /// <summary>What to say of a name that it does not know; null for the name alone.</summary>
    internal virtual string? Missing(string name) => null;

    /// <summary>The names of all templates, in ordinal order, as far as the loader can know them.</summary>
    public virtual IEnumerable<string> ListTemplates() => [];
}

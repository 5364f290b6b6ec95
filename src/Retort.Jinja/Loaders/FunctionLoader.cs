namespace Retort.Jinja.Loaders;

/// <summary>Templates that a function finds: it returns null for a name it does not know.</summary>
public sealed class FunctionLoader(Func<string, TemplateSource?> load) : Loader
{
    /// <summary>A function that knows only the text, which never changes.</summary>
    public FunctionLoader(Func<string, string?> load) : this(name => load(name) is { } text ? new TemplateSource(text) : null)
    {
    }

    /// <inheritdoc/>
    public override TemplateSource? Load(JinjaEnvironment environment, string name) => load(name);
}

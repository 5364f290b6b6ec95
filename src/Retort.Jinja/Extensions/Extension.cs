using Retort.Jinja.Syntax;
using Retort.Jinja.Values;

namespace Retort.Jinja.Extensions;

/// <summary>
/// Adds tags to the language or changes how templates are read. Build what a tag means from the nodes of <see cref="Retort.Jinja.Syntax"/>; a function of
/// your own goes in as <see cref="HostConst"/>. Source: Jinja extensions page, Extension API.
/// </summary>
public abstract class Extension
{
    /// <summary>Names of the tags that <see cref="Parse"/> is called for.</summary>
    public virtual IReadOnlyCollection<string> Tags => [];

    /// <summary>Extensions with lower numbers preprocess and filter first. Default 100.</summary>
    public virtual int Priority => 100;

    /// <summary>The environment it belongs to.</summary>
    protected JinjaEnvironment Environment { get; private set; } = null!;

    /// <summary>Changes a template's text before it is read.</summary>
    public virtual string Preprocess(string source, string? name, string? fileName) => source;

    /// <summary>Changes a template's tokens before they are parsed.</summary>
    public virtual IReadOnlyList<Token> FilterTokens(IReadOnlyList<Token> tokens) => tokens;

    /// <summary>Parses one of its tags; the parser stands at the tag's name. Leaves it at the end of the tag.</summary>
    public virtual IReadOnlyList<Statement> Parse(Parser parser) => throw new NotSupportedException($"{GetType().Name} names tags but does not override Parse.");

    /// <summary>Adds globals and the like, once the environment is known.</summary>
    protected internal virtual void Install()
    {
    }

    /// <summary>A call of a function of the extension, to be put into a tag's nodes.</summary>
    protected static Call CallFunction(JinjaFunction function, SourcePosition at, params IReadOnlyList<Expression> arguments) =>
        new(new HostConst(function, at), new CallArguments(arguments, [], null, null), at);

    // A copy for one environment, so that an extension can be given to several.
    internal Extension Bind(JinjaEnvironment environment)
    {
        var copy = (Extension)MemberwiseClone();
        copy.Environment = environment;
        return copy;
    }
}

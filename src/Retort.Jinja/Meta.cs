using Retort.Jinja.Analysis;
using Retort.Jinja.Syntax;

namespace Retort.Jinja;

/// <summary>What can be told of a template without rendering it. Source: Jinja API page, The Meta API.</summary>
public static class Meta
{
    /// <summary>
    /// Names that a template will look up in its data, because nothing in it sets them and no global has them. Throws a
    /// <see cref="TemplateAssertionError"/> for what only compiling finds, such as an unknown filter.
    /// </summary>
    public static IReadOnlySet<string> FindUndeclaredVariables(JinjaEnvironment environment, TemplateNode template)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(template);
        return environment.ResolvedNames(template).Where(name => !environment.Globals.Contains(name)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Names of the templates that a template extends, includes or imports; null for each that is only known when it runs.</summary>
    public static IEnumerable<string?> FindReferencedTemplates(TemplateNode template)
    {
        ArgumentNullException.ThrowIfNull(template);
        // Of a list, what is no constant is unknown and what is no text is no template.
        return
            from load in TemplateOutline.Of(template).Loads
            from choice in load.Choices
            where choice is not Const { Value: not string } || choice == load.Template
            select (choice as Const)?.Value as string;
    }

    /// <summary>
    /// Finds what is wrong with templates without rendering them: every syntax error, unknown filter and test; constant names of templates that do not exist; names imported from
    /// templates that do not define them; calls of <c>self.name()</c> without such a block; and, as warnings, blocks that no parent prints. Templates that they refer to are checked too.
    /// </summary>
    /// <param name="environment">The environment, with its loader.</param>
    /// <param name="names">The templates. Null means all that the loader lists. Names without a template are passed over.</param>
    /// <param name="rules">Further checks: each is called with every template that can be parsed.</param>
    /// <returns>What was found, in the order of the templates' names and of the text.</returns>
    /// <exception cref="InvalidOperationException">The environment has no loader.</exception>
    public static IReadOnlyList<TemplateFinding> Check(JinjaEnvironment environment, IEnumerable<string>? names = null, params IReadOnlyList<Action<TemplateInspection>> rules)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var loader = environment.Loader ?? throw new InvalidOperationException("cannot check templates: the environment has no loader. Set JinjaEnvironment.Loader.");
        return new TemplateChecker(environment, loader, rules).Check(names ?? loader.ListTemplates());
    }
}

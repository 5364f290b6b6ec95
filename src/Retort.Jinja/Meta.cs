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
        var finder = new ReferenceFinder();
        finder.Visit(template);
        return finder.Names;
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

    private sealed class ReferenceFinder : NodeVisitor
    {
        public List<string?> Names { get; } = [];

        public override void Visit(Node node)
        {
            switch (node)
            {
                case Extends extends: Add(extends.Template); break;
                case Import import: Add(import.Template); break;
                case FromImport import: Add(import.Template); break;
                case Include { Template: TupleLiteral tuple }: AddAll(tuple.Items); break;
                case Include { Template: ListLiteral list }: AddAll(list.Items); break;
                case Include include: Add(include.Template); break;
                case Expression: break;
                default: VisitChildren(node); break;
            }
        }

        private void Add(Expression template) => Names.Add(template is Const { Value: string name } ? name : null);

        // Of a list, what is no constant is unknown and what is no text is no template.
        private void AddAll(IReadOnlyList<Expression> templates)
        {
            foreach (var template in templates)
            {
                if (template is not Const)
                    Names.Add(null);
                else if (template is Const { Value: string name })
                    Names.Add(name);
            }
        }
    }
}

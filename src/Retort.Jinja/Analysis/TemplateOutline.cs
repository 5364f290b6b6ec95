using Retort.Jinja.Syntax;

namespace Retort.Jinja.Analysis;

/// <summary>What other templates have to do with one: what it refers to, what it defines, and which blocks it asks for.</summary>
internal sealed class TemplateOutline : NodeVisitor
{
    private bool _inBlock;
    private bool _isGuarded;
    private bool _inMacro;

    /// <summary>Tags that load other templates: extends, include, import, from.</summary>
    public List<TemplateLoad> Loads { get; } = [];

    /// <summary>Blocks with whether they stand inside of another block.</summary>
    public List<(Block Block, bool IsNested)> Blocks { get; } = [];

    /// <summary>Calls of <c>self.name()</c> that nothing guards.</summary>
    public List<(string Block, SourcePosition At)> SelfCalls { get; } = [];

    /// <summary>Everything that is assigned or defined anywhere.</summary>
    public HashSet<string> Assigned { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of filters and tests whose existence the template asks for itself: <c>'name' is filter</c>.</summary>
    public HashSet<string> AskedFor { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether <c>self</c> is used at all.</summary>
    public bool UsesSelf { get; private set; }

    /// <summary>Whether any tag extends another template.</summary>
    public bool HasExtends => Loads.Exists(load => load.Tag is Extends);

    /// <summary>The constant name of the only template that this one extends in any case; null if there is none or it is not known.</summary>
    public string? Parent { get; private set; }

    public static TemplateOutline Of(TemplateNode tree)
    {
        var outline = new TemplateOutline();
        outline.Visit(tree);
        if (outline.Loads.FindAll(load => load.Tag is Extends) is [{ Template: Const { Value: string name } } only] && tree.Body.Contains(only.Tag))
            outline.Parent = name;
        return outline;
    }

    public override void Visit(Node node)
    {
        Note(node);
        var around = (_inBlock, _isGuarded, _inMacro);
        _inBlock |= node is Block;
        // What stands under a condition may be there because the condition asked for it.
        _isGuarded |= node is If or Conditional;
        // In a macro self is an ordinary variable.
        _inMacro |= node is Macro;
        VisitChildren(node);
        (_inBlock, _isGuarded, _inMacro) = around;
    }

    private void Note(Node node)
    {
        switch (node)
        {
            case Extends extends: Loads.Add(new(extends, extends.Template)); break;
            case Include include: Loads.Add(new(include, include.Template, include.IgnoreMissing)); break;
            case Import import:
                Loads.Add(new(import, import.Template));
                Assigned.Add(import.Target);
                break;
            case FromImport import:
                Loads.Add(new(import, import.Template));
                Assigned.UnionWith(import.Names.Select(name => name.Alias));
                break;
            case Block block: Blocks.Add((block, _inBlock)); break;
            case Call { Callee: GetAttribute { Operand: Name { Id: "self" } self } block } when !_isGuarded && !_inMacro: SelfCalls.Add((block.Name, self.At)); break;
            case Name { Id: "self" }: UsesSelf = true; break;
            case Test { Operand: Const { Value: string asked }, Name: "filter" or "test" }: AskedFor.Add(asked); break;
            case NameTarget target: Assigned.Add(target.Name); break;
            case Macro macro: Assigned.Add(macro.Name); break;
            case Parameter parameter: Assigned.Add(parameter.Name); break;
        }
    }
}

/// <summary>A tag that loads a template, and whether it may be missing.</summary>
internal sealed record TemplateLoad(Statement Tag, Expression Template, bool MayMiss = false)
{
    /// <summary>The templates of which it loads the first that exists.</summary>
    public IReadOnlyList<Expression> Choices => Template switch
    {
        TupleLiteral tuple => tuple.Items,
        ListLiteral list => list.Items,
        _ => [Template],
    };
}

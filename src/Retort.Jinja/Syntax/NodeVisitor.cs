namespace Retort.Jinja.Syntax;

/// <summary>Walks a syntax tree in the order Jinja walks it. Derive and override <see cref="Visit"/>.</summary>
public abstract class NodeVisitor
{
    private int _level;

    /// <summary>Visits one node; by default what is inside it.</summary>
    public virtual void Visit(Node node) => VisitChildren(node);

    /// <summary>Visits several nodes.</summary>
    protected void VisitAll(IEnumerable<Node> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        if (nodes is IReadOnlyList<Node> list)
        {
            VisitList(list);
            return;
        }
        foreach (var node in nodes)
            Visit(node);
    }

    /// <summary>Visits what is inside a node.</summary>
    protected void VisitChildren(Node node)
    {
        // One look at the stack in so many levels leaves room enough.
        if (++_level % 16 == 0)
            Depth.EnsureStack("while compiling the template");
        if (node is Expression expression)
            VisitOperands(expression);
        else if (node is Statement statement)
            VisitParts(statement);
        else if (node is Pair pair)
            VisitBoth(pair.Key, pair.Value);
        else if (node is Keyword keyword)
            Visit(keyword.Value);
        else if (node is TupleTarget tuple)
            VisitList(tuple.Items);
        else if (node is TemplateNode template)
            VisitList(template.Body);
        else if (node is Parameter { Default: { } value })
            Visit(value);
        _level--;
    }

    private void VisitParts(Statement statement)
    {
        switch (statement)
        {
            case Output output: VisitList(output.Parts); break;
            case For loop:
                VisitBoth(loop.Target, loop.Iter);
                VisitList(loop.Body);
                VisitList(loop.Else);
                VisitIfAny(loop.Test);
                break;
            case If branch:
                Visit(branch.Test);
                VisitList(branch.Body);
                VisitList(branch.Elifs);
                VisitList(branch.Else);
                break;
            case Macro macro: VisitList(macro.Parameters); VisitList(macro.Body); break;
            case CallBlock call:
                Visit(call.Call);
                VisitList(call.Parameters);
                VisitList(call.Body);
                break;
            case FilterBlock filter: VisitList(filter.Body); Visit(filter.Filter); break;
            case With with:
                VisitList(with.Targets);
                VisitList(with.Values);
                VisitList(with.Body);
                break;
            case Block block: VisitList(block.Body); break;
            case Extends extends: Visit(extends.Template); break;
            case Include include: Visit(include.Template); break;
            case Import import: Visit(import.Template); break;
            case FromImport import: Visit(import.Template); break;
            case ExpressionStatement expression: Visit(expression.Expression); break;
            case Assign assign: VisitBoth(assign.Target, assign.Value); break;
            case AssignBlock assign:
                Visit(assign.Target);
                VisitIfAny(assign.Filter);
                VisitList(assign.Body);
                break;
            case Autoescape autoescape: Visit(autoescape.Value); VisitList(autoescape.Body); break;
            case Scope scope: VisitList(scope.Body); break;
        }
    }

    private void VisitOperands(Expression expression)
    {
        switch (expression)
        {
            case Name or Const or TemplateData: break;
            case TupleLiteral tuple: VisitList(tuple.Items); break;
            case ListLiteral list: VisitList(list.Items); break;
            case DictLiteral dict: VisitList(dict.Items); break;
            case Conditional conditional:
                VisitBoth(conditional.Test, conditional.Value);
                VisitIfAny(conditional.Other);
                break;
            case Filter filter: VisitIfAny(filter.Operand); VisitArguments(filter.Arguments); break;
            case Test test: Visit(test.Operand); VisitArguments(test.Arguments); break;
            case Call call: Visit(call.Callee); VisitArguments(call.Arguments); break;
            case GetItem item: VisitBoth(item.Operand, item.Key); break;
            case GetAttribute attribute: Visit(attribute.Operand); break;
            case Slice slice:
                VisitIfAny(slice.Start);
                VisitIfAny(slice.Stop);
                VisitIfAny(slice.Step);
                break;
            case Concat concat: VisitList(concat.Operands); break;
            case Compare compare:
                Visit(compare.First);
                for (var i = 0; i < compare.Rest.Count; i++)
                    Visit(compare.Rest[i].Value);
                break;
            case Binary binary: VisitBoth(binary.Left, binary.Right); break;
            case Unary unary: Visit(unary.Operand); break;
            case MarkSafeIfAutoescape safe: Visit(safe.Operand); break;
        }
    }

    private void VisitArguments(CallArguments arguments)
    {
        VisitList(arguments.Positional);
        VisitList(arguments.Named);
        VisitIfAny(arguments.Star);
        VisitIfAny(arguments.DoubleStar);
    }

    private void VisitList<T>(IReadOnlyList<T> nodes)
        where T : Node
    {
        for (var i = 0; i < nodes.Count; i++)
            Visit(nodes[i]);
    }

    private void VisitBoth(Node first, Node second)
    {
        Visit(first);
        Visit(second);
    }

    private void VisitIfAny(Node? node)
    {
        if (node is not null)
            Visit(node);
    }
}

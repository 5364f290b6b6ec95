using Retort.Jinja.Syntax;

namespace Retort.Jinja.Analysis;

/// <summary>Finds the names a scope reads and stores. Stops where an inner scope begins.</summary>
internal sealed class SymbolVisitor(Symbols symbols) : NodeVisitor
{
    private int _openIfs;

    public void VisitBody(IReadOnlyList<Node> nodes) => VisitAll(nodes);

    /// <summary>Declares all names of a target as set from outside.</summary>
    public void DeclareTarget(Target target)
    {
        switch (target)
        {
            case NameTarget name:
                symbols.DeclareParameter(name.Name);
                break;
            case TupleTarget tuple:
                foreach (var item in tuple.Items)
                    DeclareTarget(item);
                break;
        }
    }

    public void DeclareParameters(IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
            symbols.DeclareParameter(parameter.Name);
        foreach (var parameter in parameters)
            VisitChildren(parameter);
    }

    public override void Visit(Node node)
    {
        switch (node)
        {
            case Name name: symbols.Read(name.Id); break;
            case NameTarget target: Store(target.Name); break;
            case NamespaceTarget target: symbols.Read(target.Name); break;
            case If:
                // What is stored in one branch may not be stored at all.
                _openIfs++;
                VisitChildren(node);
                _openIfs--;
                break;
            case Macro macro: Store(macro.Name); break;
            case Import import:
                Visit(import.Template);
                Store(import.Target);
                break;
            case FromImport import:
                Visit(import.Template);
                foreach (var name in import.Names)
                    Store(name.Alias);
                break;
            case Assign assign:
                Visit(assign.Value);
                Visit(assign.Target);
                break;
            case For loop: Visit(loop.Iter); break;
            case CallBlock call: Visit(call.Call); break;
            case FilterBlock filter: Visit(filter.Filter); break;
            case With with: VisitAll(with.Values); break;
            case AssignBlock assign: Visit(assign.Target); break;
            case Scope or Autoescape or Block: break;
            default: VisitChildren(node); break;
        }
    }

    private void Store(string name)
    {
        if (_openIfs == 0)
            symbols.Store(name);
        else
            symbols.StorePerhaps(name);
    }
}

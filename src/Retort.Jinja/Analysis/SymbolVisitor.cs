using Retort.Jinja.Syntax;

namespace Retort.Jinja.Analysis;

/// <summary>Finds the names a scope reads and stores. Stops where an inner scope begins.</summary>
internal sealed class SymbolVisitor(Symbols symbols) : NodeVisitor
{
    private Symbols _symbols = symbols;

    public void VisitBody(IEnumerable<Node> nodes) => VisitAll(nodes);

    /// <summary>Declares all names of a target as set from outside.</summary>
    public void DeclareTarget(Target target)
    {
        switch (target)
        {
            case NameTarget name:
                _symbols.DeclareParameter(name.Name);
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
            _symbols.DeclareParameter(parameter.Name);
        foreach (var parameter in parameters)
            VisitChildren(parameter);
    }

    public override void Visit(Node node)
    {
        switch (node)
        {
            case Name name: _symbols.Read(name.Id); break;
            case NameTarget target: _symbols.Store(target.Name); break;
            case NamespaceTarget target: _symbols.Read(target.Name); break;
            case If branch: VisitIf(branch); break;
            case Macro macro: _symbols.Store(macro.Name); break;
            case Import import:
                Visit(import.Template);
                _symbols.Store(import.Target);
                break;
            case FromImport import:
                Visit(import.Template);
                foreach (var name in import.Names)
                    _symbols.Store(name.Alias);
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

    private void VisitIf(If branch)
    {
        Visit(branch.Test);
        if (!StoreFinder.In(branch))
        {
            // Nothing to tell apart: the branches only read.
            VisitAll(branch.Body);
            VisitAll(branch.Elifs);
            VisitAll(branch.Else);
            return;
        }
        var before = _symbols;
        var body = Inner(before, branch.Body);
        var elifs = Inner(before, branch.Elifs);
        var otherwise = Inner(before, branch.Else);
        before.Join([body, elifs, otherwise]);
    }

    private Symbols Inner(Symbols before, IReadOnlyList<Node> nodes)
    {
        if (nodes.Count == 0)
            return before;
        _symbols = before.Branch();
        VisitAll(nodes);
        var result = _symbols;
        _symbols = before;
        return result;
    }
}

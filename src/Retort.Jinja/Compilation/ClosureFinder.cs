using Retort.Jinja.Syntax;

namespace Retort.Jinja.Compilation;

/// <summary>Whether a body defines something that outlives it and reads its variables: a macro, a call block or a recursive loop.</summary>
internal sealed class ClosureFinder : NodeVisitor
{
    private bool _found;

    public static bool In(IReadOnlyList<Statement> body)
    {
        var finder = new ClosureFinder();
        finder.VisitAll(body);
        return finder._found;
    }

    public override void Visit(Node node)
    {
        if (_found || node is Expression)
            return;
        if (node is Macro or CallBlock or For { Recursive: true })
            _found = true;
        else
            VisitChildren(node);
    }
}

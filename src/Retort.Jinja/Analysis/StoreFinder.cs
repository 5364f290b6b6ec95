using Retort.Jinja.Syntax;

namespace Retort.Jinja.Analysis;

/// <summary>Whether an if assigns names in the scope it stands in.</summary>
internal sealed class StoreFinder : NodeVisitor
{
    private bool _found;

    public static bool In(If branch)
    {
        var finder = new StoreFinder();
        finder.VisitChildren(branch);
        return finder._found;
    }

    public override void Visit(Node node)
    {
        switch (node)
        {
            case Assign or AssignBlock or Macro or Import or FromImport:
                _found = true;
                break;
            case If when !_found:
                VisitChildren(node);
                break;
        }
    }
}

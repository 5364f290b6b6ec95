using Retort.Jinja.Syntax;

namespace Retort.Jinja.Analysis;

/// <summary>Finds which special names, such as <c>loop</c> or <c>caller</c>, a body reads without having assigned them before. Does not look into blocks.</summary>
internal sealed class UndeclaredNames : NodeVisitor
{
    private readonly HashSet<string> _wanted;
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    private UndeclaredNames(IEnumerable<string> wanted) => _wanted = new(wanted, StringComparer.Ordinal);

    public static HashSet<string> Find(IEnumerable<Node> body, params ReadOnlySpan<string> names)
    {
        var finder = new UndeclaredNames(names.ToArray());
        foreach (var node in body)
        {
            if (finder._found.Count < names.Length)
                finder.Visit(node);
        }
        return finder._found;
    }

    public override void Visit(Node node)
    {
        switch (node)
        {
            case Name name:
                if (_wanted.Contains(name.Id))
                    _found.Add(name.Id);
                break;
            case NameTarget target:
                _wanted.Remove(target.Name);
                break;
            case Parameter parameter:
                _wanted.Remove(parameter.Name);
                VisitChildren(parameter);
                break;
            case Block:
                break;
            default:
                VisitChildren(node);
                break;
        }
    }
}

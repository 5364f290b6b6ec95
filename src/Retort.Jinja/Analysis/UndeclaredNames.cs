using Retort.Jinja.Syntax;

namespace Retort.Jinja.Analysis;

/// <summary>Finds which special names, such as <c>loop</c> or <c>caller</c>, a body reads without having assigned them before. Does not look into blocks.</summary>
internal sealed class UndeclaredNames : NodeVisitor
{
    // One to three names.
    private readonly List<string> _wanted;
    private readonly List<string> _found = [];

    private UndeclaredNames(ReadOnlySpan<string> wanted) => _wanted = [.. wanted];

    public static List<string> Find(IReadOnlyList<Node> body, params ReadOnlySpan<string> names)
    {
        var finder = new UndeclaredNames(names);
        for (var i = 0; i < body.Count && finder._found.Count < names.Length; i++)
            finder.Visit(body[i]);
        return finder._found;
    }

    public override void Visit(Node node)
    {
        switch (node)
        {
            case Name name:
                if (_wanted.Contains(name.Id) && !_found.Contains(name.Id))
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

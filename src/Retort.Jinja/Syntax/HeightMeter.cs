namespace Retort.Jinja.Syntax;

/// <summary>Finds where a tree grows higher than a limit, without going higher itself.</summary>
internal sealed class HeightMeter(int limit) : NodeVisitor
{
    private int _height;
    private SourcePosition? _found;

    public static SourcePosition? FirstAbove(int limit, Node node)
    {
        var meter = new HeightMeter(limit);
        meter.Visit(node);
        return meter._found;
    }

    public override void Visit(Node node)
    {
        if (_found is not null)
            return;
        if (++_height > limit)
            _found = node.At;
        else
            VisitChildren(node);
        _height--;
    }
}

using Retort.Jinja.Syntax;

namespace Retort.Jinja.Analysis;

/// <summary>What must be known of a whole body, at whatever depth, before any part of it is compiled.</summary>
internal sealed class BodySurvey : NodeVisitor
{
    // Of the special names.
    private readonly List<string> _assigned = [];
    private readonly List<string> _read = [];
    private bool _inBlock;

    /// <summary>All blocks in order.</summary>
    public List<Block> Blocks { get; } = [];

    public bool HasExtends { get; private set; }

    /// <summary>Whether it defines something that outlives a scope and reads its variables: a macro, a call block or a recursive loop.</summary>
    public bool HasClosures { get; private set; }

    /// <summary>The first assignment to <c>loop</c>.</summary>
    public NameTarget? LoopAssignment { get; private set; }

    public static BodySurvey Of(IEnumerable<Node> body)
    {
        var survey = new BodySurvey();
        survey.Add(body);
        return survey;
    }

    /// <summary>Looks at more nodes after those before.</summary>
    public void Add(IEnumerable<Node> nodes) => VisitAll(nodes);

    /// <summary>Whether one of the names that the language gives a meaning of its own is read outside of blocks without having been assigned before.</summary>
    public bool Reads(string special) => _read.Contains(special);

    public override void Visit(Node node)
    {
        switch (node)
        {
            case Name { Id: var name }:
                if (!_assigned.Contains(name))
                    Note(name, _read);
                return;
            case NameTarget target:
                LoopAssignment ??= target.Name == "loop" ? target : null;
                Note(target.Name, _assigned);
                return;
            case Parameter parameter:
                Note(parameter.Name, _assigned);
                break;
            case Block block:
                Blocks.Add(block);
                break;
            case Extends:
                HasExtends = true;
                break;
            case Macro or CallBlock or For { Recursive: true }:
                HasClosures = true;
                break;
        }
        var wasInBlock = _inBlock;
        _inBlock |= node is Block;
        VisitChildren(node);
        _inBlock = wasInBlock;
    }

    private void Note(string name, List<string> names)
    {
        if (IsSpecial(name) && !_inBlock && !names.Contains(name))
            names.Add(name);
    }

    private static bool IsSpecial(string name) => name is "self" or "super" or "loop" or "caller" or "kwargs" or "varargs";
}

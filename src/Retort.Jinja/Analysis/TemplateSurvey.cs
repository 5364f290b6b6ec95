using Retort.Jinja.Syntax;

namespace Retort.Jinja.Analysis;

/// <summary>What must be known of a whole tree before any part of it is compiled: its blocks and whether it extends another template.</summary>
internal sealed class TemplateSurvey : NodeVisitor
{
    /// <summary>All blocks, at whatever depth, in order.</summary>
    public List<Block> Blocks { get; } = [];

    public bool HasExtends { get; private set; }

    /// <summary>Whether it defines something that outlives a scope and reads its variables: a macro, a call block or a recursive loop.</summary>
    public bool HasClosures { get; private set; }

    /// <summary>The first assignment to <c>loop</c>.</summary>
    public NameTarget? LoopAssignment { get; private set; }

    public static TemplateSurvey Of(Node node)
    {
        var survey = new TemplateSurvey();
        survey.Visit(node);
        return survey;
    }

    public override void Visit(Node node)
    {
        switch (node)
        {
            case Expression:
                return;
            case Block block:
                Blocks.Add(block);
                break;
            case Extends:
                HasExtends = true;
                break;
            case Macro or CallBlock or For { Recursive: true }:
                HasClosures = true;
                break;
            case NameTarget { Name: "loop" } target:
                LoopAssignment ??= target;
                break;
        }
        VisitChildren(node);
    }
}

using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>What a loop's body asks of the loop.</summary>
internal enum Signal
{
    None,
    Continue,
    Break,
}

/// <summary>The variables of one run of a template, block, macro or recursive loop.</summary>
internal sealed class Frame
{
    public Frame(RenderContext context, int slots, Frame? outer = null)
    {
        Context = context;
        Outer = outer;
        Slots = slots == 0 ? [] : new Value[slots];
        Array.Fill(Slots, Missing.Value);
    }

    public RenderContext Context { get; }

    /// <summary>The frame of the body this one is written in.</summary>
    public Frame? Outer { get; }

    public Value[] Slots { get; }

    /// <summary>Where the template is being run, for errors.</summary>
    public SourcePosition At;

    /// <summary>How this run came about, in the chain of an error; null if its body says it.</summary>
    public string? Entered;

    /// <summary>Set by break and continue, cleared by their loop.</summary>
    public Signal Signal;

    /// <summary>The template that an extends tag has named, in the frame of a whole template.</summary>
    public CompiledTemplate? Parent;

    /// <summary>Where that tag stands.</summary>
    public SourcePosition ParentAt;

    public void Clear(int[] slots)
    {
        foreach (var slot in slots)
            Slots[slot] = Missing.Value;
    }
}

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

    public RenderContext Context { get; private set; }

    /// <summary>The frame of the body this one is written in.</summary>
    public Frame? Outer { get; private set; }

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

    // Frames that nothing has kept are used again by the same thread. All of them are as wide, and empty.
    private const int SpareSlots = 16;

    // How many a thread keeps; a deep recursion has made more.
    private const int MaxSpares = 64;

    [ThreadStatic]
    private static Frame? _spare;

    private Frame? _next;
    private int _spares;

    // The frame of the last macro that was called from here, empty again: the next call is mostly one of the same macro.
    private Frame? _callee;

    /// <summary>A frame for a body that is run at once and leaves nothing behind that remembers its frame.</summary>
    public static Frame Rent(RenderContext context, int slots, Frame? outer, Frame? caller)
    {
        if (caller?._callee is { } callee && slots <= SpareSlots)
        {
            caller._callee = null;
            if (!ReferenceEquals(callee.Context, context))
                callee.Context = context;
            if (!ReferenceEquals(callee.Outer, outer))
                callee.Outer = outer;
            return callee;
        }
        if (slots > SpareSlots)
            return new Frame(context, slots, outer);
        if (_spare is not { } frame)
            return new Frame(context, SpareSlots, outer);
        _spare = frame._next;
        frame.Context = context;
        frame.Outer = outer;
        return frame;
    }

    /// <summary>Gives it back, to the frame it was called from if there is one, after a run that went well. An error's frame is left to the garbage collector.</summary>
    public void Return(int slots, Frame? caller)
    {
        if (slots > SpareSlots)
            return;
        LetGo();
        Slots.AsSpan(0, slots).Fill(Missing.Value);
        At = default;
        Entered = null;
        Signal = Signal.None;
        Parent = null;
        if (caller is { _callee: null })
            caller._callee = this;
        else
            Spare();
    }

    /// <summary>Gives back what it has kept for another call.</summary>
    public void LetGo()
    {
        if (_callee is not { } callee)
            return;
        _callee = null;
        callee.Spare();
    }

    private void Spare()
    {
        var next = _spare;
        var spares = next is null ? 1 : next._spares + 1;
        if (spares > MaxSpares)
            return;
        Context = null!;
        Outer = null;
        _next = next;
        _spares = spares;
        _spare = this;
    }
}

using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>A compiled statement. The tree of these is what runs; it is immutable and shared by all renders but for what it has learnt about types.</summary>
internal abstract class Executable
{
    /// <summary>Runs it and writes what it prints.</summary>
    public abstract void Render(Frame frame, Output output);

    /// <summary>The same in a render that awaits and streams.</summary>
    public virtual ValueTask RenderAsync(Frame frame, Output output)
    {
        Render(frame, output);
        return default;
    }
}

/// <summary>A compiled expression.</summary>
internal abstract class Evaluable
{
    /// <summary>Whether the value is the same at every render.</summary>
    public virtual bool IsConstant => false;

    /// <summary>Whether the value is always <c>True</c> or <c>False</c>, so that <see cref="IsTrue"/> says all of it.</summary>
    public virtual bool IsBoolean => false;

    /// <summary>Computes its value.</summary>
    public abstract Value Evaluate(Frame frame);

    /// <summary>Prints its value; some print their parts without putting them together first.</summary>
    public virtual void Print(Frame frame, Output output, bool escape) => output.Write(EvaluatePart(frame), escape);

    /// <summary>The same for who reads text at once and needs no string of its own for a part of another.</summary>
    public virtual TextPart EvaluatePart(Frame frame) => new(Evaluate(frame));

    /// <summary>
    /// The plain text that it is, where that can be told at once. Null says nothing: it may be something else, or take more to find out, and is yet to be evaluated.
    /// </summary>
    public virtual string? PeekText(Frame frame) => null;

    /// <summary>The same in a render that awaits.</summary>
    public virtual ValueTask<Value> EvaluateAsync(Frame frame) => new(Evaluate(frame));

    /// <summary>Whether its value is true in a condition.</summary>
    public virtual bool IsTrue(Frame frame) => Operators.IsTrue(Evaluate(frame));
}

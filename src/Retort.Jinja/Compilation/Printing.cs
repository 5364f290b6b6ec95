using Retort.Jinja.Runtime;
using Retort.Jinja.Values;

namespace Retort.Jinja.Compilation;

/// <summary>Text and a value after it, if there is one.</summary>
internal readonly struct Piece
{
    public Piece(in Utf8Text text, Evaluable? value, SourcePosition at)
    {
        Text = text;
        Value = value;
        At = at;
        // The two commonest values are read without a call through the tree.
        var operand = value;
        if (value is ReadMember member)
        {
            Site = member.Site;
            operand = member.Operand;
        }
        Slot = operand is ReadLocal local ? local.Slot : -1;
        if (Slot < 0)
            Site = null;
    }

    public readonly Utf8Text Text;
    public readonly Evaluable? Value;
    public readonly SourcePosition At;
    public readonly MemberSite? Site;
    public readonly int Slot;
}

/// <summary><c>{{ value }}</c>: such prints in a row and the text between them.</summary>
internal sealed class Print(Piece[] pieces, Escaping escaping) : Executable
{
    private readonly bool _escapes = escaping == Escaping.Always;
    private readonly bool _isVolatile = escaping == Escaping.Volatile;

    public override void Render(Frame frame, Output output)
    {
        var escape = _escapes;
        foreach (ref readonly var piece in pieces.AsSpan())
        {
            output.Write(piece.Text);
            if (piece.Value is null)
                continue;
            frame.At = piece.At;
            if (_isVolatile)
                escape = frame.Context.Autoescape;
            if (piece.Slot < 0)
                piece.Value.Print(frame, output, escape);
            else if (piece.Site is null)
                output.Write(frame.Slots[piece.Slot], escape);
            else
                output.Write(piece.Site.Get(frame.Context, frame.Slots[piece.Slot]), escape);
        }
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        foreach (var piece in pieces)
        {
            output.Write(piece.Text);
            if (piece.Value is null)
                continue;
            frame.At = piece.At;
            var value = await piece.Value.EvaluateAsync(frame).ConfigureAwait(false);
            output.Write(value, escaping.IsOn(frame.Context));
        }
    }
}

/// <summary>The same alone, as in many a branch of an if.</summary>
internal sealed class LonePrint(Evaluable value, bool escape, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        value.Print(frame, output, escape);
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        output.Write(await value.EvaluateAsync(frame).ConfigureAwait(false), escape);
    }
}

/// <summary>Text of the template.</summary>
internal sealed class PrintText(in Utf8Text text) : Executable
{
    private readonly Utf8Text _text = text;

    public override void Render(Frame frame, Output output) => output.Write(_text);
}

/// <summary>Text of the template, in a native environment.</summary>
internal sealed class PrintNativeText(string text) : Executable
{
    public override void Render(Frame frame, Output output) => output.Natives!.Add(Value.From(text));
}

/// <summary><c>{{ value }}</c> in a native environment, which keeps the value.</summary>
internal sealed class PrintNative(Evaluable value, SourcePosition at) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        frame.At = at;
        output.Natives!.Add(value.Evaluate(frame));
    }

    public override async ValueTask RenderAsync(Frame frame, Output output)
    {
        frame.At = at;
        output.Natives!.Add(await value.EvaluateAsync(frame).ConfigureAwait(false));
    }
}

/// <summary>The environment's finalize function around a printed value.</summary>
internal sealed class Finalizing(Evaluable value) : Operation(value)
{
    public override bool IsConstant => false;

    protected override Value Apply(Frame frame, ReadOnlySpan<Value> values) => frame.Context.Engine.Finalize is { } finalize ? finalize(frame.Context, new Arguments(values)) : values[0];
}

/// <summary>Runs its body only while no extends tag has named a parent.</summary>
internal sealed class UnlessExtended(Executable body, int hops) : Executable
{
    public override void Render(Frame frame, Output output)
    {
        if (!IsExtended(frame))
            body.Render(frame, output);
    }

    public override ValueTask RenderAsync(Frame frame, Output output) => IsExtended(frame) ? default : body.RenderAsync(frame, output);

    private bool IsExtended(Frame frame)
    {
        for (var i = 0; i < hops; i++)
            frame = frame.Outer!;
        return frame.Parent is not null;
    }
}

using Retort.Jinja.Runtime;
using Retort.Jinja.Values;
using Output = Retort.Jinja.Runtime.Output;

namespace Retort.Jinja.Compilation;

/// <summary>Operands that are joined if all of them are text, which they nearly always are: once, or printed one after the other.</summary>
internal sealed class TextChain(Evaluable[] operands)
{
    // Constant text, as it is and ready to be printed; null where the run decides.
    private readonly string?[] _texts = [.. operands.Select(operand => operand is Constant { Value: { IsPlainString: true } text } ? text.AsText : null)];
    private readonly Utf8Text[] _utf8 = [.. operands.Select(operand => operand is Constant { Value: { IsPlainString: true } text } ? new Utf8Text(text.AsText!) : default)];

    /// <summary>
    /// Evaluates what is not constant, up to the first that is not plain text, and tells how many there were. False if that one is not, or if it is too much for the
    /// buffer.
    /// </summary>
    public bool TryCollect(Frame frame, Span<TextPart> parts, out int count)
    {
        count = 0;
        for (var i = 0; i < operands.Length; i++)
        {
            if (_texts[i] is not null)
                continue;
            if (count == parts.Length)
                return false;
            parts[count] = operands[i].EvaluatePart(frame);
            if (!parts[count++].IsPlainText)
                return false;
        }
        return true;
    }

    /// <summary>The value of an operand: the next of those collected, or as it comes to be now.</summary>
    public Value At(Frame frame, int index, ref ReadOnlySpan<TextPart> collected)
    {
        if (_texts[index] is not null || collected.IsEmpty)
            return operands[index].Evaluate(frame);
        var value = collected[0].ToValue();
        collected = collected[1..];
        return value;
    }

    /// <summary>Prints the constants and, between them, what was collected.</summary>
    public void Print(ReadOnlySpan<TextPart> parts, Output output, bool escape)
    {
        var next = 0;
        for (var i = 0; i < operands.Length; i++)
        {
            if (_texts[i] is not { } text)
                output.Write(parts[next++].Span, escape);
            else if (escape)
                output.Write(text, escape);
            else
                output.Write(_utf8[i]);
        }
    }

    /// <summary>The same as one string.</summary>
    public string Concat(ReadOnlySpan<TextPart> parts)
    {
        var pieces = new Pieces(_texts, parts);
        var length = 0L;
        for (var i = 0; i < operands.Length; i++)
            length += pieces.Next().Length;
        if (length > Array.MaxLength)
            throw PythonError.Memory("the text is longer than a string can be");
        return string.Create((int)length, new Pieces(_texts, parts), static (target, pieces) =>
        {
            while (!target.IsEmpty)
            {
                var piece = pieces.Next();
                piece.CopyTo(target);
                target = target[piece.Length..];
            }
        });
    }

    private ref struct Pieces(string?[] texts, ReadOnlySpan<TextPart> parts)
    {
        private readonly ReadOnlySpan<TextPart> _parts = parts;
        private int _index;
        private int _next;

        public ReadOnlySpan<char> Next() => texts[_index++] is { } text ? text : _parts[_next++].Span;
    }
}

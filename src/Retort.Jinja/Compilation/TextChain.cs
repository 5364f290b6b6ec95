using Retort.Jinja.Runtime;
using Retort.Jinja.Values;
using Output = Retort.Jinja.Runtime.Output;

namespace Retort.Jinja.Compilation;

/// <summary>Operands that are joined if all of them are text, which they nearly always are: once, or printed one after the other.</summary>
internal sealed class TextChain
{
    private readonly Evaluable[] _operands;

    // What the run decides, and the constant text before each of these and after the last: as it is and ready to be printed.
    private readonly Evaluable[] _parts;
    private readonly string[] _texts;
    private readonly Utf8Text[] _plain;
    private Utf8Text[]? _escaped;

    public TextChain(Evaluable[] operands)
    {
        var (parts, texts) = (new List<Evaluable>(operands.Length), new List<string>(operands.Length + 1) { string.Empty });
        foreach (var operand in operands)
        {
            if (TextOf(operand) is { } text)
            {
                texts[^1] += text;
                continue;
            }
            parts.Add(operand);
            texts.Add(string.Empty);
        }
        (_operands, _parts, _texts) = (operands, [.. parts], [.. texts]);
        _plain = Array.ConvertAll(_texts, static text => new Utf8Text(text));
    }

    private static string? TextOf(Evaluable operand) => operand is Constant { Value: { IsPlainString: true } text } ? text.AsText : null;

    /// <summary>
    /// Evaluates what is not constant, up to the first that is not plain text, and tells how many there were. False if that one is not, or if it is too much for the
    /// buffer.
    /// </summary>
    public bool TryCollect(Frame frame, Span<TextPart> parts, out int count)
    {
        count = 0;
        foreach (var part in _parts)
        {
            if (count == parts.Length)
                return false;
            parts[count] = part.EvaluatePart(frame);
            if (!parts[count++].IsPlainText)
                return false;
        }
        return true;
    }

    /// <summary>The value of an operand: the next of those collected, or as it comes to be now.</summary>
    public Value At(Frame frame, int index, ref ReadOnlySpan<TextPart> collected)
    {
        if (TextOf(_operands[index]) is not null || collected.IsEmpty)
            return _operands[index].Evaluate(frame);
        var value = collected[0].ToValue();
        collected = collected[1..];
        return value;
    }

    /// <summary>Prints what was collected, all of it, and the constants around it.</summary>
    public void Print(ReadOnlySpan<TextPart> parts, Output output, bool escape)
    {
        var texts = escape ? _escaped ??= Array.ConvertAll(_texts, static text => new Utf8Text(HtmlEscape.Escape(text))) : _plain;
        for (var i = 0; i < _parts.Length; i++)
        {
            output.Write(texts[i]);
            output.Write(parts[i].Span, escape);
        }
        output.Write(texts[^1]);
    }

    /// <summary>The same as one string.</summary>
    public string Concat(Frame frame, ReadOnlySpan<TextPart> parts)
    {
        var length = 0L;
        foreach (var text in _texts)
            length += text.Length;
        foreach (var part in parts[.._parts.Length])
            length += part.Span.Length;
        Concatenation.Check(length, frame.Context);
        return string.Create((int)length, new Whole(_texts, parts), static (target, whole) => whole.CopyTo(target));
    }

    private readonly ref struct Whole(string[] texts, ReadOnlySpan<TextPart> parts)
    {
        private readonly ReadOnlySpan<TextPart> _parts = parts;

        public void CopyTo(Span<char> target)
        {
            for (var i = 0; i < texts.Length; i++)
            {
                texts[i].CopyTo(target);
                target = target[texts[i].Length..];
                if (i == texts.Length - 1)
                    break;
                _parts[i].Span.CopyTo(target);
                target = target[_parts[i].Span.Length..];
            }
        }
    }
}

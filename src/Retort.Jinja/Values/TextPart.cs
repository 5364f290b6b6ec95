using System.Runtime.CompilerServices;

namespace Retort.Jinja.Values;

/// <summary>
/// A value, or a part of the text that it is. What strips or slices text gives this to those who print, join or compare at once, so that no string is made for the part.
/// </summary>
internal readonly struct TextPart
{
    private readonly Value _value;
    private readonly int _start;
    private readonly int _length;

    /// <summary>The whole value, of whatever kind.</summary>
    public TextPart(in Value value)
    {
        _value = value;
        _length = value.IsPlainString ? Unsafe.As<string>(value.Reference).Length : -1;
    }

    private TextPart(in Value text, int start, int length)
    {
        _value = text;
        _start = start;
        _length = length;
    }

    /// <summary>Whether it is text that carries no promise of being safe.</summary>
    public bool IsPlainText => _length >= 0;

    /// <summary>The characters, if it is plain text.</summary>
    public ReadOnlySpan<char> Span => Unsafe.As<string>(_value.Reference).AsSpan(_start, _length);

    /// <summary>The part between two offsets of plain text.</summary>
    public TextPart Slice(int from, int to) => new(_value, _start + from, to - from);

    /// <summary>Plain text without the spaces at its sides.</summary>
    public TextPart Strip(bool start, bool end)
    {
        var (from, to) = StringMethods.SpaceBounds(Span, start, end);
        return Slice(from, to);
    }

    public Value ToValue() => _length < 0 || _length == Unsafe.As<string>(_value.Reference).Length ? _value : Value.From(Span.ToString());
}

/// <summary>Room for the text of nearly every chain, on the stack.</summary>
[InlineArray(Capacity)]
internal struct TextPartBuffer
{
    public const int Capacity = 4;

    private TextPart _first;
}

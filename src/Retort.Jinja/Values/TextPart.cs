using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Retort.Jinja.Values;

/// <summary>
/// A value, or a part of the text that it is. What strips or slices text gives this to those who print, join or compare at once, so that no string is made for the part.
/// </summary>
internal readonly struct TextPart
{
    // Two words, so that it is returned in registers: those of the value, but of plain text the string and where the part stands in it.
    private readonly object? _reference;
    private readonly long _bits;

    /// <summary>The whole value, of whatever kind.</summary>
    public TextPart(in Value value)
    {
        _reference = value.Reference;
        _bits = value.Reference is string text ? Bounds(0, text.Length) : value.AsLong;
    }

    /// <summary>The whole of plain text.</summary>
    public TextPart(string text)
        : this(text, 0, text.Length)
    {
    }

    private TextPart(object text, int start, int length)
    {
        _reference = text;
        _bits = Bounds(start, length);
    }

    /// <summary>Whether it is text that carries no promise of being safe.</summary>
    public bool IsPlainText => _reference is string;

    /// <summary>The characters, if it is plain text.</summary>
    public ReadOnlySpan<char> Span => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref Unsafe.AsRef(in Unsafe.As<string>(_reference!).GetPinnableReference()), Start), Length);

    private int Start => (int)_bits;

    private int Length => (int)(_bits >> 32);

    private static long Bounds(int start, int length) => ((long)length << 32) | (uint)start;

    /// <summary>Plain text without the spaces at its sides.</summary>
    public TextPart Strip(bool start, bool end)
    {
        var (from, to) = StringMethods.SpaceBounds(Span, start, end);
        return Slice(from, to);
    }

    /// <summary>The part between two offsets of plain text.</summary>
    public TextPart Slice(int from, int to) => new(_reference!, Start + from, to - from);

    public Value ToValue() => _reference is not string text ? Value.FromWords(_reference, _bits) : Value.From(text.Length == Length ? text : Span.ToString());
}

/// <summary>Room for the text of nearly every chain, on the stack.</summary>
[InlineArray(Capacity)]
internal struct TextPartBuffer
{
    public const int Capacity = 4;

    private TextPart _first;
}

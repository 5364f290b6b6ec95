using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using Retort.Jinja.Values;

namespace Retort.Jinja.Runtime;

/// <summary>
/// Where templates print to: UTF-8 in one pooled buffer. What a macro or a set block prints is cut off its end again. In a native environment
/// values are kept one by one instead.
/// </summary>
internal sealed class Output : IBufferWriter<byte>, IDisposable
{
    private const int InitialSize = 4096;

    private readonly Budget? _budget;
    private byte[] _buffer;
    private int _length;

    public Output(bool native, Budget? budget)
    {
        _budget = budget;
        Natives = native ? [] : null;
        _buffer = native ? [] : ArrayPool<byte>.Shared.Rent(InitialSize);
    }

    /// <summary>The printed values, in a native environment.</summary>
    public List<Value>? Natives { get; }

    /// <summary>How many captures are open; what is inside them must not be flushed.</summary>
    public int Captures { get; private set; }

    /// <summary>Set in a render that streams: gives the parts that are ready to whoever waits for them.</summary>
    public Func<Output, ValueTask>? Flush { get; init; }

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _length = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Forgets what was written, once it has been given away.</summary>
    public void Reset()
    {
        if (_budget is not null && (_budget.Given += _length) > _budget.MaxOutput)
            throw TooMuch();
        _length = 0;
    }

    public string Text() => Encoding.UTF8.GetString(_buffer, 0, _length);

    /// <summary>Writes ready UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(in Utf8Text text)
    {
        if (text.Length == 0)
            return;
        var length = _length;
        if (text.Padded.Length > _buffer.Length - length)
            Grow(text.Padded.Length);
        ref var source = ref MemoryMarshal.GetArrayDataReference(text.Padded);
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), length);
        Vector256.LoadUnsafe(ref source).StoreUnsafe(ref target);
        if (text.Length > Utf8Text.Block)
            Unsafe.CopyBlockUnaligned(ref target, ref source, (uint)text.Length);
        _length = length + text.Length;
    }

    /// <summary>Writes a value as Python's <c>str()</c> gives it, escaped if asked and it is not safe.</summary>
    public void Write(in Value value, bool escape)
    {
        if (value.IsPlainString)
            Write(Unsafe.As<string>(value.Reference), escape);
        else if (value.IsInt)
            Write(value.AsLong);
        else if (!value.IsFloat || !TryWriteShort(value.AsDouble))
            Values.Text.Write(this, value, escape);
    }

    /// <summary>Writes a value or a part of a text.</summary>
    public void Write(in TextPart part, bool escape)
    {
        if (part.IsPlainText)
            Write(part.Span, escape);
        else
            Write(part.ToValue(), escape);
    }

    public void Write(long number)
    {
        if (_buffer.Length - _length < 20)
            Grow(20);
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), _length);
        if ((ulong)number < 10)
        {
            target = (byte)('0' + number);
            _length++;
        }
        else if ((ulong)number < 100)
        {
            target = (byte)('0' + (number / 10));
            Unsafe.Add(ref target, 1) = (byte)('0' + (number % 10));
            _length += 2;
        }
        else
        {
            Utf8Formatter.TryFormat(number, _buffer.AsSpan(_length), out var written);
            _length += written;
        }
    }

    // A price or the like: at most two decimals and so few digits that no shorter ones read back as the same number.
    private bool TryWriteShort(double number)
    {
        var hundredths = number * 100;
        if (Math.Abs(hundredths) > 1e14 || number == 0)
            return false;
        var rounded = (long)Math.Round(hundredths);
        if (rounded / 100.0 != number)
            return false;
        if (_buffer.Length - _length < 24)
            Grow(24);
        var (whole, fraction) = Math.DivRem(Math.Abs(rounded), 100);
        if (rounded < 0)
            _buffer[_length++] = (byte)'-';
        Write(whole);
        _buffer[_length++] = (byte)'.';
        _buffer[_length++] = (byte)('0' + (fraction / 10));
        if (fraction % 10 != 0)
            _buffer[_length++] = (byte)('0' + (fraction % 10));
        return true;
    }

    public void Write(ReadOnlySpan<char> text, bool escape)
    {
        if (!escape)
        {
            WritePlain(text);
            return;
        }
        // A few plain characters are the commonest text.
        if (text.Length is > 0 and < EscapeBlock.Size && _buffer.Length - _length >= EscapeBlock.Size && EscapeBlock.Load(text) is var few && EscapeBlock.Specials(few) == 0)
        {
            EscapeBlock.Store(few, ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), _length));
            _length += text.Length;
            return;
        }
        // In pieces, so that room for the worst of each can be made beforehand.
        while (text.Length > EscapePiece)
        {
            var length = char.IsHighSurrogate(text[EscapePiece - 1]) ? EscapePiece - 1 : EscapePiece;
            Escape(text[..length]);
            text = text[length..];
        }
        Escape(text);
    }

    private void WritePlain(ReadOnlySpan<char> text)
    {
        var most = (long)text.Length * LongestCharacter;
        if (_buffer.Length - _length < most)
            Grow(most);
        Ascii.FromUtf16(text, _buffer.AsSpan(_length), out var plain);
        _length += plain;
        if (plain < text.Length)
            _length += Encoding.UTF8.GetBytes(text[plain..], _buffer.AsSpan(_length));
    }

    private const int LongestCharacter = 3;
    private const int EscapePiece = 1024;
    private const int LongestEntity = 5;

    // Block by block: what is plain up to the first that is not counts, and what stands after it is written over.
    private void Escape(ReadOnlySpan<char> text)
    {
        var most = (text.Length * LongestEntity) + EscapeBlock.Size;
        if (_buffer.Length - _length < most)
            Grow(most);
        ref var target = ref MemoryMarshal.GetArrayDataReference(_buffer);
        var length = _length;
        while (!text.IsEmpty)
        {
            var block = EscapeBlock.Load(text);
            EscapeBlock.Store(block, ref Unsafe.Add(ref target, length));
            var plain = Math.Min(Math.Min(text.Length, EscapeBlock.Size), BitOperations.TrailingZeroCount(EscapeBlock.Specials(block)));
            length += plain;
            text = text[plain..];
            if (text.IsEmpty || plain == EscapeBlock.Size)
                continue;
            if (text[0] < 128)
            {
                length += Entity(text[0], _buffer.AsSpan(length));
                text = text[1..];
            }
            else
            {
                var foreign = text.IndexOfAnyInRange('\0', '\x7f');
                foreign = foreign < 0 ? text.Length : foreign;
                length += Encoding.UTF8.GetBytes(text[..foreign], _buffer.AsSpan(length));
                text = text[foreign..];
            }
        }
        _length = length;
    }

    private static int Entity(char character, Span<byte> target)
    {
        var entity = character switch { '&' => "&amp;"u8, '<' => "&lt;"u8, '>' => "&gt;"u8, '"' => "&#34;"u8, _ => "&#39;"u8 };
        entity.CopyTo(target);
        return entity.Length;
    }

    /// <summary>Begins to keep what is printed for <see cref="EndCapture"/>.</summary>
    public int BeginCapture()
    {
        Captures++;
        return Natives?.Count ?? _length;
    }

    /// <summary>What was printed since the mark: text, or in a native environment whatever values it comes to.</summary>
    public Value EndCapture(int mark)
    {
        Captures--;
        if (Natives is { } natives)
        {
            var value = NativeText.Join(CollectionsMarshal.AsSpan(natives)[mark..]);
            natives.RemoveRange(mark, natives.Count - mark);
            return value;
        }
        var captured = _buffer.AsSpan(mark, _length - mark);
        if (captured.Length > Operators.MaxRepeat)
            Concatenation.Limit(Encoding.UTF8.GetCharCount(captured), null);
        _length = mark;
        Budget.Charge(captured.Length);
        return Value.From(Encoding.UTF8.GetString(captured));
    }

    /// <summary>Writes text that a macro, block or filter gave: as it is, and only text.</summary>
    public void WriteResult(in Value value)
    {
        if (Natives is not null)
            Natives.Add(value);
        else if (value.AsText is { } text)
            Write(text, escape: false);
        else
            throw PythonError.Type($"sequence item 0: expected str instance, {Values.Text.TypeName(value)} found");
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    private void Reserve(int sizeHint)
    {
        if (_buffer.Length - _length < Math.Max(sizeHint, 1))
            Grow(Math.Max(sizeHint, 256));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(long needed)
    {
        var size = _length + needed;
        if (_budget is not null && _budget.Given + size > Math.Max(_budget.MaxOutput, InitialSize))
            throw TooMuch();
        if (size > Array.MaxLength)
            throw PythonError.Memory("the output is larger than 2 GB");
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(size, 2L * _buffer.Length), Array.MaxLength));
        _buffer.AsSpan(0, _length).CopyTo(buffer);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = buffer;
    }

    private static TemplateRuntimeError TooMuch() => new("the template printed more than its budget allows; raise JinjaEnvironment.MaxOutput or print less");
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Retort.Jinja.Runtime;

/// <summary>The next few characters of a text that is to be escaped, in the lower bytes of a vector.</summary>
internal static class EscapeBlock
{
    /// <summary>How many characters it holds. Of a shorter text, what comes after the last is one of the text again, or a zero.</summary>
    public const int Size = 8;

    /// <summary>The first characters of a text, which is not empty. What is beyond a byte is 255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Load(ReadOnlySpan<char> text)
    {
        var most = Vector128.Min(LoadCharacters(text), Vector128.Create((ushort)255));
        return Sse2.IsSupported ? Sse2.PackUnsignedSaturate(most.AsInt16(), most.AsInt16()) : Vector128.Narrow(most, most);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> LoadCharacters(ReadOnlySpan<char> text)
    {
        ref var first = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text));
        if (text.Length >= Size)
            return Unsafe.ReadUnaligned<Vector128<ushort>>(ref first);
        // Their first half and their last, which may overlap: then the second is moved down over what the first has already.
        if (text.Length >= 4)
        {
            var last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, (text.Length - 4) * sizeof(char)));
            return Vector128.Create(Unsafe.ReadUnaligned<ulong>(ref first), last >> ((8 - text.Length) * 16)).AsUInt16();
        }
        if (text.Length == 1)
            return Vector128.CreateScalar((ushort)text[0]);
        ulong pair = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, (text.Length - 2) * sizeof(char)));
        return Vector128.CreateScalar(Unsafe.ReadUnaligned<uint>(ref first) | (pair >> ((4 - text.Length) * 16) << 32)).AsUInt16();
    }

    /// <summary>A bit for each that is not ASCII or needs an entity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Specials(Vector128<byte> block)
    {
        // ' and & differ in their lowest bit alone, < and > in the one above it.
        var entities = Vector128.Equals(block, Vector128.Create((byte)'"'))
            | Vector128.Equals(block | Vector128.Create((byte)1), Vector128.Create((byte)'\''))
            | Vector128.Equals(block | Vector128.Create((byte)2), Vector128.Create((byte)'>'));
        return (entities | block).ExtractMostSignificantBits();
    }

    /// <summary>Writes all of it, of which the caller then counts what is plain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<byte> block, ref byte target) => Unsafe.WriteUnaligned(ref target, block.AsUInt64().ToScalar());
}

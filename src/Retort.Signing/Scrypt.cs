using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Retort.Signing;

/// <summary>
/// scrypt (RFC 7914), which the platform does not offer. Each 64-byte block is held as the four diagonals of Salsa20's 4x4 matrix, so that a
/// round is whole-vector arithmetic; the order of words inside a block matters only where it meets PBKDF2 and the lookup index.
/// </summary>
internal static unsafe class Scrypt
{
    private const int KeyLength = 64;

    // The word of a block that stands at each place of the diagonal layout.
    private static ReadOnlySpan<byte> Diagonals => [0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11];

    public static byte[] DeriveKey(byte[] password, byte[] salt, ScryptCost cost)
    {
        var lane = 128 * cost.R;
        var blocks = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1, HashAlgorithmName.SHA256, lane * cost.P);
        var size = (nuint)lane * ((nuint)cost.N + 2);
        var memory = (byte*)NativeMemory.AlignedAlloc(size, 64);
        try
        {
            for (var i = 0; i < cost.P; i++)
                Mix(blocks.AsSpan(i * lane, lane), cost, memory);
            return Rfc2898DeriveBytes.Pbkdf2(password, blocks, 1, HashAlgorithmName.SHA256, KeyLength);
        }
        finally
        {
            NativeMemory.Clear(memory, size);
            NativeMemory.AlignedFree(memory);
            CryptographicOperations.ZeroMemory(blocks);
        }
    }

    /// <summary>scryptROMix: fills a table with N successive states, then visits it N times in an order that only the states tell.</summary>
    private static void Mix(Span<byte> lane, ScryptCost cost, byte* memory)
    {
        var vectors = 8 * cost.R;
        var x = (Vector128<uint>*)memory;
        var y = x + vectors;
        var table = y + vectors;
        Load(lane, (uint*)x);
        for (var i = 0; i < cost.N; i += 2)
        {
            Copy(x, table + (nint)i * vectors, vectors);
            BlockMix(x, y, cost.R);
            Copy(y, table + (nint)(i + 1) * vectors, vectors);
            BlockMix(y, x, cost.R);
        }
        var mask = (uint)cost.N - 1;
        for (var i = 0; i < cost.N; i += 2)
        {
            Xor(table + (nint)(Index(x, vectors) & mask) * vectors, x, vectors);
            BlockMix(x, y, cost.R);
            Xor(table + (nint)(Index(y, vectors) & mask) * vectors, y, vectors);
            BlockMix(y, x, cost.R);
        }
        Store((uint*)x, lane);
    }

    /// <summary>Integerify: the first word of the last block, which both layouts keep in the first place.</summary>
    private static uint Index(Vector128<uint>* blocks, int vectors) => *(uint*)(blocks + vectors - 4);

    /// <summary>scryptBlockMix: chains the 2r blocks through Salsa20/8; the even ones go to the first half, the odd ones to the second.</summary>
    private static void BlockMix(Vector128<uint>* input, Vector128<uint>* output, int r)
    {
        var last = input + 8 * r - 4;
        var (a, b, c, d) = (last[0], last[1], last[2], last[3]);
        for (var i = 0; i < 2 * r; i++)
        {
            var block = input + 4 * i;
            a ^= block[0];
            b ^= block[1];
            c ^= block[2];
            d ^= block[3];
            Salsa8(ref a, ref b, ref c, ref d);
            var target = output + 4 * (i / 2 + i % 2 * r);
            target[0] = a;
            target[1] = b;
            target[2] = c;
            target[3] = d;
        }
    }

    /// <summary>Salsa20/8: four double rounds, columns then rows; between them the diagonals turn so that rows become columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Salsa8(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        var (x0, x1, x2, x3) = (a, b, c, d);
        for (var i = 0; i < 4; i++)
        {
            QuarterRounds(ref x0, ref x1, ref x2, ref x3);
            x1 = Vector128.Shuffle(x1, Vector128.Create(3u, 0, 1, 2));
            x2 = Vector128.Shuffle(x2, Vector128.Create(2u, 3, 0, 1));
            x3 = Vector128.Shuffle(x3, Vector128.Create(1u, 2, 3, 0));
            QuarterRounds(ref x0, ref x3, ref x2, ref x1);
            x1 = Vector128.Shuffle(x1, Vector128.Create(1u, 2, 3, 0));
            x2 = Vector128.Shuffle(x2, Vector128.Create(2u, 3, 0, 1));
            x3 = Vector128.Shuffle(x3, Vector128.Create(3u, 0, 1, 2));
        }
        a += x0;
        b += x1;
        c += x2;
        d += x3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void QuarterRounds(ref Vector128<uint> x0, ref Vector128<uint> x1, ref Vector128<uint> x2, ref Vector128<uint> x3)
    {
        x1 ^= RotateLeft(x0 + x3, 7);
        x2 ^= RotateLeft(x1 + x0, 9);
        x3 ^= RotateLeft(x2 + x1, 13);
        x0 ^= RotateLeft(x3 + x2, 18);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> RotateLeft(Vector128<uint> value, int bits) => (value << bits) | (value >>> (32 - bits));

    private static void Copy(Vector128<uint>* source, Vector128<uint>* target, int vectors) =>
        new ReadOnlySpan<Vector128<uint>>(source, vectors).CopyTo(new Span<Vector128<uint>>(target, vectors));

    private static void Xor(Vector128<uint>* source, Vector128<uint>* target, int vectors)
    {
        for (var i = 0; i < vectors; i++)
            target[i] ^= source[i];
    }

    private static void Load(ReadOnlySpan<byte> lane, uint* blocks)
    {
        for (var i = 0; i < lane.Length / 4; i++)
            blocks[i] = BinaryPrimitives.ReadUInt32LittleEndian(lane[Place(i)..]);
    }

    private static void Store(uint* blocks, Span<byte> lane)
    {
        for (var i = 0; i < lane.Length / 4; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(lane[Place(i)..], blocks[i]);
    }

    /// <summary>Where in the byte string the word at a place of the diagonal layout is.</summary>
    private static int Place(int word) => 4 * (word / 16 * 16 + Diagonals[word % 16]);
}

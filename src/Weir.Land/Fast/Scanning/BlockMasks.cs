using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Weir.Land.Fast.Scanning;

/// <summary>What 64 bytes of JSON are, a bit a byte, the first byte lowest. On machines without vectors the same, byte by byte.</summary>
internal struct BlockMasks
{
    public const int Length = 64;

    /// <summary><c>"</c>, escaped or not.</summary>
    public ulong Quotes;

    /// <summary><c>\</c>.</summary>
    public ulong Backslashes;

    /// <summary><c>{ } [ ] : ,</c>.</summary>
    public ulong Operators;

    /// <summary>Spaces and everything below.</summary>
    public ulong Blanks;

    /// <summary>Below a space.</summary>
    public ulong Controls;

    /// <summary>Beyond ASCII.</summary>
    public ulong High;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockMasks Of(ref readonly byte first) => Vector512.IsHardwareAccelerated ? Of512(in first) : Vector256.IsHardwareAccelerated ? Of256(in first) : Vector128.IsHardwareAccelerated ? Of128(in first) : OfBytes(in first);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockMasks Of512(ref readonly byte first)
    {
        var masks = default(BlockMasks);
        masks.Add(Vector512.LoadUnsafe(in first), 0);
        return masks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockMasks Of256(ref readonly byte first)
    {
        var masks = default(BlockMasks);
        for (var at = 0; at < Length; at += Vector256<byte>.Count) masks.Add(Vector256.LoadUnsafe(in first, (nuint)at), at);
        return masks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static BlockMasks Of128(ref readonly byte first)
    {
        var masks = default(BlockMasks);
        for (var at = 0; at < Length; at += Vector128<byte>.Count) masks.Add(Vector128.LoadUnsafe(in first, (nuint)at), at);
        return masks;
    }

    public static BlockMasks OfBytes(ref readonly byte first)
    {
        var masks = default(BlockMasks);
        for (var at = 0; at < Length; at++) masks.Add(Unsafe.Add(ref Unsafe.AsRef(in first), at), at);
        return masks;
    }

    // '[' and ']' become '{' and '}' with 0x20; of other bytes only those two themselves do.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Vector512<byte> bytes, int at)
    {
        var folded = bytes | Vector512.Create((byte)0x20);
        Quotes |= Vector512.Equals(bytes, Vector512.Create((byte)'"')).ExtractMostSignificantBits() << at;
        Backslashes |= Vector512.Equals(bytes, Vector512.Create((byte)'\\')).ExtractMostSignificantBits() << at;
        Operators |= (Vector512.Equals(folded, Vector512.Create((byte)'{')) | Vector512.Equals(folded, Vector512.Create((byte)'}'))
            | Vector512.Equals(bytes, Vector512.Create((byte)',')) | Vector512.Equals(bytes, Vector512.Create((byte)':'))).ExtractMostSignificantBits() << at;
        Blanks |= Vector512.LessThanOrEqual(bytes, Vector512.Create((byte)' ')).ExtractMostSignificantBits() << at;
        Controls |= Vector512.LessThan(bytes, Vector512.Create((byte)' ')).ExtractMostSignificantBits() << at;
        High |= bytes.ExtractMostSignificantBits() << at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Vector256<byte> bytes, int at)
    {
        var folded = bytes | Vector256.Create((byte)0x20);
        Quotes |= (ulong)Vector256.Equals(bytes, Vector256.Create((byte)'"')).ExtractMostSignificantBits() << at;
        Backslashes |= (ulong)Vector256.Equals(bytes, Vector256.Create((byte)'\\')).ExtractMostSignificantBits() << at;
        Operators |= (ulong)(Vector256.Equals(folded, Vector256.Create((byte)'{')) | Vector256.Equals(folded, Vector256.Create((byte)'}'))
            | Vector256.Equals(bytes, Vector256.Create((byte)',')) | Vector256.Equals(bytes, Vector256.Create((byte)':'))).ExtractMostSignificantBits() << at;
        Blanks |= (ulong)Vector256.LessThanOrEqual(bytes, Vector256.Create((byte)' ')).ExtractMostSignificantBits() << at;
        Controls |= (ulong)Vector256.LessThan(bytes, Vector256.Create((byte)' ')).ExtractMostSignificantBits() << at;
        High |= (ulong)bytes.ExtractMostSignificantBits() << at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Vector128<byte> bytes, int at)
    {
        var folded = bytes | Vector128.Create((byte)0x20);
        Quotes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'"')).ExtractMostSignificantBits() << at;
        Backslashes |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'\\')).ExtractMostSignificantBits() << at;
        Operators |= (ulong)(Vector128.Equals(folded, Vector128.Create((byte)'{')) | Vector128.Equals(folded, Vector128.Create((byte)'}'))
            | Vector128.Equals(bytes, Vector128.Create((byte)',')) | Vector128.Equals(bytes, Vector128.Create((byte)':'))).ExtractMostSignificantBits() << at;
        Blanks |= (ulong)Vector128.LessThanOrEqual(bytes, Vector128.Create((byte)' ')).ExtractMostSignificantBits() << at;
        Controls |= (ulong)Vector128.LessThan(bytes, Vector128.Create((byte)' ')).ExtractMostSignificantBits() << at;
        High |= (ulong)bytes.ExtractMostSignificantBits() << at;
    }

    private void Add(byte value, int at)
    {
        var bit = 1UL << at;
        if (value == '"') Quotes |= bit;
        if (value == '\\') Backslashes |= bit;
        if (value is (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)':' or (byte)',') Operators |= bit;
        if (value <= ' ') Blanks |= bit;
        if (value < ' ') Controls |= bit;
        if (value >= 0x80) High |= bit;
    }
}

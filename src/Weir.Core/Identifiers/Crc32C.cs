using System.Buffers.Binary;
using System.Numerics;

namespace Weir.Identifiers;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4), with the processor's instruction where it has one.</summary>
public static class Crc32C
{
    /// <summary>The checksum of some bytes; <c>"123456789"</c> gives <c>0xE3069283</c>.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The checksum of what had <paramref name="crc"/>, followed by <paramref name="bytes"/>.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes) crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}

using System.Buffers.Binary;
using Weir.Identifiers;

namespace Weir.Journal.Format;

/// <summary>A closed segment's end: what it holds, and the hash of the stream up to here.</summary>
/// <param name="Count">Events in the segment.</param>
/// <param name="NextOrdinal">The ordinal after its last event.</param>
/// <param name="LastMicros">Receive time of its last frame.</param>
/// <param name="Hash">The chain's hash after its last frame.</param>
internal sealed record SegmentFooter(long Count, long NextOrdinal, long LastMicros, byte[] Hash)
{
    public const int Length = 68;
    private const ushort Version = 1;
    private static ReadOnlySpan<byte> Magic => "WJEn"u8;

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        var span = bytes.AsSpan();
        Magic.CopyTo(span);
        BinaryPrimitives.WriteUInt16LittleEndian(span[4..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(span[6..], Length);
        BinaryPrimitives.WriteInt64LittleEndian(span[8..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(span[16..], NextOrdinal);
        BinaryPrimitives.WriteInt64LittleEndian(span[24..], LastMicros);
        Hash.CopyTo(span[32..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[64..], Crc32C.Compute(span[..64]));
        return bytes;
    }

    /// <summary>Null unless these bytes are an undamaged footer.</summary>
    public static SegmentFooter? TryRead(ReadOnlySpan<byte> from) =>
        from.Length == Length && from.StartsWith(Magic)
            && BinaryPrimitives.ReadUInt32LittleEndian(from[64..]) == Crc32C.Compute(from[..64])
            && BinaryPrimitives.ReadUInt16LittleEndian(from[4..]) == Version
            ? new(
                BinaryPrimitives.ReadInt64LittleEndian(from[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(from[16..]),
                BinaryPrimitives.ReadInt64LittleEndian(from[24..]),
                from.Slice(32, 32).ToArray())
            : null;
}

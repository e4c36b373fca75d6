using System.Buffers.Binary;
using Weir.Identifiers;

namespace Weir.Journal.Format;

/// <summary>
/// What recovery and readers need of a frame without decrypting it. Covered by a CRC of its own, and bound to the body as additional
/// authenticated data of its encryption.
/// </summary>
/// <param name="BodyLength">Bytes of the body, encrypted as plain.</param>
/// <param name="Count">Events.</param>
/// <param name="FirstOrdinal">The first event's ordinal.</param>
/// <param name="ReceivedMicros">Receive time.</param>
/// <param name="DurableOrdinal">Up to which ordinal the stream was synced and acknowledged when this frame was written.</param>
/// <param name="Nonce">The counter part of the nonce; never twice in a segment.</param>
/// <param name="BodyCrc">CRC-32C of the plain body.</param>
internal readonly record struct FrameHeader(
    int BodyLength, int Count, long FirstOrdinal, long ReceivedMicros, long DurableOrdinal, uint Nonce, uint BodyCrc)
{
    public const int Length = 52, TagLength = 16;
    public const int MaxBodyLength = 64 << 20;
    private const ushort Version = 1;
    public static ReadOnlySpan<byte> Magic => "WJFr"u8;

    public long NextOrdinal => FirstOrdinal + Count;

    /// <summary>Header, encrypted body and tag.</summary>
    public long TotalLength => Length + (long)BodyLength + TagLength;

    public void Write(Span<byte> to)
    {
        Magic.CopyTo(to);
        BinaryPrimitives.WriteUInt16LittleEndian(to[4..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(to[6..], Length);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], BodyLength);
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(to[16..], FirstOrdinal);
        BinaryPrimitives.WriteInt64LittleEndian(to[24..], ReceivedMicros);
        BinaryPrimitives.WriteInt64LittleEndian(to[32..], DurableOrdinal);
        BinaryPrimitives.WriteUInt32LittleEndian(to[40..], Nonce);
        BinaryPrimitives.WriteUInt32LittleEndian(to[44..], BodyCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(to[48..], Crc32C.Compute(to[..48]));
    }

    /// <summary>Null unless these bytes are an undamaged header.</summary>
    public static FrameHeader? TryRead(ReadOnlySpan<byte> from)
    {
        if (from.Length < Length || !from.StartsWith(Magic)) return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(from[48..]) != Crc32C.Compute(from[..48])) return null;
        if (BinaryPrimitives.ReadUInt16LittleEndian(from[4..]) != Version) return null;
        var header = new FrameHeader(
            BinaryPrimitives.ReadInt32LittleEndian(from[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(from[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(from[32..]),
            BinaryPrimitives.ReadUInt32LittleEndian(from[40..]),
            BinaryPrimitives.ReadUInt32LittleEndian(from[44..]));
        return header is { BodyLength: > 0 and <= MaxBodyLength, Count: > 0, FirstOrdinal: >= 0 } ? header : null;
    }
}

using System.Buffers.Binary;

namespace Weir.Land.Dedupe;

/// <summary>A key and its mark as a run holds them: 40 bytes, big-endian, so that their order is the keys' order.</summary>
internal readonly record struct DedupeEntry(DedupeKey Key, Mark Mark)
{
    public const int Size = KeySize + 16;
    public const int KeySize = 24;

    public void Write(Span<byte> to)
    {
        WriteKey(Key, to);
        BinaryPrimitives.WriteUInt64BigEndian(to[24..], Mark.Print);
        BinaryPrimitives.WriteInt64BigEndian(to[32..], Mark.ReceivedMicros);
    }

    public static DedupeEntry Read(ReadOnlySpan<byte> from) => new(
        ReadKey(from), new Mark(BinaryPrimitives.ReadUInt64BigEndian(from[24..]), BinaryPrimitives.ReadInt64BigEndian(from[32..])));

    public static void WriteKey(in DedupeKey key, Span<byte> to)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, key.Source);
        BinaryPrimitives.WriteInt32BigEndian(to[4..], key.Bucket);
        BinaryPrimitives.WriteUInt128BigEndian(to[8..], key.Id);
    }

    public static DedupeKey ReadKey(ReadOnlySpan<byte> from) => new(
        BinaryPrimitives.ReadInt32BigEndian(from), BinaryPrimitives.ReadInt32BigEndian(from[4..]), BinaryPrimitives.ReadUInt128BigEndian(from[8..]));
}

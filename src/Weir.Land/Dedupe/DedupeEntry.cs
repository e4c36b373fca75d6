using System.Buffers.Binary;
using Weir.Sources;

namespace Weir.Land.Dedupe;

/// <summary>A key and its mark as a run holds them: 40 bytes, big-endian, so that their order is the keys' order.</summary>
internal readonly record struct DedupeEntry(DedupeKey Key, Mark Mark)
{
    public const int Size = KeySize + 16;
    public const int KeySize = 24;

    /// <summary>What an event holds once it has landed.</summary>
    public static DedupeEntry Of(in Candidate landed, DedupeRule rule)
    {
        var print = Mark.PrintOf(landed.Name, landed.ClientMicros);
        if (rule == DedupeRule.Id) return new(new(landed.Source, Buckets.AllTime, landed.Id), new(print, 0));
        return landed.ClientMicros is { } client
            ? new(new(landed.Source, Buckets.OfClientHour(client), landed.Id), new(print, 0))
            : new(new(landed.Source, Buckets.OfReceipt(landed.ReceivedMicros), landed.Id), new(print, landed.ReceivedMicros));
    }

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

using System.Buffers.Binary;
using Weir.Identifiers;

namespace Weir.Land.Dedupe;

/// <summary>The layout of a run, as <c>docs/formats/dedupe.md</c> has it.</summary>
internal static class RunFormat
{
    /// <summary>A block is one read: entries, then count and CRC in its last 8 bytes.</summary>
    public const int BlockSize = 4096;
    public const int EntriesPerBlock = (BlockSize - 8) / DedupeEntry.Size;

    /// <summary>Magic (8), entries (8), blocks (4), filter words (4), CRC of index and filter (4), CRC of this trailer's first 28 bytes (4).</summary>
    public const int TrailerSize = 32;
    public static ReadOnlySpan<byte> Magic => "WEIRRUN1"u8;

    public static void SealBlock(Span<byte> block, int entries)
    {
        block[(entries * DedupeEntry.Size)..].Clear();
        BinaryPrimitives.WriteInt32BigEndian(block[^8..], entries);
        BinaryPrimitives.WriteUInt32BigEndian(block[^4..], Crc32C.Compute(block[..^4]));
    }

    /// <summary>How many entries a block holds, once its checksum is right.</summary>
    public static int OpenBlock(ReadOnlySpan<byte> block, string path, long number)
    {
        var entries = BinaryPrimitives.ReadInt32BigEndian(block[^8..]);
        if (BinaryPrimitives.ReadUInt32BigEndian(block[^4..]) != Crc32C.Compute(block[..^4]) || entries is < 1 or > EntriesPerBlock)
            throw new DedupeCorruptException($"block {number} of '{path}' does not have its checksum");
        return entries;
    }
}

/// <summary>A run or the manifest is not what was written. It is a cache: the index is made anew from the lake.</summary>
internal sealed class DedupeCorruptException(string what, Exception? inner = null) : Exception(what, inner);

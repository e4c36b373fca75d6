using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Weir.Identifiers;
using Weir.Storage;

namespace Weir.Land.Dedupe;

/// <summary>Writes a run from first byte to last, in order of keys.</summary>
internal static class RunWriter
{
    private const int BlocksPerWrite = 256;

    /// <param name="atMost">How many entries there can be: sizes the filter.</param>
    public static void Write(IDisk disk, string path, IEnumerable<DedupeEntry> sorted, long atMost)
    {
        using var file = disk.Create(path);
        var filter = BloomFilter.For(atMost);
        var firstKeys = new List<DedupeKey>();
        var buffer = new byte[BlocksPerWrite * RunFormat.BlockSize];
        int filled = 0, inBlock = 0;
        long count = 0;

        void CloseBlock()
        {
            RunFormat.SealBlock(buffer.AsSpan(filled, RunFormat.BlockSize), inBlock);
            inBlock = 0;
            filled += RunFormat.BlockSize;
            if (filled < buffer.Length) return;
            file.Append(buffer);
            filled = 0;
        }

        foreach (var entry in sorted)
        {
            if (inBlock == 0) firstKeys.Add(entry.Key);
            entry.Write(buffer.AsSpan(filled + inBlock * DedupeEntry.Size));
            filter.Add(entry.Key.Hash());
            count++;
            if (++inBlock == RunFormat.EntriesPerBlock) CloseBlock();
        }
        if (inBlock > 0) CloseBlock();
        file.Append(buffer.AsSpan(0, filled));
        WriteFooter(file, firstKeys, filter, count);
        file.Sync();
    }

    private static void WriteFooter(IDiskFile file, List<DedupeKey> firstKeys, BloomFilter filter, long count)
    {
        var index = new byte[firstKeys.Count * DedupeEntry.KeySize];
        for (var i = 0; i < firstKeys.Count; i++) DedupeEntry.WriteKey(firstKeys[i], index.AsSpan(i * DedupeEntry.KeySize));
        var words = MemoryMarshal.AsBytes(filter.Words);
        Span<byte> trailer = stackalloc byte[RunFormat.TrailerSize];
        RunFormat.Magic.CopyTo(trailer);
        BinaryPrimitives.WriteInt64BigEndian(trailer[8..], count);
        BinaryPrimitives.WriteInt32BigEndian(trailer[16..], firstKeys.Count);
        BinaryPrimitives.WriteInt32BigEndian(trailer[20..], filter.Words.Length);
        BinaryPrimitives.WriteUInt32BigEndian(trailer[24..], Crc32C.Append(Crc32C.Compute(index), words));
        BinaryPrimitives.WriteUInt32BigEndian(trailer[28..], Crc32C.Compute(trailer[..28]));
        file.Append(index);
        file.Append(words);
        file.Append(trailer);
    }
}

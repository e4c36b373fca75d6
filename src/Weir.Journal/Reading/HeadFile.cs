using System.Buffers.Binary;
using Weir.Identifiers;
using Weir.Storage;

namespace Weir.Journal.Reading;

/// <summary>
/// The durable position, for readers in other processes: records of 16 bytes (ordinal, magic, CRC-32C), the last whole one counts.
/// A record is appended after the data it speaks of was synced, and is not synced itself: after a power failure it may lag, never lead.
/// </summary>
internal sealed class HeadFile(IDisk disk, string folder, long lease) : IDisposable
{
    private const int RecordLength = 16, CompactAt = 1 << 20, Tail = 4096;
    private const uint Magic = 0x44414548; // "HEAD"
    private readonly string path = Layout.Head(folder, lease);
    private IDiskFile? file;

    /// <summary>The durable position; 0 if none was ever written. That of the highest lease counts: what an earlier writer says after it was taken over from does not.</summary>
    public static long Read(IDisk disk, string folder)
    {
        while (true)
        {
            var heads = Layout.ListHeads(disk, folder);
            if (heads.Count == 0) return 0;
            if (TryRead(disk, heads[^1].Path) is { } ordinal) return ordinal;
        }
    }

    /// <summary>Null if it was cleaned away meanwhile, and so a newer one is there.</summary>
    private static long? TryRead(IDisk disk, string path)
    {
        try
        {
            using var file = disk.OpenRead(path);
            var end = RandomAccess.GetLength(file.SafeFileHandle) / RecordLength * RecordLength;
            var buffer = new byte[Tail];
            while (end > 0)
            {
                var start = Math.Max(0, end - Tail);
                var bytes = buffer.AsSpan(0, (int)(end - start));
                bytes = bytes[..RandomAccess.Read(file.SafeFileHandle, bytes, start)];
                for (var at = bytes.Length / RecordLength * RecordLength - RecordLength; at >= 0; at -= RecordLength)
                    if (TryParse(bytes.Slice(at, RecordLength), out var ordinal)) return ordinal;
                end = start;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        return 0;
    }

    /// <summary>Writes the position whole and synced, replacing the file; earlier writers' heads go.</summary>
    public void Rewrite(long ordinal)
    {
        file?.Dispose();
        file = null;
        disk.WriteWhole(path, Record(ordinal));
        file = disk.OpenAppend(path);
        foreach (var earlier in Layout.ListHeads(disk, folder).Where(h => h.Lease < lease)) disk.Delete(earlier.Path);
    }

    /// <summary>Moves the position forward. A failure is kept from the caller: the data is durable, and the next call writes the head whole.</summary>
    public bool TryAdvance(long ordinal)
    {
        try
        {
            if (file is null || file.Length >= CompactAt) Rewrite(ordinal);
            else file.Append(Record(ordinal));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            file = null;
            return false;
        }
    }

    public void Dispose() => file?.Dispose();

    private static byte[] Record(long ordinal)
    {
        var record = new byte[RecordLength];
        BinaryPrimitives.WriteInt64LittleEndian(record, ordinal);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12), Crc32C.Compute(record.AsSpan(0, 12)));
        return record;
    }

    private static bool TryParse(ReadOnlySpan<byte> record, out long ordinal)
    {
        ordinal = BinaryPrimitives.ReadInt64LittleEndian(record);
        return BinaryPrimitives.ReadUInt32LittleEndian(record[8..]) == Magic
            && BinaryPrimitives.ReadUInt32LittleEndian(record[12..]) == Crc32C.Compute(record[..12]);
    }
}

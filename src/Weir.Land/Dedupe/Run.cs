using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Weir.Identifiers;
using Weir.Storage;

namespace Weir.Land.Dedupe;

/// <summary>A sorted, unchanging file of ids. Its filter and the first key of each block are in memory; a probe reads one block.</summary>
internal sealed class Run : IDisposable
{
    private readonly FileStream file;
    private readonly DedupeKey[] firstKeys;
    private readonly BloomFilter filter;

    private Run(string path, FileStream file, long count, DedupeKey[] firstKeys, BloomFilter filter) =>
        (Path, this.file, Count, this.firstKeys, this.filter) = (path, file, count, firstKeys, filter);

    public string Path { get; }

    /// <summary>How many ids it holds.</summary>
    public long Count { get; }

    /// <summary>Blocks read by probes: what a late event costs.</summary>
    public long BlocksRead { get; private set; }

    public static Run Open(IDisk disk, string path)
    {
        FileStream? file = null;
        try
        {
            file = disk.OpenRead(path);
            return ReadFooter(path, file);
        }
        catch (Exception e) when (e is IOException or DedupeCorruptException)
        {
            file?.Dispose();
            throw e as DedupeCorruptException ?? new DedupeCorruptException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <param name="key">An id.</param>
    /// <param name="hash">Its <see cref="DedupeKey.Hash"/>.</param>
    /// <param name="mark">What is remembered of it.</param>
    public bool TryFind(in DedupeKey key, ulong hash, [NotNullWhen(true)] out Mark mark)
    {
        mark = default;
        if (!filter.MayContain(hash)) return false;
        var at = Array.BinarySearch(firstKeys, key);
        if (at < 0) at = ~at - 1;
        if (at < 0) return false;
        Span<byte> block = stackalloc byte[RunFormat.BlockSize];
        int low = 0, high = ReadBlock(at, block) - 1;
        BlocksRead++;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var entry = block[(middle * DedupeEntry.Size)..];
            var order = DedupeEntry.ReadKey(entry).CompareTo(key);
            if (order == 0)
            {
                mark = DedupeEntry.Read(entry).Mark;
                return true;
            }
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return false;
    }

    /// <summary>Every entry, in order of keys.</summary>
    public IEnumerable<DedupeEntry> ReadAll()
    {
        var block = new byte[RunFormat.BlockSize];
        for (var number = 0; number < firstKeys.Length; number++)
        {
            var entries = ReadBlock(number, block);
            for (var i = 0; i < entries; i++) yield return DedupeEntry.Read(block.AsSpan(i * DedupeEntry.Size));
        }
    }

    public void Dispose() => file.Dispose();

    private int ReadBlock(int number, Span<byte> block)
    {
        ReadExactly(file, (long)number * RunFormat.BlockSize, block);
        return RunFormat.OpenBlock(block, Path, number);
    }

    private static Run ReadFooter(string path, FileStream file)
    {
        Span<byte> trailer = stackalloc byte[RunFormat.TrailerSize];
        var length = RandomAccess.GetLength(file.SafeFileHandle);
        if (length < RunFormat.TrailerSize) throw new DedupeCorruptException($"'{path}' is {length} bytes long");
        ReadExactly(file, length - RunFormat.TrailerSize, trailer);
        var blocks = BinaryPrimitives.ReadInt32BigEndian(trailer[16..]);
        var words = new ulong[Sane(BinaryPrimitives.ReadInt32BigEndian(trailer[20..]), length)];
        var index = new byte[Sane(blocks, length) * DedupeEntry.KeySize];
        if (!trailer[..8].SequenceEqual(RunFormat.Magic) || BinaryPrimitives.ReadUInt32BigEndian(trailer[28..]) != Crc32C.Compute(trailer[..28])
            || length != (long)blocks * RunFormat.BlockSize + index.Length + words.Length * 8L + RunFormat.TrailerSize)
            throw new DedupeCorruptException($"'{path}' does not end like a run");
        ReadExactly(file, (long)blocks * RunFormat.BlockSize, index);
        ReadExactly(file, (long)blocks * RunFormat.BlockSize + index.Length, MemoryMarshal.AsBytes(words.AsSpan()));
        if (BinaryPrimitives.ReadUInt32BigEndian(trailer[24..]) != Crc32C.Append(Crc32C.Compute(index), MemoryMarshal.AsBytes(words.AsSpan())))
            throw new DedupeCorruptException($"the index of '{path}' does not have its checksum");
        var keys = new DedupeKey[blocks];
        for (var i = 0; i < blocks; i++) keys[i] = DedupeEntry.ReadKey(index.AsSpan(i * DedupeEntry.KeySize));
        return new Run(path, file, BinaryPrimitives.ReadInt64BigEndian(trailer[8..]), keys, new BloomFilter(words));
    }

    /// <summary>A damaged count must not ask for more memory than the file has bytes.</summary>
    private static int Sane(int count, long length) => count >= 0 && count <= length ? count : 0;

    private static void ReadExactly(FileStream file, long offset, Span<byte> into)
    {
        while (into.Length > 0)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, into, offset);
            if (read == 0) throw new DedupeCorruptException($"'{file.Name}' ends at byte {offset}");
            offset += read;
            into = into[read..];
        }
    }
}

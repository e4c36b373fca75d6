using System.Runtime.InteropServices;
using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Land.Fast.Columns;

/// <summary>Rows of one partition on their way into a file: gathered from the blocks in which they lie.</summary>
internal sealed unsafe class EventPart(List<EventBlock> blocks, List<uint> places, int from, int to, IReadOnlyDictionary<string, string?> partition) : IPartitionRows
{
    /// <summary>Rows of so many fit into a processor's cache, cells and all.</summary>
    private const int NearRows = 256;

    private readonly (nint Texts, nint Numbers, ulong Present)[] found = new (nint, nint, ulong)[RowChunk.Capacity];
    private int read;

    public IReadOnlyList<(string Name, string SqlType)> Columns { get; } = [.. LakeTables.Events.DataColumns.Select(c => (c.Name, c.SqlType))];

    public IReadOnlyDictionary<string, string?> Partition => partition;

    public int Count => to - from;

    public int Fill(RowChunk chunk)
    {
        var count = Math.Min(RowChunk.Capacity, Count - read);
        var (any, all) = (0UL, ulong.MaxValue);
        for (var i = 0; i < count; i++)
        {
            var (block, row) = EventStore.Find(blocks, places[from + read + i]);
            var present = block.Present(row);
            found[i] = ((nint)block.Texts(row), (nint)block.Numbers(row), present);
            any |= present;
            all &= present;
        }
        read += count;
        for (var start = 0; start < count; start += NearRows) Fill(chunk, start, Math.Min(count, start + NearRows), any, all);
        return count;
    }

    private void Fill(RowChunk chunk, int start, int end, ulong any, ulong all)
    {
        for (var column = 0; column < EventColumns.InFiles.Length; column++)
        {
            var place = EventColumns.InFiles[column];
            if (place < 0) FillNumbers(chunk, column, (EventNumber)~place, start, end);
            else if ((all >> place & 1) != 0) FillTexts(chunk.Values<TextCell>(column), place, start, end);
            else if ((any >> place & 1) == 0) new Span<ulong>(chunk.Validity(column), RowChunk.Capacity / 64).Clear();
            else FillTexts(chunk.Values<TextCell>(column), chunk.Validity(column), place, start, end);
        }
    }

    public IReadOnlyList<ColumnStats> ReadStats()
    {
        var stats = new List<ColumnStats>();
        foreach (var (index, column) in LakeTables.Events.DataColumns.Index())
            if (column.HasStats) stats.Add(EventStats.Of(column, EventColumns.InFiles[index], blocks, CollectionsMarshal.AsSpan(places)[from..to]));
        return stats;
    }

    private void FillTexts(TextCell* values, int place, int start, int end)
    {
        for (var i = start; i < end; i++) values[i] = ((TextCell*)found[i].Texts)[place];
    }

    private void FillTexts(TextCell* values, ulong* validity, int place, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if ((found[i].Present >> place & 1) != 0) values[i] = ((TextCell*)found[i].Texts)[place];
            else SetNull(validity, i); // what stood there before stays: it points to something
        }
    }

    private void FillNumbers(RowChunk chunk, int column, EventNumber number, int start, int end)
    {
        var wide = number == EventNumber.Quantity ? null : chunk.Values<long>(column);
        var narrow = number == EventNumber.Quantity ? chunk.Values<int>(column) : null;
        ulong* validity = null;
        for (var i = start; i < end; i++)
        {
            var value = ((long*)found[i].Numbers)[(int)number];
            if (wide != null) wide[i] = value;
            else narrow[i] = (int)value;
            if (value != EventColumns.None) continue;
            if (validity == null) validity = chunk.Validity(column);
            SetNull(validity, i);
        }
    }

    private static void SetNull(ulong* validity, int row) => validity[row >> 6] &= ~(1UL << (row & 63));
}

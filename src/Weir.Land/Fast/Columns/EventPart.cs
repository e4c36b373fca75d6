using System.Runtime.InteropServices;
using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Land.Fast.Columns;

/// <summary>Rows of one partition on their way into a file: gathered from the blocks in which they lie.</summary>
internal sealed unsafe class EventPart(List<EventBlock> blocks, List<uint> places, int from, int to, IReadOnlyDictionary<string, string?> partition) : IPartitionRows
{
    private readonly (EventBlock Block, int Row)[] found = new (EventBlock, int)[RowChunk.Capacity];
    private int read;

    public IReadOnlyList<(string Name, string SqlType)> Columns { get; } = [.. LakeTables.Events.DataColumns.Select(c => (c.Name, c.SqlType))];

    public IReadOnlyDictionary<string, string?> Partition => partition;

    public int Count => to - from;

    public int Fill(RowChunk chunk)
    {
        var count = Math.Min(RowChunk.Capacity, Count - read);
        for (var i = 0; i < count; i++) found[i] = EventStore.Find(blocks, places[from + read + i]);
        read += count;
        for (var column = 0; column < EventColumns.InFiles.Length && count > 0; column++)
        {
            var place = EventColumns.InFiles[column];
            if (place >= 0) FillTexts((EventText)place, chunk.Values<TextCell>(column), chunk.Validity(column), count);
            else if (~place == (int)EventNumber.Quantity) FillIntegers(chunk.Values<int>(column), chunk.Validity(column), count);
            else FillNumbers((EventNumber)~place, chunk.Values<long>(column), chunk.Validity(column), count);
        }
        return count;
    }

    public IReadOnlyList<ColumnStats> ReadStats()
    {
        var stats = new List<ColumnStats>();
        foreach (var (index, column) in LakeTables.Events.DataColumns.Index())
            if (column.HasStats) stats.Add(EventStats.Of(column, EventColumns.InFiles[index], blocks, CollectionsMarshal.AsSpan(places)[from..to]));
        return stats;
    }

    private void FillTexts(EventText column, TextCell* values, ulong* validity, int count)
    {
        EventBlock? block = null;
        TextCell* cells = null;
        for (var i = 0; i < count; i++)
        {
            if (!ReferenceEquals(block, found[i].Block))
            {
                block = found[i].Block;
                cells = block.IsUsed(column) ? block.Cells(column) : null;
            }
            if (cells == null || cells[found[i].Row].IsNull) SetNull(validity, i); // what stood there before stays: it points to something
            else values[i] = cells[found[i].Row];
        }
    }

    private void FillNumbers(EventNumber column, long* values, ulong* validity, int count)
    {
        for (var i = 0; i < count; i++)
        {
            values[i] = found[i].Block.Number(column, found[i].Row);
            if (values[i] == EventColumns.None) SetNull(validity, i);
        }
    }

    private void FillIntegers(int* values, ulong* validity, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var value = found[i].Block.Number(EventNumber.Quantity, found[i].Row);
            values[i] = (int)value;
            if (value == EventColumns.None) SetNull(validity, i);
        }
    }

    private static void SetNull(ulong* validity, int row) => validity[row >> 6] &= ~(1UL << (row & 63));
}

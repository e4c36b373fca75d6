using System.Text;
using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Land.Fast.Columns;

/// <summary>The stats of a column of some rows.</summary>
internal static unsafe class EventStats
{
    /// <param name="column">The column.</param>
    /// <param name="place">As <see cref="EventColumns.InFiles"/> has it.</param>
    /// <param name="blocks">Where the rows lie.</param>
    /// <param name="rows">Their places (<see cref="EventStore.Find"/>).</param>
    public static ColumnStats Of(LakeColumn column, int place, List<EventBlock> blocks, ReadOnlySpan<uint> rows) =>
        place >= 0 ? OfTexts(column, (EventText)place, blocks, rows) : OfNumbers(column, (EventNumber)~place, blocks, rows);

    private static ColumnStats OfTexts(LakeColumn column, EventText place, List<EventBlock> blocks, ReadOnlySpan<uint> rows)
    {
        TextCell* min = null, max = null;
        var nulls = 0L;
        foreach (var at in rows)
        {
            var (block, row) = EventStore.Find(blocks, at);
            if (!block.Has(place, row))
            {
                nulls++;
                continue;
            }
            var cell = block.Texts(row) + (int)place;
            var text = TextCell.Bytes(cell);
            if (min == null) min = max = cell;
            else if (text.SequenceCompareTo(TextCell.Bytes(min)) < 0) min = cell;
            else if (text.SequenceCompareTo(TextCell.Bytes(max)) > 0) max = cell;
        }
        return new ColumnStats(column, Text(min), Text(max), nulls);
    }

    private static ColumnStats OfNumbers(LakeColumn column, EventNumber place, List<EventBlock> blocks, ReadOnlySpan<uint> rows)
    {
        var (min, max, nulls) = (long.MaxValue, EventColumns.None, 0L);
        foreach (var at in rows)
        {
            var (block, row) = EventStore.Find(blocks, at);
            var value = block.Number(place, row);
            if (value == EventColumns.None) nulls++;
            else (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }
        return new ColumnStats(column, Value(column, min, max), Value(column, max, max), nulls);
    }

    private static string? Text(TextCell* cell) => cell == null ? null : Encoding.UTF8.GetString(TextCell.Bytes(cell));

    /// <summary>Null: there was none.</summary>
    private static object? Value(LakeColumn column, long value, long max) => max == EventColumns.None ? null : column.SqlType switch
    {
        "BIGINT" => value,
        "DECIMAL(18,4)" => value / 10_000m,
        _ => DateTime.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond),
    };
}

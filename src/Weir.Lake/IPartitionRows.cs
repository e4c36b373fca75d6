using Weir.DuckDb;

namespace Weir.Lake;

/// <summary>Rows of one partition that a program holds: <see cref="ParquetWriter"/> makes one data file of them. Their columns are those of the table's definition but for the partition's.</summary>
public interface IPartitionRows : IRowSource
{
    /// <summary>The partition's values, as the log has them: text by column.</summary>
    IReadOnlyDictionary<string, string?> Partition { get; }

    /// <summary>How many there are; at least one.</summary>
    int Count { get; }

    /// <summary>The stats of each column that has some.</summary>
    IReadOnlyList<ColumnStats> ReadStats();
}

/// <summary>Minimum, maximum and nulls of one column among some rows.</summary>
/// <param name="Column">The column.</param>
/// <param name="Min">The least value; null: there is none. Text, int, long, decimal, DateOnly or a DateTime (UTC).</param>
/// <param name="Max">The greatest value.</param>
/// <param name="Nulls">How many rows have none.</param>
public sealed record ColumnStats(LakeColumn Column, object? Min, object? Max, long Nulls);

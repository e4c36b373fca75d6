using System.Collections.Concurrent;
using Weir.Compression;

namespace Weir.Lake.Parquet;

/// <summary>Encoders that are not at work, by the columns that they write. For any thread.</summary>
internal sealed class ParquetEncoders(int rowsPerGroup)
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<ParquetEncoder>> free = new(StringComparer.Ordinal);

    /// <summary>Whether a table's files can be written from such rows.</summary>
    public static bool Serve(TableDefinition table, IPartitionRows rows)
    {
        if (!Libzstd.IsThere) return false;
        var given = rows.Columns.ToDictionary(c => c.Name, c => c.SqlType, StringComparer.Ordinal);
        return table.DataColumns.All(c => ParquetType.Of(c) is not null && given.GetValueOrDefault(c.Name, c.SqlType) == c.SqlType);
    }

    /// <summary>Writes a file; an encoder that failed is not used again.</summary>
    /// <returns>How many rows there were.</returns>
    public long Write(TableDefinition table, IPartitionRows rows, string path)
    {
        var mine = free.GetOrAdd(string.Join(',', table.DataColumns.Select(c => c.Name)), _ => []);
        if (!mine.TryTake(out var encoder)) encoder = new ParquetEncoder([.. table.DataColumns.Select(c => ParquetType.Of(c)!)], rows.Columns, rowsPerGroup);
        var written = encoder.Write(path, rows);
        mine.Add(encoder);
        return written;
    }
}

using Weir.DuckDb;

namespace Weir.Lake.Writing;

/// <summary>A file that DuckDB wrote: its path below the table's folder, that path's folder, its rows and bytes.</summary>
internal sealed record WrittenFile(string Path, string Partition, long Rows, long Bytes);

/// <summary>DuckDB's COPY of a staging table into a table's folder.</summary>
internal static class CopyOut
{
    public static IReadOnlyList<WrittenFile> Run(DuckDBConnection connection, string staging, TableDefinition table, TableDefinition declared, string folder, string name)
    {
        var isDeclared = declared.Columns.Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var columns = table.DataColumns.Select(c => isDeclared.Contains(c.Name) ? Cast(c) : $"NULL::{c.SqlType} AS {Sql.Name(c.Name)}")
            .Concat(table.PartitionColumns.Select(p => $"{Sql.Name(p)}::VARCHAR AS {Sql.Name(p)}"));
        var select = $"SELECT {string.Join(", ", columns)} FROM {Sql.Name(staging)}";
        var options = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, RETURN_STATS";
        var target = folder;
        if (table.PartitionColumns.Count == 0)
            target = Path.Combine(folder, $"{name}-{Guid.NewGuid()}.parquet");
        else
            options += $", PARTITION_BY ({string.Join(", ", table.PartitionColumns.Select(Sql.Name))}), FILENAME_PATTERN {Sql.Text(name + "-{uuid}")}, APPEND";
        return connection.Query($"COPY ({select}) TO {Sql.Text(target)} ({options})", r =>
        {
            var path = Path.GetRelativePath(folder, r.GetString(0)); // then: rows, bytes
            return new WrittenFile(path, Path.GetDirectoryName(path)!.Replace('\\', '/'), (long)r.GetFieldValue<ulong>(1), (long)r.GetFieldValue<ulong>(2));
        });
    }

    private static string Cast(LakeColumn column) => $"{Sql.Name(column.Name)}::{column.SqlType} AS {Sql.Name(column.Name)}";
}

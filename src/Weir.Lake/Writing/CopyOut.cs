using Weir.DuckDb;

namespace Weir.Lake.Writing;

/// <summary>A file that DuckDB wrote: its path below the table's folder, and that path's folder.</summary>
internal sealed record WrittenFile(string Path, string Partition);

/// <summary>DuckDB's COPY of a staging table into a table's folder.</summary>
internal static class CopyOut
{
    /// <summary>An open partition holds a buffer per column, so that thousands at once would not fit: a COPY writes about this many.</summary>
    private const int PartitionsAtOnce = 100;

    /// <summary>Writes every row of the staging table.</summary>
    /// <param name="connection">Where the staging table is.</param>
    /// <param name="staging">Its name.</param>
    /// <param name="table">The table's columns.</param>
    /// <param name="declared">The columns that the staging table has; the table's others become null.</param>
    /// <param name="folder">The table's folder.</param>
    /// <param name="name">The beginning of the files' names.</param>
    /// <param name="partitions">What partitions the rows have.</param>
    public static IReadOnlyList<WrittenFile> Run(
        DuckDBConnection connection, string staging, TableDefinition table, TableDefinition declared, string folder, string name, IReadOnlyCollection<PartitionStats> partitions)
    {
        var slices = Slices(table, partitions).ToList();
        if (slices.Count == 1) return Copy(connection, staging, table, declared, folder, name, slices[0]);
        // Each thread keeps buffers of its own for every open partition, and joins them at the end: with many small partitions two threads need well over half again the processor time of one, and end no sooner.
        var threads = connection.Scalar<long>("SELECT current_setting('threads')");
        connection.Execute("SET threads = 1");
        try
        {
            return [.. slices.SelectMany(where => Copy(connection, staging, table, declared, folder, name, where))];
        }
        finally
        {
            connection.Execute($"SET threads = {threads}");
        }
    }

    /// <summary>Conditions that cut the rows by the first partition column, so that each slice has few partitions.</summary>
    private static IEnumerable<string> Slices(TableDefinition table, IReadOnlyCollection<PartitionStats> partitions)
    {
        if (partitions.Count <= PartitionsAtOnce) return ["true"];
        var first = table.PartitionColumns[0];
        var slices = new List<List<string>> { new() };
        var open = 0;
        foreach (var group in partitions.GroupBy(p => p.Values[first]).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (open > 0 && open + group.Count() > PartitionsAtOnce)
            {
                slices.Add([]);
                open = 0;
            }
            open += group.Count();
            slices[^1].Add(group.Key is null ? $"{Sql.Name(first)} IS NULL" : $"{Sql.Name(first)}::VARCHAR = {Sql.Text(group.Key)}");
        }
        return slices.Select(s => string.Join(" OR ", s));
    }

    private static IReadOnlyList<WrittenFile> Copy(
        DuckDBConnection connection, string staging, TableDefinition table, TableDefinition declared, string folder, string name, string where)
    {
        var columns = DataColumns(table, declared).Concat(table.PartitionColumns.Select(p => $"{Sql.Name(p)}::VARCHAR AS {Sql.Name(p)}"));
        var select = $"SELECT {string.Join(", ", columns)} FROM {Sql.Name(staging)} WHERE {where}";
        // RETURN_STATS would give counts and sizes too, and costs as much again as the writing.
        var options = $"{Format}, RETURN_FILES";
        var target = folder;
        if (table.PartitionColumns.Count == 0)
            target = Path.Combine(folder, $"{name}-{Guid.NewGuid()}.parquet");
        else
            options += $", PARTITION_BY ({string.Join(", ", table.PartitionColumns.Select(Sql.Name))}), FILENAME_PATTERN {Sql.Text(name + "-{uuid}")}, APPEND";
        var files = connection.Query($"COPY ({select}) TO {Sql.Text(target)} ({options})", r => r.GetFieldValue<List<object?>>(1)).Single();
        return [.. files.Cast<string>().Select(f => Path.GetRelativePath(folder, f)).Select(f => new WrittenFile(f, Path.GetDirectoryName(f)!.Replace('\\', '/')))];
    }

    /// <summary>The options of every COPY: the fastest level, whose files are little larger than those of the usual one.</summary>
    public const string Format = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1";

    /// <summary>What of a table's columns is selected from rows that have the declared ones.</summary>
    public static IEnumerable<string> DataColumns(TableDefinition table, TableDefinition declared)
    {
        var isDeclared = declared.Columns.Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return table.DataColumns.Select(c => isDeclared.Contains(c.Name) ? Cast(c) : $"NULL::{c.SqlType} AS {Sql.Name(c.Name)}");
    }

    /// <summary>The rows of a file, as its footer says.</summary>
    public static long CountRows(DuckDBConnection connection, string path) =>
        connection.Scalar<long>($"SELECT num_rows FROM parquet_file_metadata({Sql.FilePattern(path)})");

    private static string Cast(LakeColumn column) => $"{Sql.Name(column.Name)}::{column.SqlType} AS {Sql.Name(column.Name)}";
}

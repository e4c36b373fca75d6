using System.Text.Json;
using Weir.DuckDb;
using Weir.Lake.Writing;

namespace Weir.Lake.Upkeep;

/// <summary>Writes rows that are in files of a partition into another one.</summary>
internal static class Rewriting
{
    /// <summary>A row group is held in memory while it is written.</summary>
    private const long RowGroupBytes = 32L << 20;

    /// <exception cref="WeirException">WEIR6010: there are not as many rows as there should be; the file is not to be used.</exception>
    public static async Task WriteAsync(DuckDBConnection connection, string view, TableSnapshot table, IReadOnlyList<AddFile> old, long rows, string file, CancellationToken cancellationToken)
    {
        var files = string.Join(", ", old.Select(f => Sql.FilePattern(Path.Combine(table.Folder, LogPaths.Decode(f.Path)))));
        var bytes = connection.Scalar<long>($"SELECT coalesce(sum(total_uncompressed_size), 0)::BIGINT FROM parquet_metadata([{files}])");
        var groupRows = Math.Clamp(RowGroupBytes / Math.Max(1, bytes / Math.Max(1, old.Sum(NumRecords))), 2_048, 122_880);
        var columns = string.Join(", ", table.Definition.DataColumns.Select(c => Sql.Name(c.Name)));
        await connection.ExecuteAsync(
            $"COPY (SELECT {columns} FROM {view}) TO {Sql.Text(file)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {groupRows})", cancellationToken).ConfigureAwait(false);
        if (CopyOut.CountRows(connection, file) is var written && written != rows)
            throw new WeirException(LakeErrors.RowsDiffer,
                $"The log of '{table.Folder}' says that of {old.Count} files, the first '{old[0].Path}', {rows} rows are to be written, but {written} were read from them. They stay as they are: "
                + "a file was changed or damaged after it was written. Restore it from a backup, or find the events in the journal's raw segments ('weir account').");
    }

    /// <summary>The action that adds a file which was written from others; its rows are taken for new.</summary>
    public static AddFile AddOf(DuckDBConnection connection, string view, TableSnapshot table, IReadOnlyList<AddFile> old, string path, string file) =>
        new(path, old[0].PartitionValues, new FileInfo(file).Length, old.Max(f => f.ModificationTime), true,
            StatsOf(connection, view, table, old), new Dictionary<string, string?> { [LakeViews.ColumnsTag] = table.Definition.DataColumns.Count().ToString() });

    public static long NumRecords(AddFile file)
    {
        using var stats = JsonDocument.Parse(file.Stats!);
        return stats.RootElement.GetProperty("numRecords").GetInt64();
    }

    /// <summary>Of the same columns that the old files have stats of: which hold personal data is not known here.</summary>
    private static string StatsOf(DuckDBConnection connection, string view, TableSnapshot table, IReadOnlyList<AddFile> old)
    {
        var known = old.SelectMany(ColumnsWithStats).ToHashSet(StringComparer.Ordinal);
        var definition = table.Definition with { Columns = [.. table.Definition.Columns.Select(c => c with { HasStats = known.Contains(c.Name) })] };
        var stats = PartitionStats.Read(connection, view, definition).Values.Single();
        return stats.ToJson(stats.Rows, isWholePartition: true);
    }

    private static IEnumerable<string> ColumnsWithStats(AddFile file)
    {
        using var stats = JsonDocument.Parse(file.Stats!);
        return [.. stats.RootElement.GetProperty("minValues").EnumerateObject().Concat(stats.RootElement.GetProperty("nullCount").EnumerateObject()).Select(c => c.Name)];
    }
}

using System.Text.Json;
using Weir.DuckDb;
using Weir.Lake.Writing;
using Weir.Storage;

namespace Weir.Lake.Upkeep;

/// <summary>Writes the rows of some files of a partition into one, and decides in the ledger that it takes their place.</summary>
internal sealed class Compactor(LakeStore lake, IDisk disk, TimeProvider time, MaintenanceOptions options)
{
    /// <summary>A row group is held in memory while it is written.</summary>
    private const long RowGroupBytes = 32L << 20;
    private const string View = "old_rows";

    /// <returns>The bytes written; null if another change removed one of the files meanwhile, so that nothing was done.</returns>
    /// <exception cref="WeirException">WEIR6010: the files hold another number of rows than the log says.</exception>
    public async Task<long?> RunAsync(Compaction compaction, CancellationToken cancellationToken)
    {
        var (table, old) = (compaction.Table, compaction.Files);
        using var connection = Open();
        connection.Execute($"CREATE VIEW {View} AS {LakeViews.SelectSql(table, old)}");
        var path = $"{(compaction.Partition.Length == 0 ? "" : compaction.Partition + "/")}compact-{Guid.NewGuid()}.parquet";
        var file = Path.Combine(table.Folder, LogPaths.Decode(path));
        CommitOutcome outcome;
        AddFile added;
        try
        {
            await WriteAsync(connection, table, old, file, cancellationToken).ConfigureAwait(false);
            added = new AddFile(path, old[0].PartitionValues, new FileInfo(file).Length, old.Max(f => f.ModificationTime), false,
                StatsOf(connection, table, old), new Dictionary<string, string?> { [LakeViews.ColumnsTag] = table.Definition.DataColumns.Count().ToString() });
            disk.SyncFile(file);
            disk.SyncFolder(Path.GetDirectoryName(file)!);
        }
        catch
        {
            disk.Delete(file);
            throw;
        }
        outcome = lake.Commit(Replace(table.Definition.Name, old, added)); // if this fails the commit may stand: the file stays too
        if (outcome is CommitOutcome.Committed) return added.Size;
        disk.Delete(file);
        return null;
    }

    private LakeChange Replace(string table, IReadOnlyList<AddFile> old, AddFile added)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return new LakeChange("OPTIMIZE", [],
            new Dictionary<string, IReadOnlyList<AddFile>> { [table] = [added] },
            new Dictionary<string, IReadOnlyList<RemoveFile>> { [table] = [.. old.Select(f => new RemoveFile(f.Path, now, false, true, f.PartitionValues, f.Size))] });
    }

    private static async Task WriteAsync(DuckDBConnection connection, TableSnapshot table, IReadOnlyList<AddFile> old, string file, CancellationToken cancellationToken)
    {
        var files = string.Join(", ", old.Select(f => Sql.FilePattern(Path.Combine(table.Folder, LogPaths.Decode(f.Path)))));
        var bytes = connection.Scalar<long>($"SELECT coalesce(sum(total_uncompressed_size), 0)::BIGINT FROM parquet_metadata([{files}])");
        var rows = old.Sum(NumRecords);
        var groupRows = Math.Clamp(RowGroupBytes / Math.Max(1, bytes / Math.Max(1, rows)), 2_048, 122_880);
        var columns = string.Join(", ", table.Definition.DataColumns.Select(c => Sql.Name(c.Name)));
        await connection.ExecuteAsync(
            $"COPY (SELECT {columns} FROM {View}) TO {Sql.Text(file)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {groupRows})", cancellationToken).ConfigureAwait(false);
        if (CopyOut.CountRows(connection, file) is var written && written != rows)
            throw new WeirException(LakeErrors.RowsDiffer,
                $"The log of '{table.Folder}' says that {old.Count} files, the first '{old[0].Path}', hold {rows} rows, but {written} were read from them. They stay as they are: "
                + "a file was changed or damaged after it was written. Restore it from a backup, or find the events in the journal's raw segments ('weir account').");
    }

    /// <summary>Of the same columns that the old files have stats of: which hold personal data is not known here.</summary>
    private static string StatsOf(DuckDBConnection connection, TableSnapshot table, IReadOnlyList<AddFile> old)
    {
        var known = old.SelectMany(ColumnsWithStats).ToHashSet(StringComparer.Ordinal);
        var definition = table.Definition with { Columns = [.. table.Definition.Columns.Select(c => c with { HasStats = known.Contains(c.Name) })] };
        var stats = PartitionStats.Read(connection, View, definition).Values.Single();
        return stats.ToJson(stats.Rows, isWholePartition: true);
    }

    private static long NumRecords(AddFile file)
    {
        using var stats = JsonDocument.Parse(file.Stats!);
        return stats.RootElement.GetProperty("numRecords").GetInt64();
    }

    private static IEnumerable<string> ColumnsWithStats(AddFile file)
    {
        using var stats = JsonDocument.Parse(file.Stats!);
        return [.. stats.RootElement.GetProperty("minValues").EnumerateObject().Concat(stats.RootElement.GetProperty("nullCount").EnumerateObject()).Select(c => c.Name)];
    }

    /// <summary>Of its own, so that neither landing nor commits wait for it; one thread, because they come first.</summary>
    private DuckDBConnection Open()
    {
        var connection = new DuckDBConnection($"Data Source=:memory:;threads=1;memory_limit={options.MemoryLimit};temp_directory={options.TemporaryFolder}");
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'");
        return connection;
    }
}

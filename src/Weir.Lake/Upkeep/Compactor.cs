using Weir.DuckDb;
using Weir.Lake.Writing;
using Weir.Storage;

namespace Weir.Lake.Upkeep;

/// <summary>Writes the rows of some files of a partition into one, and decides in the ledger that it takes their place.</summary>
internal sealed class Compactor(LakeStore lake, ILakeDisk disk, TimeProvider time, MaintenanceOptions options)
{
    private const string View = "old_rows";

    /// <returns>The bytes written; null if another change removed one of the files meanwhile, so that nothing was done.</returns>
    /// <exception cref="WeirException">WEIR6010: the files hold another number of rows than the log says.</exception>
    public async Task<long?> RunAsync(Compaction compaction, CancellationToken cancellationToken)
    {
        var (table, old) = (compaction.Table, compaction.Files);
        using var held = disk.Hold([.. old.Select(f => LakeFiles.Stored(table, f))]);
        using var connection = Open();
        connection.Execute($"CREATE VIEW {View} AS {LakeViews.SelectSql(table, old)}");
        var path = $"{(compaction.Partition.Length == 0 ? "" : compaction.Partition + "/")}compact-{Guid.NewGuid()}.parquet";
        var file = Path.Combine(table.Folder, LogPaths.Decode(path));
        CommitOutcome outcome;
        AddFile added;
        try
        {
            await Rewriting.WriteAsync(connection, View, table, old, old.Sum(Rewriting.NumRecords), file, cancellationToken).ConfigureAwait(false);
            added = Rewriting.AddOf(connection, View, table, old, path, file) with { DataChange = false };
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
            new Dictionary<string, IReadOnlyList<RemoveFile>> { [table] = [.. old.Select(f => f.Removed(now, dataChange: false))] });
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

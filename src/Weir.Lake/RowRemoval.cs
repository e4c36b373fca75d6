using Weir.DuckDb;
using Weir.Lake.Upkeep;
using Weir.Lake.Writing;
using Weir.Storage;

namespace Weir.Lake;

/// <summary>Rows of one file of the lake, by stream and position.</summary>
/// <param name="File">The file.</param>
/// <param name="Rows">The rows.</param>
public sealed record RowsOfFile(AddFile File, IReadOnlyCollection<(string Stream, long Position)> Rows);

/// <summary>Files that no longer belong to the lake.</summary>
/// <param name="Deleted">Deleted now.</param>
/// <param name="Waiting">Still on the disk, for those who read an older snapshot.</param>
public readonly record struct RemovedFiles(int Deleted, int Waiting);

/// <summary>
/// Takes single rows out of the lake: their files are written anew without them, and one commit of the ledger puts these in the old ones' place and says which positions went.
/// The old files stay until the vacuum takes them.
/// </summary>
public sealed class RowRemoval
{
    private const string View = "kept_rows";
    private readonly LakeStore lake;
    private readonly ILakeDisk disk;
    private readonly TimeProvider time;
    private readonly string temporaryFolder;

    internal RowRemoval(LakeStore lake, ILakeDisk disk, TimeProvider time, string temporaryFolder) =>
        (this.lake, this.disk, this.time, this.temporaryFolder) = (lake, disk, time, temporaryFolder);

    /// <summary>Takes rows out of some files of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="gone">The rows, by file.</param>
    /// <param name="rows">What the ledger says of it.</param>
    /// <param name="cancellationToken">Ends it before the commit.</param>
    /// <returns>False, and nothing is changed, if another change removed one of the files meanwhile: look for the rows anew.</returns>
    /// <exception cref="WeirException">WEIR6010: a file does not hold the rows that it should.</exception>
    public async Task<bool> RemoveAsync(TableSnapshot table, IReadOnlyList<RowsOfFile> gone, IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken)
    {
        var written = new List<AddFile>();
        try
        {
            foreach (var file in gone)
                if (await RewriteAsync(table, file, cancellationToken).ConfigureAwait(false) is { } added) written.Add(added);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch
        {
            Delete(table, written);
            throw;
        }
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var name = table.Definition.Name;
        var change = new LakeChange("DELETE", rows,
            new Dictionary<string, IReadOnlyList<AddFile>> { [name] = written },
            new Dictionary<string, IReadOnlyList<RemoveFile>> { [name] = [.. gone.Select(g => g.File.Removed(now, dataChange: true))] })
        {
            IsRestatement = true,
        };
        if (lake.Commit(change) is CommitOutcome.Committed) return true; // if it fails the commit may stand: the files stay too
        Delete(table, written);
        return false;
    }

    /// <returns>Null: no row is left.</returns>
    private async Task<AddFile?> RewriteAsync(TableSnapshot table, RowsOfFile gone, CancellationToken cancellationToken)
    {
        var left = Rewriting.NumRecords(gone.File) - gone.Rows.Count;
        if (left == 0) return null;
        using var held = disk.Hold([LakeFiles.Stored(table, gone.File)]);
        using var connection = new DuckDBConnection($"Data Source=:memory:;threads=1;memory_limit=512MB;temp_directory={temporaryFolder}");
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'; CREATE TABLE gone_rows (weir_stream VARCHAR, weir_position BIGINT)");
        using (var appender = connection.CreateAppender("gone_rows"))
        {
            foreach (var (stream, position) in gone.Rows) appender.AppendValue(stream).AppendValue(position).EndRow();
            appender.Close();
        }
        connection.Execute($"CREATE VIEW {View} AS SELECT * FROM ({LakeViews.SelectSql(table, [gone.File])}) WHERE NOT EXISTS (SELECT 1 FROM gone_rows WHERE weir_stream = _stream AND weir_position = _position)");
        var slash = gone.File.Path.LastIndexOf('/');
        var path = $"{(slash < 0 ? "" : gone.File.Path[..(slash + 1)])}left-{Guid.NewGuid()}.parquet";
        var file = Path.Combine(table.Folder, LogPaths.Decode(path));
        try
        {
            await Rewriting.WriteAsync(connection, View, table, [gone.File], left, file, cancellationToken).ConfigureAwait(false);
            var added = Rewriting.AddOf(connection, View, table, [gone.File], path, file);
            disk.SyncFile(file);
            disk.SyncFolder(Path.GetDirectoryName(file)!);
            return added;
        }
        catch
        {
            disk.Delete(file);
            throw;
        }
    }

    private void Delete(TableSnapshot table, IEnumerable<AddFile> files)
    {
        foreach (var file in files) disk.Delete(LakeFiles.PathOf(table, file));
    }
}

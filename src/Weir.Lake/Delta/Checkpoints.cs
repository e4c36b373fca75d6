using System.Text;
using System.Text.Json;
using Weir.DuckDb;
using Weir.Storage;

namespace Weir.Lake.Delta;

/// <summary>A table's whole state as one Parquet file beside its commits, so that a reader need not read them all.</summary>
internal sealed class Checkpoints(Engine engine, ILakeDisk disk, TimeProvider time)
{
    private const string Columns = """
        {"txn": 'STRUCT("appId" VARCHAR, "version" BIGINT, "lastUpdated" BIGINT)',
         "add": 'STRUCT("path" VARCHAR, "partitionValues" MAP(VARCHAR, VARCHAR), "size" BIGINT, "modificationTime" BIGINT, "dataChange" BOOLEAN, "stats" VARCHAR, "tags" MAP(VARCHAR, VARCHAR))',
         "remove": 'STRUCT("path" VARCHAR, "deletionTimestamp" BIGINT, "dataChange" BOOLEAN, "extendedFileMetadata" BOOLEAN, "partitionValues" MAP(VARCHAR, VARCHAR), "size" BIGINT)',
         "metaData": 'STRUCT("id" VARCHAR, "name" VARCHAR, "description" VARCHAR, "format" STRUCT("provider" VARCHAR, "options" MAP(VARCHAR, VARCHAR)), "schemaString" VARCHAR, "partitionColumns" VARCHAR[], "configuration" MAP(VARCHAR, VARCHAR), "createdTime" BIGINT)',
         "protocol": 'STRUCT("minReaderVersion" INTEGER, "minWriterVersion" INTEGER)'}
        """;

    /// <summary>The version that <c>_last_checkpoint</c> names, or of the newest checkpoint if that file is damaged; null if there is none.</summary>
    public long? LastVersion(string log)
    {
        var path = Path.Combine(log, LogFiles.LastCheckpoint);
        using var file = disk.TryOpenRead(path);
        if (file is null) return null;
        try
        {
            using var hint = JsonDocument.Parse(file);
            return hint.RootElement.GetProperty("version").GetInt64();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return Newest(log, long.MaxValue); // the file only saves this listing
        }
    }

    /// <summary>The newest checkpoint that is not newer than a version; null if there is none.</summary>
    public TableState? Read(string log, long atMost)
    {
        if (Newest(log, atMost) is not { } version) return null;
        var path = LogFiles.Checkpoint(log, version);
        var kinds = new[] { "txn", "add", "remove", "metaData", "protocol" };
        var sql = $"SELECT CASE {string.Join(' ', kinds.Select(k => $"WHEN \"{k}\" IS NOT NULL THEN json_object('{k}', \"{k}\")::VARCHAR"))} END FROM read_parquet({Sql.FilePattern(path)})";
        try
        {
            using var held = disk.Hold([new StoredFile(path, disk.LengthOf(path) ?? 0)]);
            var actions = engine.Use(c => c.Query(sql, r => LogJson.ReadLine(Encoding.UTF8.GetBytes(r.GetString(0)))));
            return TableState.Empty.Apply(version, actions);
        }
        catch (Exception e) when (e is DuckDBException or JsonException)
        {
            throw new WeirException(LakeErrors.LogUnreadable,
                $"The checkpoint '{path}' cannot be read: {e.Message} If the commits up to {version} are still in that folder, remove the checkpoint and '{LogFiles.LastCheckpoint}'; else restore it from a backup.", e);
        }
    }

    /// <summary>Writes the checkpoint of a state; whoever comes second leaves the first one's.</summary>
    public void Write(string log, TableState state)
    {
        var path = LogFiles.Checkpoint(log, state.Version);
        var lines = Path.Combine(log, $".{state.Version:D20}.{Guid.NewGuid():n}.json.tmp");
        var parquet = Path.ChangeExtension(lines, ".parquet.tmp");
        var actions = Actions(state);
        try
        {
            using (var file = disk.Create(lines)) file.Append(LogJson.Write(actions));
            engine.Use(c => c.Execute($"COPY (SELECT * FROM read_json({Sql.FilePattern(lines)}, format = 'newline_delimited', columns = {Columns})) TO {Sql.Text(parquet)} (FORMAT parquet)"));
            disk.SyncFile(parquet);
            disk.TryLink(parquet, path);
        }
        finally
        {
            disk.Delete(lines);
            disk.Delete(parquet);
        }
        disk.SyncFolder(log);
        disk.WriteWhole(Path.Combine(log, LogFiles.LastCheckpoint), Encoding.UTF8.GetBytes($$"""{"version":{{state.Version}},"size":{{actions.Count}}}"""));
    }

    private long? Newest(string log, long atMost) =>
        disk.List(log, "*.checkpoint.parquet").Select(p => LogFiles.VersionOf(p, ".checkpoint.parquet")).Where(v => v <= atMost).Max();

    private List<DeltaAction> Actions(TableState state)
    {
        var removedAfter = (time.GetUtcNow() - TableState.KeepRemoved).ToUnixTimeMilliseconds();
        return
        [
            new DeltaAction { Protocol = state.Protocol }, new DeltaAction { Metadata = state.Metadata },
            .. state.Txns.Values.Select(t => new DeltaAction { Txn = t }),
            .. state.Files.Values.OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => new DeltaAction { Add = f }),
            .. state.Removed.Values.Where(r => r.DeletionTimestamp >= removedAfter).Select(r => new DeltaAction { Remove = r }),
        ];
    }
}

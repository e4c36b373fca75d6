using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Land.Replay;

/// <summary>The files of quarantine that hold some rows, and what is left of them without these.</summary>
internal static class QuarantineFiles
{
    private const int FilesAtOnce = 400;

    /// <summary>By stream and position: the file in which the row lies. Rows that are no longer there, or for another reason, are left out: somebody else has tried them.</summary>
    public static Dictionary<(string Stream, long Position), AddFile> Find(Snapshot snapshot, IReadOnlyCollection<Replayable> rows)
    {
        var found = new Dictionary<(string, long), AddFile>();
        var sources = rows.Select(r => r.Source).ToHashSet(StringComparer.Ordinal);
        var table = snapshot[LakeTables.Quarantine.Name];
        var files = table.Files.Values.Where(f => f.PartitionValues.GetValueOrDefault("source") is not { } source || sources.Contains(source)).ToDictionary(f => LakeFiles.PathOf(table, f), StringComparer.Ordinal);
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        Put(connection, rows.Select(r => (r.Stream, r.Position)));
        var reasons = rows.ToDictionary(r => (r.Stream, r.Position), r => r.Reason);
        foreach (var batch in files.Keys.Chunk(FilesAtOnce))
        {
            var list = string.Join(", ", batch.Select(Sql.FilePattern));
            using var held = LakeFiles.Hold(table, batch.Select(f => files[f]));
            foreach (var (stream, position, file, reason) in connection.Query(
                $"SELECT _stream, _position, filename, reason FROM read_parquet([{list}], hive_partitioning = false, filename = true) q SEMI JOIN moved m ON m.stream = q._stream AND m.position = q._position",
                r => (r.GetString(0), r.GetInt64(1), r.GetString(2), r.GetString(3)))) if (reasons[(stream, position)] == reason) found[(stream, position)] = files[file];
        }
        return found;
    }

    /// <summary>Writes the rows of some files without those that are moved, as files that no commit names yet.</summary>
    public static IReadOnlyList<AddFile> WriteRest(
        DuckDBConnection connection, ParquetWriter writer, Snapshot snapshot, IReadOnlyCollection<AddFile> files, IEnumerable<(string Stream, long Position)> moved, string name)
    {
        const string Rest = "rest_of_quarantine";
        if (files.Count == 0) return [];
        LakeViews.Create(connection, snapshot.Only(LakeTables.Quarantine, files));
        Put(connection, moved);
        try
        {
            connection.Execute($"CREATE TABLE {Rest} AS SELECT * FROM lake.quarantine q ANTI JOIN moved m ON m.stream = q._stream AND m.position = q._position");
            return writer.Write(connection, Rest, LakeTables.Quarantine, name);
        }
        finally
        {
            connection.Execute($"DROP TABLE IF EXISTS {Rest}; DROP TABLE moved");
        }
    }

    private static void Put(DuckDBConnection connection, IEnumerable<(string Stream, long Position)> rows)
    {
        connection.Execute("CREATE TABLE moved (stream VARCHAR, position BIGINT)");
        using var appender = connection.CreateAppender("moved");
        foreach (var (stream, position) in rows) appender.AppendValue(stream).AppendValue(position).EndRow();
        appender.Close();
    }
}

using Weir.DuckDb;
using Weir.Lake;
using Weir.Land.Tap;

namespace Weir.Land.Trace;

/// <summary>Looks for ids in the lake's files, some at a time; only the columns it needs.</summary>
internal sealed class LakeSearch : IDisposable
{
    private const int FilesAtOnce = 64;
    private readonly DuckDBConnection connection = new("Data Source=:memory:;threads=2;memory_limit=512MB");

    public LakeSearch()
    {
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'");
    }

    public DuckDBConnection Connection => connection;

    /// <summary>The landed copies.</summary>
    public IEnumerable<TracedCopy> FindLanded(Snapshot snapshot, IReadOnlyDictionary<string, Guid> ids, string? source, Action<double> progress, CancellationToken cancellationToken) =>
        Find(snapshot[LakeTables.Events.Name], ids, source, "NULL, NULL", progress, cancellationToken);

    /// <summary>The copies in quarantine whose id could be read.</summary>
    public IEnumerable<TracedCopy> FindQuarantined(Snapshot snapshot, IReadOnlyDictionary<string, Guid> ids, string? source, Action<double> progress, CancellationToken cancellationToken) =>
        Find(snapshot[LakeTables.Quarantine.Name], ids, source, "reason, detail", progress, cancellationToken);

    private IEnumerable<TracedCopy> Find(
        TableSnapshot table, IReadOnlyDictionary<string, Guid> ids, string? source, string why, Action<double> progress, CancellationToken cancellationToken)
    {
        var name = table.Definition.Name;
        var list = string.Join(", ", ids.Values.Distinct().Select(id => $"'{id:D}'"));
        var files = table.Files.Values.Where(f => source is null || f.PartitionValues.GetValueOrDefault("source") is null || f.PartitionValues["source"] == source)
            .ToDictionary(f => LakeFiles.PathOf(table, f), StringComparer.Ordinal);
        var done = 0;
        foreach (var batch in files.Chunk(FilesAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var held = LakeFiles.Hold(table, batch.Select(f => f.Value));
            var paths = string.Join(", ", batch.Select(f => Sql.FilePattern(f.Key)));
            var rows = list.Length == 0 ? [] : connection.Query($"""
                SELECT event_id, event, _stream, _position, epoch_us(received_at), epoch_us(client_time), filename, file_row_number, {why}
                FROM read_parquet([{paths}], hive_partitioning = false, filename = true, file_row_number = true) WHERE event_id IN ({list})
                """, r => (Id: Guid.Parse(r.GetString(0)), Event: Text(r, 1), Stream: r.GetString(2), Position: r.GetInt64(3), Received: r.GetInt64(4), Client: r.IsDBNull(5) ? (long?)null : r.GetInt64(5),
                    File: r.GetString(6), Row: r.GetInt64(7), Reason: Text(r, 8), Detail: Text(r, 9)));
            foreach (var row in rows)
            {
                var of = files[row.File].PartitionValues.GetValueOrDefault("source") ?? "";
                if (ids.TryGetValue(of, out var wanted) && wanted != row.Id) continue; // the same UUID under another source's name is another id
                var fate = row.Reason is null ? new Fate(Fate.Landed) : new Fate(Fate.Quarantined, row.Reason, row.Detail);
                yield return new TracedCopy(of, row.Id, row.Event, row.Stream, row.Position, Time(row.Received), row.Client is { } micros ? Time(micros) : null, fate)
                {
                    Row = new TracedRow(name, Path.Combine(name, Path.GetRelativePath(table.Folder, row.File)), row.Row),
                };
            }
            progress((double)(done += batch.Length) / files.Count);
        }
    }

    public void Dispose() => connection.Dispose();

    private static string? Text(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTime Time(long micros) => DateTime.UnixEpoch.AddMicroseconds(micros);
}

using Weir.DuckDb;
using Weir.Lake;
using Weir.Land.Rounds;

namespace Weir.Land.Retaining;

/// <summary>Files of a table that hold nothing but rows of one source whose time is over.</summary>
internal sealed record DueFiles(RetentionKind Kind, string Source, IReadOnlyList<AddFile> Files)
{
    public RetentionWork Work => new(
        Kind, Source, Files.Count, Files.Sum(LakeFiles.CountRows), Files.Sum(f => f.Size), Files.Min(BeginOf), Files.Max(f => LakeFiles.EndOf(f).UtcDateTime));

    private static DateTime BeginOf(AddFile file) => LakeFiles.EndOf(file).UtcDateTime - (file.PartitionValues.ContainsKey("hour") ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1));
}

/// <summary>
/// Takes whole partitions out of the lake whose hour or day ended long enough ago. A partition is of one source, so no file is ever written anew. One commit of the ledger removes
/// files by name and says which positions went.
/// </summary>
internal sealed class Expiry(RetentionScope scope)
{
    public const string Movement = "expire";

    private const int FilesAtOnce = 50;
    private const long RowsAtOnce = 10_000_000; // their positions are one text of the ledger's row
    private static readonly (RetentionKind Kind, string Table)[] Tables = [(RetentionKind.Events, LakeTables.Events.Name), (RetentionKind.Quarantine, LakeTables.Quarantine.Name)];

    /// <summary>What is due in a snapshot, in pieces of one commit, the oldest first.</summary>
    public IEnumerable<DueFiles> Find(Snapshot snapshot)
    {
        var now = scope.Time.GetUtcNow();
        foreach (var (kind, name) in Tables)
        {
            if (!snapshot.Tables.TryGetValue(name, out var table)) continue;
            foreach (var source in table.Files.Values.GroupBy(f => f.PartitionValues.GetValueOrDefault("source") ?? "", StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                var until = now - scope.Rules.Of(source.Key).Events;
                foreach (var files in Cut(source.Where(f => LakeFiles.EndOf(f) <= until).OrderBy(LakeFiles.EndOf).ThenBy(f => f.Path, StringComparer.Ordinal))) yield return new DueFiles(kind, source.Key, files);
            }
        }
    }

    /// <returns>False, and nothing is changed, if another change removed one of the files meanwhile: it is looked for anew another time.</returns>
    public bool Remove(Snapshot snapshot, DueFiles due)
    {
        var table = snapshot[due.Kind == RetentionKind.Events ? LakeTables.Events.Name : LakeTables.Quarantine.Name];
        var now = scope.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var change = new LakeChange("DELETE", ReadRows(snapshot.Only(table.Definition, due.Files), table.Definition.Name, due), new Dictionary<string, IReadOnlyList<AddFile>>(), new Dictionary<string, IReadOnlyList<RemoveFile>>
        {
            [table.Definition.Name] = [.. due.Files.Select(f => f.Removed(now, dataChange: true))],
        });
        return scope.Lake.Commit(change) is CommitOutcome.Committed;
    }

    private static IEnumerable<IReadOnlyList<AddFile>> Cut(IEnumerable<AddFile> files)
    {
        var (piece, rows) = (new List<AddFile>(), 0L);
        foreach (var file in files)
        {
            piece.Add(file);
            rows += LakeFiles.CountRows(file);
            if (piece.Count < FilesAtOnce && rows < RowsAtOnce) continue;
            yield return piece;
            (piece, rows) = ([], 0);
        }
        if (piece.Count > 0) yield return piece;
    }

    private List<LedgerRow> ReadRows(Snapshot narrowed, string table, DueFiles due)
    {
        using var connection = new DuckDBConnection($"Data Source=:memory:;threads=1;memory_limit=512MB;temp_directory={scope.TemporaryFolder}");
        connection.Open();
        connection.Execute("SET TimeZone = 'UTC'");
        LakeViews.Create(connection, narrowed);
        using var positions = connection.Query($"SELECT _stream, epoch_us(date_trunc('hour', received_at)) AS hour, _position FROM lake.{Sql.Name(table)} ORDER BY ALL");
        var rows = new List<LedgerRow>();
        (string Stream, long Hour, long First, long Last)? open = null;
        var runs = new PositionRuns();
        while (positions.Read())
        {
            var (stream, hour, position) = (positions.GetString(0), positions.GetInt64(1), positions.GetInt64(2));
            if (open is { } before && (before.Stream, before.Hour) != (stream, hour)) Close();
            open = open is { } same ? same with { Last = position } : (stream, hour, position, position);
            runs.Add(position);
        }
        Close();
        return rows;

        void Close()
        {
            if (open is not var (stream, hour, first, last)) return;
            var row = new LedgerRow(stream, due.Source, first, last + 1, DateTime.UnixEpoch.AddMicroseconds(hour), Movement, 0, 0, 0, 0, 0, 0);
            rows.Add(due.Kind == RetentionKind.Events ? row with { LandedRuns = runs.ToString() } : row with { QuarantinedRuns = runs.ToString() });
            (open, runs) = (null, new PositionRuns());
        }
    }
}

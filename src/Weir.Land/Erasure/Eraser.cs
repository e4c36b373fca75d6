using Weir.Journal;
using Weir.Lake;
using Weir.Land.Privacy;
using Weir.Land.Rounds;
using Weir.Leases;
using Weir.Sources;
using Weir.Storage;

namespace Weir.Land.Erasure;

/// <summary>What an erasure finds, or has taken, of one table and source.</summary>
/// <param name="Table">The table.</param>
/// <param name="Source">The source.</param>
/// <param name="Rows">The person's rows.</param>
/// <param name="Files">The files they are in, which are written anew.</param>
public sealed record ErasedPart(string Table, string Source, long Rows, int Files);

/// <summary>
/// Erases people from a lake: tombstones first, durable, which every landing from then on obeys; then the files that hold their rows are written anew without them, by a commit of the
/// ledger each. Wherever it dies, run again with the same ids it goes on to its end. It may run beside landing, compaction and readers.
/// </summary>
public sealed class Eraser(LakeStore lake, IDisk disk, KeyStore keys, IReadOnlyList<SourceDefinition> sources, string dataFolder, TimeProvider time)
{
    /// <summary>The lease under which people are erased: that of whoever gives events another fate.</summary>
    public const string LeaseName = Replay.Replayer.LeaseName;

    private const string Movement = "erase";
    private const int FilesPerCommit = 50;

    private string TemporaryFolder => Path.Combine(dataFolder, "run", "erase");

    /// <summary>What would be erased from the lake as it is now.</summary>
    public Task<IReadOnlyList<ErasedPart>> PlanAsync(IReadOnlyList<PersonId> ids, Action<double> progress, CancellationToken cancellationToken) => Task.Run<IReadOnlyList<ErasedPart>>(() =>
    {
        var parts = new List<ErasedPart>();
        using var search = Search(ids);
        foreach (var table in Tables(lake.ReadSnapshot()))
            foreach (var (_, rows) in search.Find(table, progress, cancellationToken)) Add(parts, table, rows);
        return parts;
    }, cancellationToken);

    /// <summary>Erases: when it returns, no snapshot of the lake has a row of them any more, and nothing that lands later brings one back.</summary>
    /// <returns>What it took; rows that an earlier run took are not in it.</returns>
    /// <exception cref="WeirException">WEIR5050: another erasure is at work. WEIR5051, WEIR5052: earlier tombstones cannot be followed. WEIR6xxx: the lake.</exception>
    public Task<IReadOnlyList<ErasedPart>> RunAsync(IReadOnlyList<PersonId> ids, Action<double> progress, CancellationToken cancellationToken) => Task.Run<IReadOnlyList<ErasedPart>>(async () =>
    {
        using var lease = Lease.TryTake(dataFolder, LeaseName, disk, Lease.DefaultDuration) ?? throw ErasureErrors.Busy(dataFolder);
        _ = Tombstones.Read(lake.Folder, lake.Disk, keys);
        Tombstones.Write(lake.Folder, lake.Disk, keys, ids, time.GetUtcNow());
        // What was decided without the tombstones and is not committed yet never will be; what is committed is in the snapshot that is read next.
        lake.Commit(LakeChange.OfTombstones);
        var taken = new List<ErasedPart>();
        while (await RemoveAsync(ids, taken, progress, cancellationToken)) { }
        return taken;
    }, cancellationToken);

    /// <returns>Whether there is more: something that was found was replaced by another change, and must be looked for again.</returns>
    private async Task<bool> RemoveAsync(IReadOnlyList<PersonId> ids, List<ErasedPart> taken, Action<double> progress, CancellationToken cancellationToken)
    {
        var removal = lake.RemoveRows(TemporaryFolder);
        using var search = Search(ids);
        var isOvertaken = false;
        foreach (var table in Tables(lake.ReadSnapshot()))
        {
            foreach (var batch in search.Find(table, progress, cancellationToken).Chunk(FilesPerCommit))
            {
                var gone = batch.Select(f => new RowsOfFile(f.File, [.. f.Rows.Select(r => (r.Stream, r.Position))])).ToList();
                if (!await removal.RemoveAsync(table, gone, LedgerRows(table, batch.SelectMany(f => f.Rows)), cancellationToken)) isOvertaken = true;
                else foreach (var (_, rows) in batch) Add(taken, table, rows);
            }
        }
        return isOvertaken;
    }

    private PersonSearch Search(IReadOnlyList<PersonId> ids)
    {
        disk.CreateFolder(TemporaryFolder);
        return new PersonSearch(new PersonMatch(ids, new Pseudonyms(keys.GetOrCreateSecret())), keys, sources, TemporaryFolder);
    }

    private static IEnumerable<TableSnapshot> Tables(Snapshot snapshot) =>
        snapshot.Tables.Values.Where(t => t.Definition.Name != LakeTables.Ledger.Name).OrderBy(t => t.Definition.Name, StringComparer.Ordinal);

    private static List<LedgerRow> LedgerRows(TableSnapshot table, IEnumerable<PersonRow> rows) =>
    [
        .. from row in rows
           group row.Position by (row.Stream, row.Source, Hour: row.ReceivedAt.Date.AddHours(row.ReceivedAt.Hour)) into part
           orderby part.Key.Stream, part.Key.Hour
           select RowOf(table, part.Key.Stream, part.Key.Source, part.Key.Hour, [.. part.Order()]),
    ];

    private static LedgerRow RowOf(TableSnapshot table, string stream, string source, DateTime hour, IReadOnlyList<long> positions)
    {
        var runs = new PositionRuns();
        foreach (var position in positions) runs.Add(position);
        var row = new LedgerRow(stream, source, positions[0], positions[^1] + 1, DateTime.SpecifyKind(hour, DateTimeKind.Utc), Movement, 0, 0, 0, 0, 0, 0);
        return table.Definition.Name == LakeTables.Quarantine.Name ? row with { QuarantinedRuns = runs.ToString() } : row with { LandedRuns = runs.ToString() };
    }

    private static void Add(List<ErasedPart> parts, TableSnapshot table, IReadOnlyList<PersonRow> rows)
    {
        foreach (var of in rows.GroupBy(r => r.Source, StringComparer.Ordinal))
        {
            var at = parts.FindIndex(p => p.Table == table.Definition.Name && p.Source == of.Key);
            if (at < 0) parts.Add(new ErasedPart(table.Definition.Name, of.Key, of.Count(), 1));
            else parts[at] = parts[at] with { Rows = parts[at].Rows + of.Count(), Files = parts[at].Files + 1 };
        }
    }
}

using Weir.Lake.Delta;
using Weir.Lake.Upkeep;
using Weir.Storage;

namespace Weir.Lake;

/// <summary>
/// Keeps a lake small while others read and write it: compacts, deletes what nobody needs any more, cleans the logs. Everything it decides
/// goes through the ledger. One per lake at a time is enough; a second does no harm. For one caller at a time.
/// </summary>
public sealed class LakeMaintenance
{
    private static readonly TimeSpan CleanEvery = TimeSpan.FromMinutes(1), SearchEvery = TimeSpan.FromDays(1), PutAsideFor = TimeSpan.FromHours(1);

    private readonly LakeStore lake;
    private readonly TableSet tables;
    private readonly TimeProvider time;
    private readonly MaintenanceOptions options;
    private readonly Compactor compactor;
    private readonly LogCleaning cleaning;
    private readonly Vacuum vacuum;
    private readonly Queue<(MaintenanceKind Kind, string Table)> due = new();
    private readonly Dictionary<(string Table, string Partition), DateTimeOffset> putAside = [];
    private DateTimeOffset cleaned = DateTimeOffset.MinValue, searched = DateTimeOffset.MinValue;

    internal LakeMaintenance(LakeStore lake, TableSet tables, ILakeDisk disk, TimeProvider time, int checkpointEvery, MaintenanceOptions options)
    {
        (this.lake, this.tables, this.time, this.options) = (lake, tables, time, options);
        compactor = new Compactor(lake, disk, time, options);
        cleaning = new LogCleaning(tables, disk, checkpointEvery, options);
        vacuum = new Vacuum(lake, tables, disk, time, options);
    }

    /// <summary>Does one bounded piece of work; null if there is nothing to do now. It may be asked again at any time.</summary>
    /// <exception cref="WeirException">WEIR6010: files hold other rows than the log says. That partition is left alone for an hour; ask again for the rest.</exception>
    /// <exception cref="IOException">The disk failed. Nothing is lost; ask again.</exception>
    public async Task<MaintenanceWork?> StepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - cleaned >= CleanEvery)
        {
            cleaned = now;
            lake.CopyPending();
            due.Clear();
            foreach (var table in tables.Names())
            {
                due.Enqueue((MaintenanceKind.Vacuum, table));
                due.Enqueue((MaintenanceKind.LogCleaning, table));
            }
        }
        while (due.TryDequeue(out var next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var deleted = next.Kind == MaintenanceKind.Vacuum ? vacuum.DeleteRemoved(next.Table) : cleaning.Clean(next.Table);
            if (deleted > 0) return new MaintenanceWork(next.Kind, next.Table, deleted);
        }
        if (await CompactAsync(now, cancellationToken).ConfigureAwait(false) is { } compacted) return compacted;
        if (now - searched >= SearchEvery)
        {
            searched = now;
            vacuum.BeginSearch();
        }
        return vacuum.SearchNext() is var (searchedTable, orphans) ? new MaintenanceWork(MaintenanceKind.Vacuum, searchedTable, orphans) : null;
    }

    private async Task<MaintenanceWork?> CompactAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = CompactionPlan.Find(lake.ReadSnapshot(), options, now, (t, p) => putAside.TryGetValue((t, p), out var until) && now < until);
            if (found is null) return null;
            var table = found.Table.Definition.Name;
            try
            {
                if (await compactor.RunAsync(found, cancellationToken).ConfigureAwait(false) is { } bytes) return new MaintenanceWork(MaintenanceKind.Compaction, table, found.Files.Count, bytes);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                putAside[(table, found.Partition)] = now + PutAsideFor; // the others go on
                throw;
            }
        }
    }
}

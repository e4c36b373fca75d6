using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Land.Erasure;
using Weir.Land.Quarantines;
using Weir.Land.Rounds;
using Weir.Leases;
using Weir.Sources;
using Weir.Storage;

namespace Weir.Land.Replay;

/// <summary>
/// Tries events again that lie in quarantine or were dropped by a rule: by the contracts and rules as they are now. What is right lands with the stream and position it has, exactly once, and the
/// ledger says so; what is still wrong stays as it is. May run beside landers, compaction and readers; only one at a time changes fates. After any exception what was committed stands, and
/// nothing is half done.
/// </summary>
public sealed class Replayer : IDisposable
{
    private const int RowsPerRound = 10_000;
    private readonly ReplayOptions options;
    private readonly LakeStore lake;
    private readonly KeyStore keys;
    private readonly IDisk disk;
    private readonly IReadOnlyDictionary<string, SourceDefinition> sources;
    private readonly TimeProvider time;
    private readonly Lease? lease;
    private readonly string folder;
    private readonly Staging staging;
    private readonly KnownIds known;

    private Replayer(ReplayOptions options, LakeStore lake, IReadOnlyList<SourceDefinition> sources, KeyStore keys, IDisk disk, TimeProvider time, Lease? lease)
    {
        (this.options, this.lake, this.keys, this.disk, this.time, this.lease) = (options, lake, keys, disk, time, lease);
        this.sources = sources.ToDictionary(s => s.Name, StringComparer.Ordinal);
        folder = Path.Combine(options.DataFolder, "run", lease is null ? $"replay-plan-{Guid.NewGuid():n}" : "replay");
        staging = new Staging(options.StagingMemory, folder, lease?.Number ?? 0);
        known = new KnownIds(disk, Path.Combine(folder, "ids"), sources);
    }

    /// <summary>The lease under which events that have a fate are given another.</summary>
    public const string LeaseName = "restate";

    /// <summary>What the ledger calls it.</summary>
    internal const string Movement = "replay";

    /// <summary>Takes the lease, if it is not a plan.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="lake">The lake.</param>
    /// <param name="sources">Every declared source.</param>
    /// <param name="keys">The keys under which quarantine seals.</param>
    /// <param name="disk">The disk of the data folder.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="WeirException">WEIR5040: another process gives events another fate. WEIR5101, WEIR5102: a source's declaration cannot be followed.</exception>
    public static Replayer Open(ReplayOptions options, LakeStore lake, IReadOnlyList<SourceDefinition> sources, KeyStore keys, IDisk disk, TimeProvider time)
    {
        var lease = options.Plan ? null : Take(options, disk);
        try
        {
            if (lease is not null) lake.CopyPending();
            return new Replayer(options, lake, sources, keys, disk, time, lease);
        }
        catch
        {
            lease?.Dispose();
            throw;
        }
    }

    /// <summary>Tries what lies in quarantine.</summary>
    /// <param name="filter">Which rows.</param>
    /// <param name="streams">Every stream there is.</param>
    /// <param name="progress">Told after each round.</param>
    /// <param name="cancellationToken">Ends before the next commit; commits made stand.</param>
    /// <exception cref="WeirException">WEIR5040: another has taken over. WEIR6xxx: the lake.</exception>
    public Task<ReplayReport> FromQuarantineAsync(QuarantineFilter filter, IReadOnlyList<IEventStream> streams, IProgress<ReplayProgress>? progress, CancellationToken cancellationToken) => Task.Run(() =>
    {
        var rows = new QuarantinedRows(lake, keys, streams.ToDictionary(s => s.Id, StringComparer.Ordinal));
        return RunAsync(rows.ReadAsync(filter, cancellationToken), progress is null ? 0 : rows.Count(filter), progress, cancellationToken);
    }, cancellationToken);

    /// <summary>Tries what a source received in some hours and lies in quarantine or was dropped by a rule, from the bytes as received.</summary>
    /// <param name="source">The source.</param>
    /// <param name="from">From this hour of receipt on, UTC.</param>
    /// <param name="to">Up to, but not including, this hour.</param>
    /// <param name="streams">Every stream there is.</param>
    /// <param name="progress">Told after each round.</param>
    /// <param name="cancellationToken">Ends before the next commit; commits made stand.</param>
    /// <exception cref="WeirException">WEIR5040: another has taken over. WEIR5041: the bytes are not kept. WEIR2xxx: they cannot be read. WEIR6xxx: the lake.</exception>
    public Task<ReplayReport> FromRawAsync(
        string source, DateTime from, DateTime to, IReadOnlyList<IEventStream> streams, IProgress<ReplayProgress>? progress, CancellationToken cancellationToken) => Task.Run(() =>
    {
        var raw = new RawRows(lake);
        var parts = raw.Plan(streams.Where(s => s.Source == source), from, to);
        return RunAsync(raw.ReadAsync(parts, from, to, cancellationToken), 0, progress, cancellationToken);
    }, cancellationToken);

    /// <summary>Gives the lease back.</summary>
    public void Dispose()
    {
        known.Dispose();
        staging.Dispose();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { } // the next one clears it
        lease?.Dispose();
    }

    private async Task<ReplayReport> RunAsync(IAsyncEnumerable<Replayable> rows, long total, IProgress<ReplayProgress>? progress, CancellationToken cancellationToken)
    {
        var tally = new ReplayTally();
        var round = new ReplayRound(options, lake, sources, keys, staging, known, lease, time, Tombstones.Read(lake.Folder, lake.Disk, keys)); // under the lease that erasure needs, too: none comes meanwhile
        var (batch, bytes) = (new List<Replayable>(), 0L);
        await foreach (var row in rows)
        {
            batch.Add(row);
            bytes += row.Arrival is { } arrival ? arrival.Bytes.Length + arrival.Frame.Envelope.Length : 0;
            if (batch.Count < RowsPerRound && bytes < options.RoundBytes) continue;
            Run();
        }
        Run();
        return tally.Report();

        void Run()
        {
            if (batch.Count > 0) round.Run(batch, tally, cancellationToken);
            (batch, bytes) = ([], 0);
            progress?.Report(new ReplayProgress(tally.Tried, total));
        }
    }

    private static Lease Take(ReplayOptions options, IDisk disk)
    {
        try
        {
            return Lease.TryTake(options.DataFolder, LeaseName, disk, options.LeaseDuration)
                ?? throw ReplayErrors.IsLocked(options.DataFolder, LeaseState.Read(options.DataFolder, LeaseName, disk)?.ToString() ?? "another process");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ReplayErrors.CannotLock(options.DataFolder, e);
        }
    }
}

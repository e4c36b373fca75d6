using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Land.Dedupe;
using Weir.Land.Rounds;
using Weir.Leases;
using Weir.Sources;
using Weir.Storage;

namespace Weir.Land;

/// <summary>
/// Lands streams into the lake, each event exactly once: evaluates, dedupes, quarantines, writes files, commits. One per data folder, one call at a time.
/// After any exception nothing is half done: what a commit decided stands, everything else is decided anew by the next call.
/// </summary>
public sealed class Lander : IAsyncDisposable
{
    private readonly Lease lease;
    private readonly LandMachinery machinery;

    private Lander(Lease lease, LandMachinery machinery) => (this.lease, this.machinery) = (lease, machinery);

    /// <summary>The lease that it has.</summary>
    internal Lease Lease => lease;

    /// <summary>The lease under which a data folder's events are landed.</summary>
    public const string LeaseName = "land";

    /// <summary>Takes the data folder's landing lease and readies what is remembered of landed ids.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="lake">Where to.</param>
    /// <param name="sources">Every declared source.</param>
    /// <param name="keys">The keys under which quarantine seals.</param>
    /// <param name="disk">The disk of the data folder.</param>
    /// <exception cref="WeirException">WEIR5001: another process lands into this data folder. WEIR5101, WEIR5102: a source's declaration cannot be followed.</exception>
    public static Task<Lander> OpenAsync(
        LandOptions options, LakeStore lake, IReadOnlyList<SourceDefinition> sources, KeyStore keys, IDisk disk) => Task.Run(() =>
    {
        var lease = Take(options, disk);
        IndexKeeper? keeper = null;
        try
        {
            lake.CopyPending();
            keeper = new IndexKeeper(lake, disk, Path.Combine(options.DataFolder, "dedupe"), options.DedupeMemoryBytes, sources);
            var staging = new Staging(options.StagingMemory, Path.Combine(options.DataFolder, "run", "staging"), lease.Number, options.Threads);
            return new Lander(lease, new LandMachinery(options, lake, sources.ToDictionary(s => s.Name, StringComparer.Ordinal), keys, keeper, staging, lease));
        }
        catch
        {
            keeper?.Dispose();
            lease.Dispose();
            throw;
        }
    });

    /// <summary>Lands all streams from the ledger's positions up to their heads as they are now, in rounds of one commit each.</summary>
    /// <param name="streams">The streams; at most one of an id. One that cannot be read on waits, and is told in the result's problems.</param>
    /// <param name="progress">Told after some thousand events and after each commit.</param>
    /// <param name="cancellationToken">Ends before the next commit; commits made stand.</param>
    /// <param name="lastRound">Ends after the commit of the round that is under way: for whoever hands over what it lands.</param>
    /// <exception cref="WeirException">WEIR5003: received and decided differ. WEIR5005: remembered ids cannot be kept. WEIR6xxx: the lake.</exception>
    public Task<LandResult> LandAsync(IReadOnlyList<IEventStream> streams, IProgress<LandProgress>? progress, CancellationToken cancellationToken, CancellationToken lastRound = default) =>
        Task.Run(async () =>
        {
            await using var landing = new Landing(machinery, streams, progress);
            return await landing.RunAsync(cancellationToken, lastRound);
        }, cancellationToken);

    /// <summary>Saves what is remembered of ids, and gives the lease back.</summary>
    public ValueTask DisposeAsync()
    {
        try
        {
            if (lease.IsCurrent) machinery.Keeper.Index.Save();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DedupeCorruptException) { } // a cache: the lake has it all
        finally
        {
            machinery.Keeper.Dispose();
            machinery.Staging.Dispose();
            lease.Dispose();
        }
        return ValueTask.CompletedTask;
    }

    private static Lease Take(LandOptions options, IDisk disk)
    {
        try
        {
            return Lease.TryTake(options.DataFolder, LeaseName, disk, options.LeaseDuration)
                ?? throw LandErrors.IsLocked(options.DataFolder, LeaseState.Read(options.DataFolder, LeaseName, disk)?.ToString() ?? "another process");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LandErrors.CannotLock(options.DataFolder, e);
        }
    }
}

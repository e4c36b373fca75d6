using System.Runtime.CompilerServices;
using Weir.Events;
using Weir.Land.Rounds;
using Weir.Leases;

namespace Weir.Land.Retaining;

/// <summary>
/// Ends what was kept long enough: bytes as received, events of the lake, rows of quarantine, and the keys that nothing needs any more. Each removal is in the ledger, durable, before anything
/// goes, so that the account still adds up and is proven. Wherever it dies, the next pass goes on. Beside readers; never beside a landing of the same data folder, whose lease it needs.
/// </summary>
public sealed class Retainer : IDisposable
{
    private const int PiecesAtOnce = 100;
    private readonly RetentionScope scope;
    private readonly Removals removals;
    private readonly Expiry expiry;
    private readonly KeyEnds ends;
    private readonly Tiering tiering;
    private readonly Lease? lease;
    private readonly bool isLent;

    private Retainer(RetentionScope scope, Lease? lease, bool isLent)
    {
        (this.scope, this.lease, this.isLent) = (scope, lease, isLent);
        removals = new Removals(scope.Lake);
        expiry = new Expiry(scope);
        ends = new KeyEnds(scope);
        tiering = new Tiering(scope);
    }

    /// <summary>Only to tell what is due.</summary>
    public static Retainer ForPlan(RetentionScope scope) => new(scope, null, false);

    /// <summary>Under a lander's lease, between two landings of it.</summary>
    public static Retainer Beside(Lander lander, RetentionScope scope) => new(scope, lander.Lease, true);

    /// <summary>Under the data folder's landing lease, which nobody may have.</summary>
    /// <exception cref="WeirException">WEIR5060: another process lands into this data folder, and does this itself. WEIR5001: the lease cannot be taken.</exception>
    public static Retainer Open(RetentionScope scope, TimeSpan leaseDuration)
    {
        try
        {
            var lease = Lease.TryTake(scope.DataFolder, Lander.LeaseName, scope.Disk, leaseDuration)
                ?? throw RetentionErrors.Busy(scope.DataFolder, LeaseState.Read(scope.DataFolder, Lander.LeaseName, scope.Disk)?.ToString() ?? "another process");
            return new Retainer(scope, lease, false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw LandErrors.CannotLock(scope.DataFolder, e);
        }
    }

    /// <summary>What is due now, by kind and source. Nothing is changed, and no lease needed.</summary>
    /// <exception cref="WeirException">A stream, or the lake, cannot be read.</exception>
    public IReadOnlyList<RetentionWork> Plan(IReadOnlyList<IEventStream> streams)
    {
        var due = new List<RetentionWork>();
        var leaving = new HashSet<string>(StringComparer.Ordinal);
        var positions = scope.Lake.Positions;
        foreach (var stream in streams.OfType<IKeptStream>())
            if (FindPieces(stream, positions) is { Count: > 0 } pieces)
            {
                leaving.UnionWith(pieces.Select(p => p.Path));
                due.Add(WorkOf(stream, pieces));
            }
        var snapshot = scope.Lake.ReadSnapshot();
        due.AddRange(expiry.Find(snapshot).Select(d => d.Work));
        due.AddRange(ends.Find(() => snapshot, leaving).Select(WorkOf));
        due.AddRange(tiering.Find(snapshot).Select(d => d.Work));
        return RetentionWork.Sum(due);
    }

    /// <summary>Does what is due, a bounded piece at a time; what it gives has gone.</summary>
    /// <param name="streams">Every stream there is.</param>
    /// <param name="cancellationToken">Ends it before the next piece.</param>
    /// <exception cref="WeirException">What kept a stream from being read; the other streams, and all else, were done before. WEIR6xxx: the scope.Lake.</exception>
    public async IAsyncEnumerable<RetentionWork> RunAsync(IReadOnlyList<IEventStream> streams, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        scope.Lake.CopyPending(); // what it says must be durable: bytes go because of it
        scope.Disk.CreateFolder(scope.TemporaryFolder);
        var failures = new List<Exception>();
        foreach (var stream in streams.OfType<IKeptStream>())
            while (TryRemovePieces(stream, failures) is { } work)
            {
                yield return work;
                cancellationToken.ThrowIfCancellationRequested();
            }
        var snapshot = scope.Lake.ReadSnapshot();
        foreach (var due in expiry.Find(snapshot))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RequireLease();
            if (expiry.Remove(snapshot, due)) yield return due.Work;
        }
        foreach (var source in scope.Keys.List().Select(k => k.Source).Distinct()) RemoveLeftovers(source, failures);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var key in ends.Find(scope.Lake.ReadSnapshot, new HashSet<string>()))
        {
            RequireLease();
            scope.Keys.Destroy(key.Source, key.Day);
            yield return WorkOf(key);
        }
        foreach (var due in tiering.Find(scope.Lake.ReadSnapshot()))
        {
            tiering.Move(due);
            yield return due.Work;
            cancellationToken.ThrowIfCancellationRequested();
        }
        if (failures.Count > 0) throw failures[0];
    }

    /// <summary>Gives a lease that was taken back.</summary>
    public void Dispose()
    {
        if (!isLent) lease?.Dispose();
    }

    /// <summary>A stream that cannot be read keeps what it has; the others go on.</summary>
    private RetentionWork? TryRemovePieces(IKeptStream stream, List<Exception> failures)
    {
        try
        {
            if (FindPieces(stream, scope.Lake.Positions) is not { Count: > 0 } pieces) return null;
            KeptPiece[] next = [.. pieces.Take(PiecesAtOnce)];
            removals.Record(stream, [.. next.Select(p => p.What)]);
            stream.Remove(next, RequireLease());
            return WorkOf(stream, next);
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e) && lease?.IsCurrent != false)
        {
            failures.Add(e);
            return null;
        }
    }

    private IReadOnlyList<KeptPiece> FindPieces(IKeptStream stream, IReadOnlyDictionary<string, long> positions) =>
        stream.FindRemovable(positions.GetValueOrDefault(stream.Id), scope.Time.GetUtcNow() - scope.Rules.Of(stream.Source).Raw);

    private void RemoveLeftovers(string source, List<Exception> failures)
    {
        try
        {
            foreach (var path in scope.Received.SelectMany(r => r.FindLeftovers(source, scope.Time.GetUtcNow() - scope.Rules.Of(source).Raw))) scope.Disk.Delete(path);
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            failures.Add(e);
        }
    }

    private long RequireLease() => lease is { IsCurrent: true } mine ? mine.Number : throw LandErrors.LeaseLost(lease?.Number ?? 0);

    private static RetentionWork WorkOf(IEventStream stream, IReadOnlyList<KeptPiece> pieces) => new(
        RetentionKind.Raw, stream.Source, pieces.Count, pieces.Sum(p => p.What.Count), pieces.Sum(p => p.Bytes), pieces.Min(p => p.What.Hour), pieces.Max(p => p.What.Hour).AddHours(1));

    private static RetentionWork WorkOf((string Source, DateOnly Day) key) =>
        new(RetentionKind.Keys, key.Source, 1, 0, 0, key.Day.ToDateTime(TimeOnly.MinValue), key.Day.AddDays(1).ToDateTime(TimeOnly.MinValue));
}

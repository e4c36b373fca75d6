using Weir.DuckDb;
using Weir.Events;
using Weir.Journal.Kafka;
using Weir.Land;
using Weir.Output;

namespace Weir.Roles;

/// <summary>Land: journal and files to lake, a commit for all sources whenever enough waits or the interval has passed; and, beside it, the lake's maintenance.</summary>
internal sealed class LandRole(Workspace workspace, TimeSpan interval, LandHealth? health = null)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5), Look = TimeSpan.FromSeconds(1), LastRound = TimeSpan.FromSeconds(12);
    private readonly Dictionary<string, string> told = new(StringComparer.Ordinal);
    private readonly RetentionTurns retention = new(workspace);
    private long bytesPerEvent = 1_000; // until something has landed

    /// <summary>Lands until cancelled. A failure ends a round, never the role: collecting goes on, and what waits is landed once the cause is gone.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // After a failure the lander is opened anew: it reads from the ledger what stands.
                await using var lander = await workspace.OpenLanderAsync();
                using var group = workspace.Kafka is { } kafka ? new KafkaGroup(kafka, workspace.Settings.Roles.Lease, LastRound) : null;
                await using var lagging = new LagWatch(workspace, () => group is null ? workspace.OpenOwnStreams() : [.. workspace.OpenOwnStreams(), .. group.Mine(workspace.Kafka!.Open())], late => Say("lag", late));
                await BesideMaintenanceAsync(stop => LandAsync(lander, group, stop), cancellationToken);
            }
            catch (Exception error) when (Failures.IsSurvived(error))
            {
                health?.Stopped(WeirException.Sentence(error));
                Tell("lander", $"Landing stopped and is tried again: {WeirException.Sentence(error)}");
                await Task.Delay(AfterFailure, workspace.Time, cancellationToken);
            }
        }
    }

    private async Task BesideMaintenanceAsync(Func<CancellationToken, Task> land, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var maintenance = new MaintenanceLoop(workspace, error => Tell("maintenance", $"The lake's maintenance waits: {WeirException.Sentence(error)}"));
        var maintaining = maintenance.RunAsync(stop.Token);
        try
        {
            await land(cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await maintaining.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task LandAsync(Lander lander, KafkaGroup? group, CancellationToken cancellationToken)
    {
        while (true)
        {
            var begun = workspace.Time.GetTimestamp();
            var (streams, result) = await RoundsAsync(lander, group, cancellationToken);
            Untell("lander");
            health?.Landed(streams.Count, result.Problems);
            workspace.Witness.WriteIfDue(streams);
            foreach (var problem in result.Problems) Tell(problem.Stream, Landing.Sentence(problem));
            if (result.Events > 0) bytesPerEvent = Math.Max(1, result.Bytes / result.Events);
            await RetainAsync(lander, streams, cancellationToken);

            // Loaded files come whole, and a stream that waits for its cause would be tried without a pause: both have the interval.
            var watched = streams.Where(s => !s.Id.StartsWith("file/", StringComparison.Ordinal) && result.Problems.All(p => p.Stream != s.Id)).ToList();
            for (var left = Left(begun); left > TimeSpan.Zero; left = Left(begun))
            {
                await Task.Delay(left < Look ? left : Look, workspace.Time, cancellationToken);
                if (CountWaiting(watched) * bytesPerEvent >= workspace.Settings.CommitBytes) break;
                if (group is not null && group.Mine(workspace.Kafka!.Open()).Any(s => !streams.Contains(s))) break; // partitions that were another's
            }
        }
    }

    /// <summary>Lands what is this lander's to land. Who has to end, or to hand over partitions, finishes the round that is under way: else another would begin it anew.</summary>
    private async Task<(IReadOnlyList<IEventStream> Streams, LandResult Result)> RoundsAsync(Lander lander, KafkaGroup? group, CancellationToken cancellationToken)
    {
        using var impatient = new CancellationTokenSource();
        await using var ending = cancellationToken.Register(() => impatient.CancelAfter(LastRound));
        if (group is not null) await group.EnterAsync(cancellationToken);
        try
        {
            IReadOnlyList<IEventStream> streams = [.. workspace.OpenOwnStreams(), .. group?.Mine(workspace.Kafka!.Open()) ?? []];
            using var last = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, group?.Changing ?? default);
            var result = await lander.LandAsync(streams, null, impatient.Token, last.Token);
            group?.Tell(streams, workspace.Lake.Positions);
            return (streams, result);
        }
        finally
        {
            group?.Exit();
        }
    }

    /// <summary>Its failure is no landing's.</summary>
    private async Task RetainAsync(Lander lander, IReadOnlyList<IEventStream> streams, CancellationToken cancellationToken)
    {
        try
        {
            await retention.TakeAsync(lander, streams, cancellationToken);
        }
        catch (Exception error) when (Failures.IsSurvived(error))
        {
            Tell("retention", $"What was kept long enough is not all removed yet, and is tried again: {WeirException.Sentence(error)}");
        }
    }

    private TimeSpan Left(long begun) => interval - workspace.Time.GetElapsedTime(begun);

    private long CountWaiting(IReadOnlyList<IEventStream> streams)
    {
        var positions = workspace.Lake.Positions;
        return streams.Sum(s => Math.Max(0, Landing.HeadOf(s) - positions.GetValueOrDefault(s.Id)));
    }

    // What stays wrong is told once, not at every round.
    private void Tell(string about, string message)
    {
        lock (told)
        {
            if (told.TryGetValue(about, out var known) && known == message) return;
            told[about] = message;
        }
        People.Bad(message);
    }

    private void Say(string about, string? message)
    {
        if (message is null) Untell(about);
        else Tell(about, message);
    }

    private void Untell(string about)
    {
        lock (told) told.Remove(about);
    }
}

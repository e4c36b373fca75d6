using Weir.Events;
using Weir.Lake;
using Weir.Land.Rounds;
using Weir.Sources;

namespace Weir.Land.Tap;

/// <summary>
/// Shows events as they arrive, and then what became of them: never before the commit that decided it is durable. It reads what landing reads, and writes nothing. As long as nobody
/// watches it does nothing; as long as somebody does, its memory is bounded. Safe for several threads.
/// </summary>
/// <param name="openStreams">Gives every stream there is.</param>
/// <param name="lake">Where they land.</param>
/// <param name="sources">Every declared source.</param>
/// <param name="time">The clock.</param>
/// <param name="options">Limits; null: the usual ones.</param>
public sealed class LiveTap(Func<IReadOnlyList<IEventStream>> openStreams, LakeStore lake, IReadOnlyList<SourceDefinition> sources, TimeProvider time, TapOptions? options = null)
    : ITailListener, IFateListener, IAsyncDisposable
{
    private readonly TapOptions options = options ?? new TapOptions();
    private readonly PendingEvents pending = new((options ?? new TapOptions()).MaxPending);
    private readonly SemaphoreSlim turn = new(1); // who comes and who goes, one at a time
    private readonly Lock gate = new(); // the two fields below, and pending
    private readonly List<TapSubscription> subscribers = [];
    private CancellationTokenSource stop = new();
    private Task following = Task.CompletedTask;

    /// <summary>Its limits.</summary>
    public TapOptions Options => options;

    /// <summary>Begins to watch: what is received after this has returned is shown.</summary>
    /// <exception cref="WeirException">WEIR9020: as many watch already as may.</exception>
    public async Task<TapSubscription> SubscribeAsync(TapFilter filter, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (subscribers.Count >= options.MaxSubscribers)
                throw new WeirException("WEIR9020", $"{subscribers.Count} watch the live tap already, and no more than {options.MaxSubscribers} may at once. Close another page or 'weir inspect --follow', and try again.");
            if (following.IsCompleted) await Task.Run(Begin, cancellationToken);
            lock (gate)
            {
                var subscription = new TapSubscription(filter, TapSubscription.FreeBit(subscribers.Aggregate(0u, (taken, s) => taken | s.Bit)), options, time, LeaveAsync);
                subscribers.Add(subscription);
                return subscription;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Ends for everybody.</summary>
    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        await stop.CancelAsync();
        await following;
        lock (gate) subscribers.ForEach(s => s.End(null));
        stop.Dispose();
        turn.Dispose();
    }

    private void Begin()
    {
        var tail = new Tail(openStreams, sources, options, time);
        // The ledger first: what lands from now on is in a later version.
        var (version, landed) = LedgerNow();
        tail.Begin(landed);
        stop.Dispose();
        stop = new CancellationTokenSource();
        var token = stop.Token;
        following = Task.Run(() => FollowAsync(tail, version, token), CancellationToken.None);
    }

    private async ValueTask LeaveAsync(TapSubscription leaving)
    {
        await turn.WaitAsync();
        try
        {
            lock (gate)
            {
                if (!subscribers.Remove(leaving)) return;
                pending.Forget(leaving.Bit);
            }
            if (subscribers.Count > 0) return;
            await stop.CancelAsync();
            await following;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task FollowAsync(Tail tail, long version, CancellationToken cancellationToken)
    {
        using var teller = new FateTeller(lake, version);
        var telling = Task.CompletedTask;
        try
        {
            while (true)
            {
                await tail.ReadAsync(this, cancellationToken);
                if (telling.IsCompleted)
                {
                    await telling;
                    // Beside reading: a commit of many events takes a moment, and what arrives meanwhile is shown at once.
                    if (NextToTell(tail) is { } due) telling = Task.Run(() => teller.Tell(due, this), CancellationToken.None);
                }
                lock (gate) subscribers.ForEach(s => s.Tick());
                await Task.Delay(options.Poll, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // whatever it is, those who watch are told by it
        catch (Exception e)
#pragma warning restore CA1031
        {
            lock (gate) subscribers.ForEach(s => s.End(e));
        }
        await telling.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>What waits for its fate, and how far has been read; null: nothing waits.</summary>
    private FatesDue? NextToTell(Tail tail)
    {
        lock (gate) return pending.IsEmpty ? null : new FatesDue(pending.Streams, tail.Positions());
    }

    long[] IFateListener.Waiting(string stream, long before)
    {
        lock (gate) return pending.Positions(stream, before);
    }

    void IFateListener.Decided(string stream, string source, long version, long[] positions, IReadOnlyList<Fate> fates)
    {
        lock (gate)
        {
            var events = pending.Take(stream, positions[^1] + 1); // fewer, if somebody has left meanwhile
            var at = 0;
            var theirs = events.Select(e =>
            {
                while (positions[at] != e.Position) at++;
                return fates[at];
            }).ToList();
            var batch = new FateBatch(stream, source, version, events, theirs);
            subscribers.ForEach(s => s.Offer(batch));
        }
    }

    private (long Version, IReadOnlyDictionary<string, long> Positions) LedgerNow()
    {
        try
        {
            var now = lake.ReadLedgerSnapshot();
            return (now.LedgerVersion, now.Positions);
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            return (-1, new Dictionary<string, long>()); // events are shown all the same; their fates wait for the lake
        }
    }

    void ITailListener.Arrived(TapEvent arrived)
    {
        lock (gate)
        {
            var shownTo = 0u;
            foreach (var subscriber in subscribers)
                if (subscriber.Offer(arrived)) shownTo |= subscriber.Bit;
            if (shownTo == 0) return;
            if (pending.Add(arrived.Stream, arrived.Source, new PendingEvent(arrived.Position, arrived.Id ?? Guid.Empty, shownTo)) is not { } forgotten) return;
            foreach (var subscriber in subscribers)
                if ((forgotten.Subscribers & subscriber.Bit) != 0) subscriber.SkipFate();
        }
    }

    void ITailListener.Skipped(string source, long events)
    {
        lock (gate) subscribers.ForEach(s => s.SkipEvents(source, events));
    }

    /// <summary>A stream, or the lake, cannot be read.</summary>
    public void Failed(string source, string sentence)
    {
        lock (gate) subscribers.ForEach(s => s.Tell(new TapMessage(TapMessage.Problem, TapJson.OfProblem(source, sentence))));
    }
}

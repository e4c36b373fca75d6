using System.Numerics;

namespace Weir.Land.Tap;

/// <summary>One who watches. For one reader; disposing it ends it.</summary>
public sealed class TapSubscription : IAsyncDisposable
{
    private const int FatesBetween = 20;
    private readonly TapFilter filter;
    private readonly Sampler sampler;
    private readonly TapQueue queue;
    private readonly TimeProvider time;
    private readonly Func<TapSubscription, ValueTask> leave;
    private readonly Queue<(FateBatch Batch, long Bytes)> fates = new(); // being told
    private int told, sinceEvent;

    internal TapSubscription(TapFilter filter, uint bit, TapOptions options, TimeProvider time, Func<TapSubscription, ValueTask> leave)
    {
        (this.filter, Bit, this.leave) = (filter, bit, leave);
        (sampler, queue, this.time) = (new Sampler(options.Rate), new TapQueue(options.QueueBytes), time);
    }

    internal uint Bit { get; }

    /// <summary>The next message, if one waits. The many fates of a commit do not hold up the events that arrive meanwhile.</summary>
    public bool TryRead(out TapMessage message)
    {
        while (true)
        {
            if ((fates.Count == 0 || sinceEvent >= FatesBetween) && queue.TryTake(out var next))
            {
                if (next.Item is FateBatch batch)
                {
                    fates.Enqueue((batch, next.Bytes));
                    continue;
                }
                queue.Release(next.Bytes);
                (message, sinceEvent) = ((TapMessage)next.Item, 0);
                return true;
            }
            if (TryReadFate(out message)) return true;
            if (queue.IsEmpty) return false;
        }
    }

    private bool TryReadFate(out TapMessage message)
    {
        while (fates.TryPeek(out var next))
        {
            var batch = next.Batch;
            while (told < batch.Events.Count)
            {
                var at = told++;
                sinceEvent++;
                if ((batch.Events[at].Subscribers & Bit) == 0) continue;
                message = new TapMessage(TapMessage.Fate, TapJson.Of(batch.Stream, batch.Source, batch.Events[at], batch.Fates[at], batch.Version));
                return true;
            }
            queue.Release(fates.Dequeue().Bytes);
            told = 0;
        }
        message = default;
        return false;
    }

    /// <summary>Waits until a message waits; false: the tap has ended, and nothing more comes.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => fates.Count > 0 || await queue.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => leave(this);

    /// <summary>Whether it is shown the event, and so wants to know its fate.</summary>
    internal bool Offer(TapEvent arrived)
    {
        if (!filter.Matches(arrived)) return false;
        var isIn = sampler.Admits(arrived.Hash, arrived.ReceivedAt, out var note);
        if (note is not null) queue.TryAdd(new TapMessage(TapMessage.Sample, note));
        return isIn && queue.TryAdd(new TapMessage(TapMessage.Event, arrived.Json));
    }

    internal void Offer(FateBatch batch)
    {
        if (batch.Events.Count(e => (e.Subscribers & Bit) != 0) is var count and > 0) queue.Add(batch, count);
    }

    internal void Tell(TapMessage message) => queue.TryAdd(message);

    /// <summary>Events of a source that were not read: some of them may be what it wants.</summary>
    internal void SkipEvents(string source, long events)
    {
        if (filter.Source is not null && filter.Source != source) return;
        queue.Skip(events, 0);
        queue.Tick();
    }

    /// <summary>An event that it was shown, and whose fate it will not be told.</summary>
    internal void SkipFate() => queue.Skip(0, 1);

    internal void Tick()
    {
        if (sampler.Tick(time.GetUtcNow()) is { } note) queue.TryAdd(new TapMessage(TapMessage.Sample, note));
        queue.Tick();
    }

    internal void End(Exception? why) => queue.Complete(why);

    internal static uint FreeBit(uint taken) => 1u << BitOperations.TrailingZeroCount(~taken);
}

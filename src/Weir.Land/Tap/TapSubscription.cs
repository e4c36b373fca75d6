using System.Numerics;

namespace Weir.Land.Tap;

/// <summary>One who watches. For one reader; disposing it ends it.</summary>
public sealed class TapSubscription : IAsyncDisposable
{
    private readonly TapFilter filter;
    private readonly Sampler sampler;
    private readonly TapQueue queue;
    private readonly Func<TapSubscription, ValueTask> leave;
    private FateBatch? batch; // being told
    private int told;

    internal TapSubscription(TapFilter filter, uint bit, TapOptions options, TimeProvider time, Func<TapSubscription, ValueTask> leave)
    {
        (this.filter, Bit, this.leave) = (filter, bit, leave);
        (sampler, queue) = (new Sampler(options.Rate, time), new TapQueue(options.QueueBytes));
    }

    internal uint Bit { get; }

    /// <summary>The next message, if one waits.</summary>
    public bool TryRead(out TapMessage message)
    {
        while (true)
        {
            while (batch is not null && told < batch.Events.Count)
            {
                var at = told++;
                if ((batch.Events[at].Subscribers & Bit) == 0) continue;
                message = new TapMessage(TapMessage.Fate, TapJson.Of(batch.Stream, batch.Source, batch.Events[at], batch.Fates[at], batch.Version));
                return true;
            }
            batch = null;
            if (!queue.TryTake(out var item))
            {
                message = default;
                return false;
            }
            if (item is TapMessage whole)
            {
                message = whole;
                return true;
            }
            (batch, told) = ((FateBatch)item, 0);
        }
    }

    /// <summary>Waits until a message waits; false: the tap has ended, and nothing more comes.</summary>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => batch is not null || await queue.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => leave(this);

    /// <summary>Whether it is shown the event, and so wants to know its fate.</summary>
    internal bool Offer(TapEvent arrived)
    {
        if (!filter.Matches(arrived)) return false;
        var isIn = sampler.Admits(arrived.Hash, out var note);
        if (note is not null) queue.TryAdd(new TapMessage(TapMessage.Sample, note));
        return isIn && queue.TryAdd(new TapMessage(TapMessage.Event, arrived.Json));
    }

    internal void Offer(FateBatch fates) => queue.Add(fates, fates.Events.Count(e => (e.Subscribers & Bit) != 0));

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
        if (sampler.Tick() is { } note) queue.TryAdd(new TapMessage(TapMessage.Sample, note));
        queue.Tick();
    }

    internal void End(Exception? why) => queue.Complete(why);

    internal static uint FreeBit(uint taken) => 1u << BitOperations.TrailingZeroCount(~taken);
}

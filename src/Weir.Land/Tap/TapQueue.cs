using System.Threading.Channels;

namespace Weir.Land.Tap;

/// <summary>
/// What waits for one subscriber, within a limit of bytes. A slow subscriber holds up nobody: what it has no room for is skipped and counted, until half of the room is free again;
/// the count then stands where the skipped would have stood. One thread writes, one reads.
/// </summary>
internal sealed class TapQueue(long limit)
{
    private readonly Channel<(object Item, long Bytes)> channel = Channel.CreateUnbounded<(object, long)>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private long waiting, events, fates;
    private bool isSkipping;

    /// <summary>Adds a message; false: it was skipped.</summary>
    public bool TryAdd(TapMessage message)
    {
        if (HasRoom()) return Write(message, message.Json.Length + 64);
        if (message.Type == TapMessage.Event) events++;
        return false;
    }

    /// <summary>Adds fates, of which <paramref name="count"/> are this subscriber's.</summary>
    public void Add(FateBatch batch, int count)
    {
        if (HasRoom()) Write(batch, batch.Events.Count * 72L);
        else fates += count;
    }

    /// <summary>Counts what was skipped elsewhere; <see cref="Tick"/> says so.</summary>
    public void Skip(long skippedEvents, long skippedFates)
    {
        events += skippedEvents;
        fates += skippedFates;
    }

    /// <summary>Says what was skipped, if there is room to say it.</summary>
    public void Tick()
    {
        if (HasRoom() && events + fates > 0) WriteGap();
    }

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => channel.Reader.WaitToReadAsync(cancellationToken);

    public bool IsEmpty => !channel.Reader.TryPeek(out _);

    /// <summary>The next one; it has its room until <see cref="Release"/>.</summary>
    public bool TryTake(out (object Item, long Bytes) next) => channel.Reader.TryRead(out next);

    public void Release(long bytes) => Interlocked.Add(ref waiting, -bytes);

    public void Complete(Exception? why) => channel.Writer.TryComplete(why);

    private bool HasRoom()
    {
        var now = Interlocked.Read(ref waiting);
        if (!isSkipping) isSkipping = now >= limit;
        else if (now <= limit / 2)
        {
            isSkipping = false;
            WriteGap();
        }
        return !isSkipping;
    }

    private void WriteGap()
    {
        Write(new TapMessage(TapMessage.Gap, TapJson.OfNumbers(("events", events), ("fates", fates))), 0);
        (events, fates) = (0, 0);
    }

    private bool Write(object item, long bytes)
    {
        Interlocked.Add(ref waiting, bytes);
        return channel.Writer.TryWrite((item, bytes));
    }
}

namespace Weir.Land.Tap;

/// <summary>An event that was shown and has no fate yet.</summary>
/// <param name="Position">Its ordinal.</param>
/// <param name="Id">Its id; empty: none.</param>
/// <param name="Subscribers">A bit for each subscriber that was shown it.</param>
internal readonly record struct PendingEvent(long Position, Guid Id, uint Subscribers);

/// <summary>The events that were shown and wait for their fate, by stream in order of positions; the oldest are forgotten beyond a limit.</summary>
internal sealed class PendingEvents(int limit)
{
    private readonly Dictionary<string, (string Source, Queue<PendingEvent> Events)> streams = new(StringComparer.Ordinal);
    private int count;

    public bool IsEmpty => count == 0;

    /// <summary>Of each stream that has some: its id, source and the first position.</summary>
    public IReadOnlyList<(string Stream, string Source, long First)> Streams => [.. streams.Where(s => s.Value.Events.Count > 0).Select(s => (s.Key, s.Value.Source, s.Value.Events.Peek().Position))];

    /// <summary>Adds one; gives the one that had to be forgotten for it.</summary>
    public PendingEvent? Add(string stream, string source, in PendingEvent pending)
    {
        PendingEvent? forgotten = null;
        if (count >= limit)
        {
            forgotten = streams.Values.MaxBy(s => s.Events.Count).Events.Dequeue();
            count--;
        }
        if (!streams.TryGetValue(stream, out var waiting)) streams[stream] = waiting = (source, new Queue<PendingEvent>());
        waiting.Events.Enqueue(pending);
        count++;
        return forgotten;
    }

    /// <summary>The positions of those of a stream before a position.</summary>
    public long[] Positions(string stream, long before) => streams.TryGetValue(stream, out var waiting) ? [.. waiting.Events.TakeWhile(e => e.Position < before).Select(e => e.Position)] : [];

    /// <summary>Takes out those of a stream before a position.</summary>
    public IReadOnlyList<PendingEvent> Take(string stream, long before)
    {
        var taken = new List<PendingEvent>();
        if (!streams.TryGetValue(stream, out var all)) return taken;
        var waiting = all.Events;
        while (waiting.TryPeek(out var next) && next.Position < before) taken.Add(waiting.Dequeue());
        count -= taken.Count;
        if (waiting.Count == 0) streams.Remove(stream); // its memory too
        return taken;
    }

    /// <summary>A subscriber that is gone is told nothing, nor is the one that gets its bit after it.</summary>
    public void Forget(uint subscriber)
    {
        count = 0;
        foreach (var (stream, (source, events)) in streams.ToList())
        {
            var kept = new Queue<PendingEvent>(events.Where(e => (e.Subscribers & ~subscriber) != 0).Select(e => e with { Subscribers = e.Subscribers & ~subscriber }));
            count += kept.Count;
            if (kept.Count == 0) streams.Remove(stream);
            else streams[stream] = (source, kept);
        }
    }
}

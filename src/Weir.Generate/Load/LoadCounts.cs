using System.Collections.Concurrent;

namespace Weir.Generate.Load;

/// <summary>What a run has counted so far. Safe for several threads.</summary>
internal sealed class LoadCounts(TimeProvider time)
{
    private readonly long began = time.GetTimestamp();
    private readonly ConcurrentDictionary<int, long> refused = new();
    private long requests, events, accepted, copies, malformed, bytes, retries, lastAccepted;

    public Latencies Latencies { get; } = new();

    public void Retried() => Interlocked.Increment(ref retries);

    public void Ended(LoadBody body, int status)
    {
        Interlocked.Increment(ref requests);
        Interlocked.Add(ref events, body.Slots.Count);
        if (!LoadSender.IsTaken(status))
        {
            refused.AddOrUpdate(status, body.Slots.Count, (_, count) => count + body.Slots.Count);
            return;
        }
        Interlocked.Add(ref accepted, body.Slots.Count);
        Interlocked.Add(ref copies, body.Copies);
        Interlocked.Add(ref malformed, body.Malformed);
        Interlocked.Add(ref bytes, body.Bytes.Length);
        Interlocked.Exchange(ref lastAccepted, time.GetTimestamp());
    }

    /// <summary>The figures as they are now.</summary>
    /// <param name="isOver">Whether it ends with the last request that was taken.</param>
    public LoadReport Report(bool isOver) => new(
        isOver && lastAccepted > 0 ? time.GetElapsedTime(began, lastAccepted) : time.GetElapsedTime(began),
        requests, events, accepted, copies, malformed, bytes, retries, new SortedDictionary<int, long>(refused), Latencies.Percentile(0.5), Latencies.Percentile(0.99));
}

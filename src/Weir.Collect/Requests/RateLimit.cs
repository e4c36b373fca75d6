namespace Weir.Collect.Requests;

/// <summary>
/// So many events a second, over any longer time. A second's worth may come at once; a batch is taken whole while one is left, and what it takes beyond is owed,
/// so that a batch larger than a second's worth can pass at all.
/// </summary>
internal sealed class RateLimit(int perSecond, TimeProvider time)
{
    private readonly Lock gate = new();
    private double left = perSecond;
    private long at = time.GetTimestamp();

    public bool TryTake(int events, out TimeSpan wait)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            left = Math.Min(perSecond, left + time.GetElapsedTime(at, now).TotalSeconds * perSecond);
            at = now;
            wait = left >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - left) / perSecond);
            if (left < 1) return false;
            left -= events;
            return true;
        }
    }
}

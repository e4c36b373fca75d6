namespace Weir.Demo;

/// <summary>A clock that can be set: the demo lives through a shop's last weeks in seconds, and receive times are those of the shop's life.</summary>
internal sealed class ReplayClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;
    private volatile bool isLive;

    /// <summary>Moves on to a time; a clock does not go back.</summary>
    public void MoveTo(DateTimeOffset time) => ticks = Math.Max(ticks, time.UtcTicks);

    /// <summary>From now on it is the system's clock.</summary>
    public void GoLive() => isLive = true;

    public override DateTimeOffset GetUtcNow() => isLive ? System.GetUtcNow() : new DateTimeOffset(Interlocked.Read(ref ticks), TimeSpan.Zero);
}

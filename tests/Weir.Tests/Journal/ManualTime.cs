namespace Weir.Tests.Journal;

/// <summary>A clock that a test sets; timers run on the machine's own.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public ManualTime() : this(new(2026, 3, 1, 10, 59, 50, TimeSpan.Zero)) { }

    public DateTimeOffset Now
    {
        get => new(Interlocked.Read(ref ticks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref ticks, value.UtcTicks);
    }

    public override DateTimeOffset GetUtcNow() => Now;
}

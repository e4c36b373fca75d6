namespace Weir.Roles.Supervision;

/// <summary>How long to wait before a role is started again: not at all the first time, or after a long life, for clients wait for it; one that dies young again and again is given time.</summary>
internal sealed class RestartPause
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5), Longest = TimeSpan.FromSeconds(10), LongLife = TimeSpan.FromSeconds(10);
    private TimeSpan? last;

    /// <summary>The pause after a life of some length.</summary>
    public TimeSpan After(TimeSpan life)
    {
        last = last is not { } before || life > LongLife ? TimeSpan.Zero
            : before < Shortest ? Shortest
            : before * 2 < Longest ? before * 2 : Longest;
        return last.Value;
    }
}

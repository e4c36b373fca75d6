namespace Weir.Land.Tap;

/// <summary>What the live tap may cost, and until when it shows everything.</summary>
public sealed record TapOptions
{
    /// <summary>Subscribers at once; more are refused with WEIR9020. At most 32.</summary>
    public int MaxSubscribers { get; init; } = 8;

    /// <summary>Bytes that may wait for one subscriber; what comes beyond them is skipped and counted.</summary>
    public long QueueBytes { get; init; } = 16 << 20;

    /// <summary>Events that may wait for their fate, over all subscribers; beyond that the oldest are forgotten and counted.</summary>
    public int MaxPending { get; init; } = 500_000;

    /// <summary>Events a second that a subscriber gets unsampled: of those that its filter lets through.</summary>
    public int Rate { get; init; } = 20_000;

    /// <summary>How far the tap may be behind a stream, in events, before it skips to its head.</summary>
    public long MostBehind { get; init; } = 100_000;

    /// <summary>What the project says of events.</summary>
    public EventRules Rules { get; init; } = EventRules.None;

    /// <summary>From one look at the streams' heads to the next.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(150);
}

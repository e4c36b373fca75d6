namespace Weir.Land.Retaining;

/// <summary>How long what a source sent is kept.</summary>
public sealed record Retention
{
    /// <summary>Bytes as received: landed journal segments and copies of loaded files, by the time of receipt. Zero: only until they have landed.</summary>
    public TimeSpan Raw { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Landed events, by the hour in which they happened; and rows of quarantine, by the day of receipt.</summary>
    public TimeSpan Events { get; init; } = TimeSpan.FromDays(730);

    /// <summary>The sealed bytes of quarantined events, by the day of receipt: so long they can be replayed.</summary>
    public TimeSpan Quarantine { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Into which storage class of the object store events go how long after the hour in which they happened; none: they stay in the one they were written in.</summary>
    public IReadOnlyList<Tier> Tiers { get; init; } = [];
}

/// <summary>A storage class for what is old enough.</summary>
/// <param name="StorageClass">The class, as the store names it.</param>
/// <param name="After">From this age on.</param>
public sealed record Tier(string StorageClass, TimeSpan After);

/// <summary>What is kept for how long, by source.</summary>
/// <param name="Usual">Of sources that say nothing of their own, and of such as are no longer declared.</param>
public sealed record RetentionRules(Retention Usual)
{
    /// <summary>The sources that have something of their own.</summary>
    public IReadOnlyDictionary<string, Retention> Sources { get; init; } = new Dictionary<string, Retention>();

    /// <summary>Whether any source's events go into another storage class.</summary>
    public bool HaveTiers => Sources.Values.Append(Usual).Any(r => r.Tiers.Count > 0);

    /// <summary>What holds of a source.</summary>
    public Retention Of(string source) => Sources.GetValueOrDefault(source) ?? Usual;
}

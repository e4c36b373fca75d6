namespace Weir.Land.Tap;

/// <summary>What a commit of the ledger made of an event.</summary>
/// <param name="Kind">One of the constants.</param>
/// <param name="Reason">Of a quarantined or dropped one: the reason's code.</param>
/// <param name="Detail">Of a quarantined one: where, and what was expected.</param>
public readonly record struct Fate(string Kind, string? Reason = null, string? Detail = null)
{
    /// <summary>None yet.</summary>
    public const string Pending = "pending";
    /// <summary>A row in the lake.</summary>
    public const string Landed = "landed";
    /// <summary>A copy of what had landed.</summary>
    public const string Duplicate = "duplicate";
    /// <summary>A row in quarantine.</summary>
    public const string Quarantined = "quarantined";
    /// <summary>Dropped by a declared rule, or given up by a person.</summary>
    public const string Dropped = "dropped";
    /// <summary>Its range is committed, but its row has been moved since (a replay): what it is now, the lake says.</summary>
    public const string Decided = "decided";
}

/// <summary>The fates of some events of one stream, for every subscriber that was shown one of them.</summary>
internal sealed record FateBatch(string Stream, string Source, long Version, IReadOnlyList<PendingEvent> Events, IReadOnlyList<Fate> Fates);

namespace Weir.Land.Replay;

/// <summary>What a replay did, or with a plan would do.</summary>
/// <param name="Counts">By source and former reason.</param>
/// <param name="Commits">Ledger commits made.</param>
/// <param name="Unreadable">Why events could not be tried again, and how many: by sentence.</param>
public sealed record ReplayReport(IReadOnlyList<ReplayCount> Counts, int Commits, IReadOnlyDictionary<string, long> Unreadable);

/// <summary>What became of the events of one source that had been kept aside, or dropped, for one reason. Counts are events.</summary>
/// <param name="Source">The source.</param>
/// <param name="Reason">Why they had been quarantined or dropped.</param>
/// <param name="Landed">Rows in the lake now.</param>
/// <param name="Duplicate">Copies of what has landed.</param>
/// <param name="Quarantined">In quarantine now for another reason.</param>
/// <param name="Dropped">Dropped now by a rule.</param>
/// <param name="Stays">As before: the reason still holds.</param>
/// <param name="Unreadable">As before: they could not be tried.</param>
public sealed record ReplayCount(string Source, string Reason, long Landed, long Duplicate, long Quarantined, long Dropped, long Stays, long Unreadable)
{
    /// <summary>All that were looked at.</summary>
    public long Events => Landed + Duplicate + Quarantined + Dropped + Stays + Unreadable;

    /// <summary>Those that have, or would have, another fate.</summary>
    public long Changed => Landed + Duplicate + Quarantined + Dropped;
}

/// <summary>How far a replay is. Counts are events.</summary>
/// <param name="Tried">Looked at.</param>
/// <param name="Total">To be looked at; 0: not known.</param>
public sealed record ReplayProgress(long Tried, long Total);

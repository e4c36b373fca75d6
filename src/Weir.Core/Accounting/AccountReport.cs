namespace Weir.Accounting;

/// <summary>The account of one source and one receive hour. Counts are events.</summary>
/// <param name="Source">The source.</param>
/// <param name="Hour">The hour of receipt, UTC.</param>
/// <param name="Received">Counted by whoever appended: Collect, Connect, or intake's independent pass.</param>
/// <param name="Landed">Rows in the lake.</param>
/// <param name="Duplicate">Copies of what had landed.</param>
/// <param name="Quarantined">Kept aside with bytes, reason and position.</param>
/// <param name="Dropped">Dropped on purpose, by a declared rule.</param>
/// <param name="Waiting">Received, durable, not landed yet.</param>
/// <param name="WithoutTime">Of the landed, duplicate and quarantined ones: those without a time of their own, deduplicated by id over 72 hours.</param>
public sealed record AccountRow(
    string Source, DateTime Hour, long Received, long Landed, long Duplicate, long Quarantined, long Dropped, long Waiting, long WithoutTime)
{
    /// <summary>What is missing (positive) or too much (negative); zero when the row adds up.</summary>
    public long Difference => Received - Landed - Duplicate - Quarantined - Dropped - Waiting;
}

/// <summary>The whole account.</summary>
/// <param name="Rows">By source and hour, ordered by both.</param>
/// <param name="QuarantinedByReason">Quarantined events by source and reason code.</param>
/// <param name="Problems">What does not add up, each a sentence with stream, range and figures; empty when all is well.</param>
public sealed record AccountReport(
    IReadOnlyList<AccountRow> Rows, IReadOnlyList<QuarantineCount> QuarantinedByReason, IReadOnlyList<string> Problems)
{
    /// <summary>Dropped events by source and reason.</summary>
    public IReadOnlyList<QuarantineCount> DroppedByReason { get; init; } = [];

    /// <summary>True if every row adds up and nothing else is wrong.</summary>
    public bool AddsUp => Problems.Count == 0 && Rows.All(r => r.Difference == 0);
}

/// <summary>How many events of a source are in quarantine, or were dropped, for one reason.</summary>
/// <param name="Source">The source.</param>
/// <param name="Reason">One of <see cref="Events.QuarantineReasons"/>, or of <see cref="Events.DropReasons"/>.</param>
/// <param name="Count">Events.</param>
public sealed record QuarantineCount(string Source, string Reason, long Count);

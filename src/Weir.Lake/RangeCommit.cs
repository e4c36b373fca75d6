namespace Weir.Lake;

/// <summary>Consecutive positions of one stream, <c>[From, To)</c>, that are decided together.</summary>
/// <param name="StreamId">The stream's birth id.</param>
/// <param name="From">The first position.</param>
/// <param name="To">The position after the last.</param>
public readonly record struct StreamRange(string StreamId, long From, long To);

/// <summary>One row of the ledger: what became of a stream's events of one receive hour. Counts are events.</summary>
/// <param name="Stream">The stream's birth id.</param>
/// <param name="Source">Its source.</param>
/// <param name="From">The first position of the range's part that was received in this hour.</param>
/// <param name="To">The position after its last.</param>
/// <param name="Hour">The hour of receipt, UTC.</param>
/// <param name="Movement"><c>land</c>, <c>replay</c>, <c>remove</c>, <c>erase</c> (later also expire).</param>
/// <param name="Received">To − From for <c>land</c>.</param>
/// <param name="Landed">Rows in the lake.</param>
/// <param name="Duplicate">Copies of what had landed.</param>
/// <param name="Quarantined">Rows in quarantine.</param>
/// <param name="Dropped">Dropped by a declared rule.</param>
/// <param name="WithoutTime">Of these, events without a time of their own.</param>
/// <param name="DroppedByReasonJson">A JSON object: count by reason.</param>
/// <param name="DuplicateRuns">The duplicates' positions as runs, <c>3-5,9</c>.</param>
/// <param name="DroppedRuns">The dropped events' positions as runs.</param>
/// <param name="QuarantinedByReasonJson">A JSON object: count by reason code.</param>
/// <param name="ChainHash">For <c>remove</c>: the hash of the stream's chain after the last of the removed events, hexadecimal; else empty.</param>
/// <param name="UndroppedRuns">For <c>replay</c>: the positions, as runs, of events that were dropped and are no longer.</param>
/// <param name="LandedRuns">For <c>erase</c>: the positions of rows that left the tables they had landed in, as runs. The counts are 0: what landed, landed.</param>
/// <param name="QuarantinedRuns">For <c>erase</c>: the positions of rows that left quarantine.</param>
public sealed record LedgerRow(
    string Stream, string Source, long From, long To, DateTime Hour, string Movement,
    long Received, long Landed, long Duplicate, long Quarantined, long Dropped, long WithoutTime,
    string DroppedByReasonJson = "{}", string DuplicateRuns = "", string DroppedRuns = "", string QuarantinedByReasonJson = "{}",
    string ChainHash = "", string UndroppedRuns = "", string LandedRuns = "", string QuarantinedRuns = "");

/// <summary>Decided ranges, to be committed together.</summary>
/// <param name="Ranges">At most one range of a stream.</param>
/// <param name="Rows">What the ledger says of them.</param>
/// <param name="Adds">The files written and synced for them, by table (<see cref="ParquetWriter"/>).</param>
/// <param name="DecidedAt">The ledger's version whose contents this decision took into account: <see cref="Snapshot.LedgerVersion"/>, or that of the last <see cref="CommitOutcome.Committed"/>.</param>
public sealed record RangeCommit(
    IReadOnlyList<StreamRange> Ranges, IReadOnlyList<LedgerRow> Rows, IReadOnlyDictionary<string, IReadOnlyList<AddFile>> Adds, long DecidedAt);

/// <summary>A commit of the ledger that was read.</summary>
/// <param name="Version">Its version.</param>
/// <param name="NextPositions">By stream id: the position after the range it decided.</param>
/// <param name="Adds">The files with new rows that it added, by table; a compacted file holds none.</param>
public sealed record LedgerCommit(
    long Version, IReadOnlyDictionary<string, long> NextPositions, IReadOnlyDictionary<string, IReadOnlyList<AddFile>> Adds)
{
    /// <summary>Whether it gave events that had one another fate.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Whether it told of new tombstones.</summary>
    public bool HasTombstones { get; init; }
}

/// <summary>What became of an attempt to commit.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome() { }

    /// <summary>The ranges are decided.</summary>
    /// <param name="Version">The ledger's version that did it.</param>
    public sealed record Committed(long Version) : CommitOutcome;

    /// <summary>Others landed rows after <see cref="RangeCommit.DecidedAt"/>; nothing was committed. Test positions and ids against the winners, then commit again with the last winner's version.</summary>
    /// <param name="Winners">Their commits, in order; at least one.</param>
    public sealed record Overtaken(IReadOnlyList<LedgerCommit> Winners) : CommitOutcome;

    /// <summary>A file that a <see cref="LakeChange"/> removes is not in the lake (any more); nothing was committed. Compute the change anew from a new snapshot.</summary>
    /// <param name="Table">The file's table.</param>
    /// <param name="Path">Its path, as the change names it.</param>
    public sealed record Conflict(string Table, string Path) : CommitOutcome;
}

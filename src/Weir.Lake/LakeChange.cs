namespace Weir.Lake;

/// <summary>A decision that is no landing: it removes files (compaction, retention, erasure), gives rows another fate (replay), or only tells the ledger something.</summary>
/// <param name="Operation">What it is, in Delta's words: <c>OPTIMIZE</c>, <c>DELETE</c>, <c>WRITE</c>.</param>
/// <param name="Rows">What the ledger says of it; may be empty, and may be all there is.</param>
/// <param name="Adds">Files written and synced, by table (the ledger among them); with <see cref="AddFile.DataChange"/> false if their rows were there already.</param>
/// <param name="Removes">Files that are in the lake now, by table (the ledger among them).</param>
public sealed record LakeChange(
    string Operation, IReadOnlyList<LedgerRow> Rows, IReadOnlyDictionary<string, IReadOnlyList<AddFile>> Adds, IReadOnlyDictionary<string, IReadOnlyList<RemoveFile>> Removes)
{
    /// <summary>
    /// For a replay, which brings ids: the ledger's version whose contents it took into account, as in <see cref="RangeCommit.DecidedAt"/>. If somebody landed or replayed since, it is not committed
    /// but <see cref="CommitOutcome.Overtaken"/>.
    /// </summary>
    public long? DecidedAt { get; init; }

    /// <summary>Whether the rows that went must also go from what was made of them (erasure); without it they may stay there (expiry).</summary>
    public bool IsRestatement { get; init; }

    /// <summary>Whether it tells of new tombstones: every landing that was decided before is overtaken by it, and must be decided again with them.</summary>
    public bool HasTombstones { get; init; }

    /// <summary>A change of nothing but what landings must know.</summary>
    public static LakeChange OfTombstones { get; } =
        new("WRITE", [], new Dictionary<string, IReadOnlyList<AddFile>>(), new Dictionary<string, IReadOnlyList<RemoveFile>>()) { HasTombstones = true };
}

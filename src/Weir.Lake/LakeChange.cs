namespace Weir.Lake;

/// <summary>A decision that is no landing: it removes files (compaction, retention, erasure), or only tells the ledger something.</summary>
/// <param name="Operation">What it is, in Delta's words: <c>OPTIMIZE</c>, <c>DELETE</c>, <c>WRITE</c>.</param>
/// <param name="Rows">What the ledger says of it; may be empty, and may be all there is.</param>
/// <param name="Adds">Files written and synced, by table (the ledger among them); with <see cref="AddFile.DataChange"/> false if their rows were there already.</param>
/// <param name="Removes">Files that are in the lake now, by table (the ledger among them).</param>
public sealed record LakeChange(
    string Operation, IReadOnlyList<LedgerRow> Rows, IReadOnlyDictionary<string, IReadOnlyList<AddFile>> Adds, IReadOnlyDictionary<string, IReadOnlyList<RemoveFile>> Removes);

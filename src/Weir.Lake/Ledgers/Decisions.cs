using Weir.Lake.Delta;

namespace Weir.Lake.Ledgers;

/// <summary>What a commit of the ledger says, written down: the other tables' actions in its <c>commitInfo</c>, the ledger's own beside it.</summary>
internal sealed class Decisions(LedgerFiles files, TimeProvider time)
{
    public IReadOnlyList<DeltaAction> Of(RangeCommit commit, string commitId, TableDefinition definition)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return
        [
            Info(now, "WRITE", commitId, commit.Adds.Where(t => t.Value.Count > 0).ToDictionary(t => t.Key, t => AddsOf(t.Value), StringComparer.Ordinal)),
            .. commit.Ranges.Select(r => new DeltaAction { Txn = new Txn(LedgerLog.StreamPrefix + r.StreamId, r.To, now) }),
            .. AddsOf(files.Write(definition, commit.Rows, commitId)),
        ];
    }

    public IReadOnlyList<DeltaAction> Of(LakeChange change, string commitId, TableDefinition definition)
    {
        var byTable = change.Adds.Keys.Union(change.Removes.Keys).ToDictionary(
            t => t,
            t => (IReadOnlyList<DeltaAction>)
            [
                .. change.Removes.GetValueOrDefault(t, []).Select(f => new DeltaAction { Remove = f }),
                .. AddsOf(change.Adds.GetValueOrDefault(t, [])),
            ], StringComparer.Ordinal);
        byTable.Remove(LakeTables.Ledger.Name, out var own);
        return
        [
            Info(time.GetUtcNow().ToUnixTimeMilliseconds(), change.Operation, commitId, byTable.Where(t => t.Value.Count > 0).ToDictionary(StringComparer.Ordinal)),
            .. own ?? [],
            .. AddsOf(files.Write(definition, change.Rows, commitId)),
        ];
    }

    private static DeltaAction Info(long now, string operation, string commitId, IReadOnlyDictionary<string, IReadOnlyList<DeltaAction>> tables) =>
        new() { CommitInfo = new CommitInfo(now, operation, new Dictionary<string, string?>(), LakeStore.EngineInfo, new WeirCommit(commitId, null, tables)) };

    private static IReadOnlyList<DeltaAction> AddsOf(IReadOnlyList<AddFile> files) => [.. files.Select(f => new DeltaAction { Add = f })];
}

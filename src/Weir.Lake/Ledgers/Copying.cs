using Weir.DuckDb;
using Weir.Lake.Delta;

namespace Weir.Lake.Ledgers;

/// <summary>
/// Brings a ledger commit's actions into the tables they are meant for, once each. Because every writer does so before it commits
/// to the ledger, at most the ledger's newest commit is ever uncopied.
/// </summary>
internal sealed class Copying(TableSet tables, int checkpointEvery, TimeProvider time)
{
    /// <summary>In each table: the last ledger version that was copied into it.</summary>
    public const string LedgerApp = "weir/ledger";

    private readonly HashSet<string> checkpointsOwed = new(StringComparer.Ordinal);
    private long copied = -1;

    public void Copy(DeltaTable ledger, long version)
    {
        if (version == copied) return;
        var commit = ledger.ReadCommit(version) ?? []; // a log is only cleaned up to where all is copied
        var actions = LedgerLog.TableActions(commit);
        // Whoever wrote it may have died before its name was durable. Even one with nothing to copy is acted on: positions, duplicates, segments that go.
        ledger.MakeDurable();
        foreach (var (table, copies) in actions) CopyInto(tables.Get(table), table, version, commit, copies);
        copied = version;
    }

    /// <summary>
    /// Never fails: the commit it follows stands, and a checkpoint only shortens reading. What could not be written is tried again after the
    /// table's next commit; a fault of the disk that is more than passing shows itself there.
    /// </summary>
    public void CheckpointIfDue(DeltaTable table, long version)
    {
        if (version <= 0 || (version % checkpointEvery != 0 && !checkpointsOwed.Contains(table.Folder))) return;
        try
        {
            table.WriteCheckpoint();
            checkpointsOwed.Remove(table.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DuckDBException or WeirException)
        {
            checkpointsOwed.Add(table.Folder);
        }
    }

    public static WeirException TableMissing(DeltaTable table, string name, long ledgerVersion) => new(LakeErrors.TableMissing,
        $"The ledger's commit {ledgerVersion} changes the table '{name}', but '{table.Folder}' holds no Delta table. Restore that folder from a backup.");

    private void CopyInto(DeltaTable table, string name, long ledgerVersion, IReadOnlyList<DeltaAction> decided, IReadOnlyList<DeltaAction> copies)
    {
        var operation = decided.Select(a => a.CommitInfo?.Operation).FirstOrDefault(o => o is not null) ?? "WRITE";
        for (; ; )
        {
            var state = table.Refresh();
            if (state.Version < 0) throw TableMissing(table, name, ledgerVersion);
            if (state.Txns.TryGetValue(LedgerApp, out var last) && last.Version >= ledgerVersion)
            {
                table.MakeDurable(); // once the ledger goes on, nobody would copy it again
                return;
            }
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var commitId = Guid.NewGuid().ToString("n");
            var version = state.Version + 1;
            List<DeltaAction> actions =
            [
                new() { CommitInfo = new CommitInfo(now, operation, new Dictionary<string, string?>(), LakeStore.EngineInfo, new WeirCommit(commitId, ledgerVersion)) },
                .. decided.Where(a => a.Txn is not null),
                new() { Txn = new Txn(LedgerApp, ledgerVersion, now) },
                .. copies,
            ];
            if (!table.TryCommit(version, commitId, actions)) continue;
            CheckpointIfDue(table, version);
            return;
        }
    }
}

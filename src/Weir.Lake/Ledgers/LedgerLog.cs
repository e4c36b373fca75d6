using Weir.Lake.Delta;

namespace Weir.Lake.Ledgers;

/// <summary>The ledger's commits: what they decide, and the rule by which they are made (<c>docs/formats/ledger.md</c>).</summary>
internal sealed class LedgerLog(TableSet tables, LedgerFiles files, int checkpointEvery, TimeProvider time)
{
    private const string StreamPrefix = "land/";
    private readonly Lock gate = new();
    private readonly Copying copying = new(tables, checkpointEvery, time);

    private DeltaTable Table => tables.Get(LakeTables.Ledger.Name);

    public TableState Refresh() => Table.Refresh();

    public static IReadOnlyDictionary<string, long> PositionsOf(TableState ledger) =>
        ledger.Txns.Values.Where(t => t.AppId.StartsWith(StreamPrefix, StringComparison.Ordinal)).ToDictionary(t => t.AppId[StreamPrefix.Length..], t => t.Version, StringComparer.Ordinal);

    public LedgerCommit? Read(long version)
    {
        if (Table.ReadCommit(version) is not { } actions) return null;
        var positions = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var action in actions)
            if (action.Txn is { } txn && txn.AppId.StartsWith(StreamPrefix, StringComparison.Ordinal)) positions[txn.AppId[StreamPrefix.Length..]] = txn.Version;
        var adds = TableActions(actions).ToDictionary(
            t => t.Key, t => (IReadOnlyList<AddFile>)[.. t.Value.Select(a => a.Add).OfType<AddFile>()], StringComparer.Ordinal);
        return new LedgerCommit(version, positions, adds);
    }

    public static IReadOnlyDictionary<string, IReadOnlyList<DeltaAction>> TableActions(IReadOnlyList<DeltaAction> commit) =>
        commit.Select(a => a.CommitInfo?.Weir?.Tables).FirstOrDefault(t => t is not null) ?? new Dictionary<string, IReadOnlyList<DeltaAction>>();

    public void CopyPending()
    {
        lock (gate)
        {
            var head = Table.Refresh().Version;
            if (head >= 0) copying.Copy(Table, head);
        }
    }

    public CommitOutcome Commit(RangeCommit commit)
    {
        lock (gate)
        {
            var definition = tables.Ensure(LakeTables.Ledger);
            var head = Table.Refresh();
            if (Winners(commit.DecidedAt, head.Version) is { Count: > 0 } winners) return new CommitOutcome.Overtaken(winners);
            copying.Copy(Table, head.Version);
            RequireContinuity(commit, head);

            var commitId = Guid.NewGuid().ToString("n");
            var version = head.Version + 1;
            if (!Table.TryCommit(version, commitId, Actions(commit, commitId, definition)))
                return new CommitOutcome.Overtaken(Winners(commit.DecidedAt, Table.Refresh().Version));
            copying.Copy(Table, version);
            copying.CheckpointIfDue(Table, version);
            return new CommitOutcome.Committed(version);
        }
    }

    /// <summary>The commits after a version that decided something; those that only describe the ledger's columns take nothing from anyone.</summary>
    private List<LedgerCommit> Winners(long after, long head)
    {
        var winners = new List<LedgerCommit>();
        for (var version = after + 1; version <= head; version++)
            if (Read(version) is { } commit && commit.NextPositions.Count + commit.Adds.Count > 0) winners.Add(commit);
        return winners;
    }

    private static void RequireContinuity(RangeCommit commit, TableState head)
    {
        foreach (var range in commit.Ranges)
        {
            var next = head.Txns.TryGetValue(StreamPrefix + range.StreamId, out var txn) ? txn.Version : 0;
            if (next != range.From || range.To <= range.From)
                throw new WeirException(LakeErrors.NotContinuous,
                    $"The range [{range.From}, {range.To}) of the stream '{range.StreamId}' cannot be committed: the ledger's next position for it is {next}. " +
                    "A range must begin there and must not be empty. Nothing was committed; read the positions again and decide from there.");
        }
    }

    private List<DeltaAction> Actions(RangeCommit commit, string commitId, TableDefinition definition)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var copies = commit.Adds.Where(t => t.Value.Count > 0)
            .ToDictionary(t => t.Key, t => (IReadOnlyList<DeltaAction>)[.. t.Value.Select(f => new DeltaAction { Add = f })], StringComparer.Ordinal);
        return
        [
            new DeltaAction { CommitInfo = new CommitInfo(now, "WRITE", new Dictionary<string, string?>(), LakeStore.EngineInfo, new WeirCommit(commitId, null, copies)) },
            .. commit.Ranges.Select(r => new DeltaAction { Txn = new Txn(StreamPrefix + r.StreamId, r.To, now) }),
            .. files.Write(definition, commit.Rows, commitId).Select(f => new DeltaAction { Add = f }),
        ];
    }
}

using Weir.Lake.Delta;

namespace Weir.Lake.Ledgers;

/// <summary>The ledger's commits: what they decide, and the rule by which they are made (<c>docs/formats/ledger.md</c>).</summary>
internal sealed class LedgerLog(TableSet tables, LedgerFiles files, int checkpointEvery, TimeProvider time)
{
    public const string StreamPrefix = "land/";
    private const string RestatedPrefix = "restated/";
    private const string ReplayApp = "replay", Tombstones = "tombstones";
    private readonly Lock gate = new();
    private readonly Decisions decisions = new(files, time);
    private readonly Copying copying = new(tables, checkpointEvery, time);

    private DeltaTable Table => tables.Get(LakeTables.Ledger.Name);

    public TableState Refresh() => Table.Refresh();

    public static IReadOnlyDictionary<string, long> PositionsOf(TableState ledger) => VersionsOf(ledger, StreamPrefix);

    /// <summary>By table: the last version that changed its rows otherwise than by landing or expiry.</summary>
    public static IReadOnlyDictionary<string, long> RestatedOf(TableState ledger) => VersionsOf(ledger, RestatedPrefix);

    private static Dictionary<string, long> VersionsOf(TableState ledger, string prefix) =>
        ledger.Txns.Values.Where(t => t.AppId.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(t => t.AppId[prefix.Length..], t => t.Version, StringComparer.Ordinal);

    public LedgerCommit? Read(long version)
    {
        if (Table.ReadCommit(version) is not { } actions) return null;
        var positions = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var action in actions)
            if (action.Txn is { } txn && txn.AppId.StartsWith(StreamPrefix, StringComparison.Ordinal)) positions[txn.AppId[StreamPrefix.Length..]] = txn.Version;
        var adds = TableActions(actions).ToDictionary(
            t => t.Key, t => (IReadOnlyList<AddFile>)[.. t.Value.Select(a => a.Add).OfType<AddFile>().Where(f => f.DataChange)], StringComparer.Ordinal);
        return new LedgerCommit(version, positions, adds) { IsReplay = actions.Any(a => a.Txn?.AppId == ReplayApp), HasTombstones = actions.Any(a => a.Txn?.AppId == Tombstones) };
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

    public void MakeDurable() => Table.MakeDurable();

    public CommitOutcome Commit(RangeCommit commit)
    {
        lock (gate)
        {
            var definition = tables.Ensure(LakeTables.Ledger);
            RequireFiles(commit.Adds);
            var commitId = Guid.NewGuid().ToString("n");
            IReadOnlyList<DeltaAction>? actions = null;
            while (true)
            {
                var head = Table.Refresh();
                if (Winners(commit.DecidedAt, head.Version) is { Count: > 0 } winners) return new CommitOutcome.Overtaken(winners);
                copying.Copy(Table, head.Version);
                RequireContinuity(commit, head);
                actions ??= decisions.Of(commit, commitId, definition);
                if (TryDecide(head.Version + 1, commitId, actions)) return new CommitOutcome.Committed(head.Version + 1);
            }
        }
    }

    public CommitOutcome Commit(LakeChange change)
    {
        lock (gate)
        {
            var definition = tables.Ensure(LakeTables.Ledger);
            RequireFiles(change.Adds);
            var commitId = Guid.NewGuid().ToString("n");
            IReadOnlyList<DeltaAction>? actions = null;
            while (true)
            {
                var head = Table.Refresh();
                if (change.DecidedAt is { } decidedAt && Winners(decidedAt, head.Version) is { Count: > 0 } winners) return new CommitOutcome.Overtaken(winners);
                copying.Copy(Table, head.Version); // now the tables hold all that was decided before
                if (FindGone(change) is { } gone) return gone;
                actions ??= decisions.Of(change, commitId, definition);
                if (TryDecide(head.Version + 1, commitId, [.. actions, .. Restatements(change, head.Version + 1)])) return new CommitOutcome.Committed(head.Version + 1);
            }
        }
    }

    /// <summary>Kept in the log for ever: who reads only what landed since a version must know that other rows came or were put in another's place.</summary>
    private static IEnumerable<DeltaAction> Restatements(LakeChange change, long version) =>
        change.Adds.Where(t => t.Value.Any(f => f.DataChange)).Select(t => t.Key).Union(change.IsRestatement || change.DecidedAt is not null ? change.Removes.Keys : []).Select(t => RestatedPrefix + t)
            .Concat(change.DecidedAt is null ? [] : [ReplayApp]).Concat(change.HasTombstones ? [Tombstones] : []).Select(app => new DeltaAction { Txn = new Txn(app, version) });

    private bool TryDecide(long version, string commitId, IReadOnlyList<DeltaAction> actions)
    {
        if (!Table.TryCommit(version, commitId, actions)) return false;
        copying.Copy(Table, version);
        copying.CheckpointIfDue(Table, version);
        return true;
    }

    /// <summary>The commits after a version that landed something; those that compact, or describe the ledger's columns, take nothing from anyone.</summary>
    private List<LedgerCommit> Winners(long after, long head)
    {
        var winners = new List<LedgerCommit>();
        for (var version = after + 1; version <= head; version++)
        {
            if (Read(version) is not { } commit)
                throw new WeirException(LakeErrors.DecidedTooLongAgo,
                    $"A range was decided at version {after} of the ledger in '{Table.Folder}', which is now at {head}, and its log no longer has the commit {version}: what was landed since cannot be tested against. "
                    + "Nothing was committed. Read a new snapshot, and decide the range again from there.");
            if (commit.IsReplay || commit.HasTombstones || commit.NextPositions.Count + commit.Adds.Values.Sum(a => a.Count) > 0) winners.Add(commit);
        }
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

    /// <summary>Who slept between writing and committing may find that the vacuum took the files for left behind.</summary>
    private void RequireFiles(IReadOnlyDictionary<string, IReadOnlyList<AddFile>> adds)
    {
        foreach (var (table, files) in adds)
            if (files.FirstOrDefault(f => !tables.HasFile(table, f.Path)) is { } missing)
                throw new WeirException(LakeErrors.FileMissing,
                    $"The file '{missing.Path}' of the lake's table '{table}' was to be committed, but is not in '{tables.Get(table).Folder}'. Files that no commit names are removed after an hour. "
                    + "Nothing was committed, and nothing is lost: decide the range again.");
    }

    /// <summary>A file that the change removes and that is not there (any more).</summary>
    private CommitOutcome.Conflict? FindGone(LakeChange change)
    {
        foreach (var (table, removes) in change.Removes)
        {
            var present = tables.Get(table).Refresh().Files;
            if (removes.FirstOrDefault(r => !present.ContainsKey(r.Path)) is { } gone) return new CommitOutcome.Conflict(table, gone.Path);
        }
        return null;
    }
}

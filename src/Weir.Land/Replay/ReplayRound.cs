using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Land.Dedupe;
using Weir.Land.Erasure;
using Weir.Land.Evaluate;
using Weir.Land.Rounds;
using Weir.Leases;
using Weir.Sources;

namespace Weir.Land.Replay;

/// <summary>
/// Tries some events again, and commits at once what has another fate now: rows come to the lake, leave quarantine, and the ledger says so, or nothing of it happens. Beside landers: what they
/// commit meanwhile is tested against.
/// </summary>
internal sealed class ReplayRound(
    ReplayOptions options, LakeStore lake, IReadOnlyDictionary<string, SourceDefinition> sources, KeyStore keys, Staging staging, KnownIds known, Lease? lease, TimeProvider time, Tombstones erased)
{
    private readonly Dictionary<string, Evaluator> evaluators = new(StringComparer.Ordinal);

    /// <summary>A round's events, in order of streams and positions.</summary>
    public void Run(IReadOnlyList<Replayable> rows, ReplayTally tally, CancellationToken cancellationToken)
    {
        foreach (var row in rows.Where(r => r.Arrival is null)) tally.CountUnreadable(row);
        var tried = new List<(Replayable Row, Arrival Arrival, Verdict Verdict)>();
        foreach (var row in rows)
        {
            if (row.Arrival is not { } arrival) continue;
            if (EvaluatorOf(row.Source) is { } evaluator) tried.Add((row, arrival, evaluator.Evaluate(arrival.Frame, arrival.Index, row.Stream)));
            else tally.CountUnreadable(row with { Unreadable = $"the source {row.Source} is not declared in weir.yml" });
        }
        while (tried.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryRun(tried, tally)) return;
        }
    }

    /// <summary>False, and nothing has happened, if the lake has changed so that all must be decided anew.</summary>
    private bool TryRun(IReadOnlyList<(Replayable Row, Arrival Arrival, Verdict Verdict)> tried, ReplayTally tally)
    {
        var snapshot = lake.ReadSnapshot();
        var asking = tried.Select(t => t.Verdict).OfType<Verdict.Event>().Select(e => e.Row).ToList();
        known.Add(snapshot, snapshot[LakeTables.Events.Name].Files.Values, asking);
        var files = QuarantineFiles.Find(snapshot, [.. tried.Where(t => !t.Row.WasDropped).Select(t => t.Row)]);
        using var sealers = new Sealers(keys);
        using var ranges = new LandedRanges(snapshot);
        var claims = new Claims(known.Index);
        var decider = new Decider(claims, known.Index.Sources, staging, sealers);
        var moved = new List<(Replayable Row, Verdict Now)>();
        var stays = new List<Replayable>();
        try
        {
            foreach (var (row, arrival, verdict) in tried)
            {
                if (!row.WasDropped && !files.ContainsKey((row.Stream, row.Position))) continue; // somebody else has moved it
                var now = decider.Settle(arrival, verdict);
                if (IsAsBefore(row, now))
                {
                    stays.Add(row);
                    continue;
                }
                moved.Add((row, now));
                if (options.Plan) continue;
                var range = ranges.Of(row);
                range.Leave(row);
                if (row.Reason != QuarantineReasons.ReusedId && Decider.HasNoTime(verdict, sources[row.Source])) range.Now.CountWithoutTime();
                decider.Take(arrival, now, sources[row.Source], range.Now);
            }
            if (!options.Plan && moved.Count > 0)
            {
                if (!TryCommit(snapshot, moved, files, ranges, asking)) return false;
                tally.Commits++;
            }
        }
        finally
        {
            staging.Clear();
        }
        known.Index.Accept(claims, DedupeStamp.Nothing);
        foreach (var row in stays) tally.CountStays(row);
        foreach (var (row, now) in moved) tally.CountMoved(row, now);
        return true;
    }

    private bool TryCommit(
        Snapshot snapshot, List<(Replayable Row, Verdict Now)> moved, Dictionary<(string Stream, long Position), AddFile> files, LandedRanges ranges, IReadOnlyList<EventRow> asking)
    {
        var name = $"replay-{Guid.NewGuid():n}";
        var left = moved.Where(m => !m.Row.WasDropped).Select(m => (m.Row.Stream, m.Row.Position)).ToList();
        var old = left.Select(m => files[m]).DistinctBy(f => f.Path).ToList();
        var adds = staging.Write(lake.Writer, name).ToDictionary(StringComparer.Ordinal);
        if (QuarantineFiles.WriteRest(staging.Connection, lake.Writer, snapshot, old, left, name) is { Count: > 0 } rest)
            adds[LakeTables.Quarantine.Name] = [.. adds.GetValueOrDefault(LakeTables.Quarantine.Name, []), .. rest];
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        var removes = new Dictionary<string, IReadOnlyList<RemoveFile>>(StringComparer.Ordinal);
        if (old.Count > 0) removes[LakeTables.Quarantine.Name] = [.. old.Select(f => f.Removed(at, dataChange: true))];
        var change = new LakeChange("WRITE", [.. ranges.All.Select(r => r.ToRow())], adds, removes) { DecidedAt = snapshot.LedgerVersion };
        while (true)
        {
            if (!lease!.IsCurrent) throw ReplayErrors.LeaseLost(lease.Number);
            switch (lake.Commit(change))
            {
                case CommitOutcome.Committed: return true;
                case CommitOutcome.Overtaken: break;
                default: return false; // compaction took a file: it is computed anew
            }
            // Who landed meanwhile took no id that is asked for: then nothing of the decision changes.
            var now = lake.ReadSnapshot();
            if (lake.FilesHoldingRowsAfter(change.DecidedAt!.Value, LakeTables.Events.Name, now) is not { } news || known.Add(now, news, asking) > 0) return false;
            change = change with { DecidedAt = now.LedgerVersion };
        }
    }

    private static bool IsAsBefore(Replayable row, Verdict now) => now switch
    {
        Verdict.Quarantined why => !row.WasDropped && why.Reason == row.Reason,
        Verdict.Dropped why => row.WasDropped && why.Reason == row.Reason,
        _ => false,
    };

    private Evaluator? EvaluatorOf(string source)
    {
        if (evaluators.TryGetValue(source, out var known)) return known;
        return sources.TryGetValue(source, out var declared) ? evaluators[source] = new Evaluator(declared, new EvaluatorOptions { Rules = options.Rules, Erased = () => erased }) : null;
    }
}

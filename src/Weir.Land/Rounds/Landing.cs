using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Land.Dedupe;
using Weir.Land.Erasure;
using Weir.Land.Evaluate;

namespace Weir.Land.Rounds;

/// <summary>One call of the lander: rounds until every stream is at the head it had when the call began, or waits.</summary>
internal sealed class Landing(LandMachinery machinery, IReadOnlyList<IEventStream> streams, IProgress<LandProgress>? progress) : IAsyncDisposable
{
    private const int MaxDamages = 2;
    private const int MaxOvertaken = 20;

    private readonly Dictionary<string, long> heads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StreamProblem> problems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StreamProblem> unmoved = new(StringComparer.Ordinal);
    private readonly List<StreamProblem> losses = [];
    private readonly ErasedPeople erased = new();
    private BatchReader? reader;
    private ReadAhead? ahead;
    private long landed, duplicate, quarantined, dropped, bytes, total;
    private int commits, damages;

    public async Task<LandResult> RunAsync(CancellationToken cancellationToken, CancellationToken lastRound)
    {
        var snapshot = CatchUp();
        ReadHeads(snapshot.Positions);
        var plan = Plan(snapshot.Positions);
        total = plan.Sum(p => p.Head - p.From);
        while (plan.Count > 0 && !lastRound.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RoundAsync(plan, snapshot.LedgerVersion, cancellationToken);
            snapshot = CatchUp();
            plan = Plan(snapshot.Positions);
        }
        // A segment may have been closed after its last event landed.
        foreach (var stream in streams) MoveLanded(stream, snapshot.Positions.GetValueOrDefault(stream.Id));
        return new LandResult(landed, duplicate, quarantined, commits, [.. problems.Values.Concat(unmoved.Values.Where(u => !problems.ContainsKey(u.Stream))).Concat(losses).OrderBy(p => p.Stream, StringComparer.Ordinal)])
        {
            Dropped = dropped, Bytes = bytes,
        };
    }

    /// <summary>Ends what is still being read ahead.</summary>
    public ValueTask DisposeAsync() => ahead?.DisposeAsync() ?? ValueTask.CompletedTask;

    private BatchReader Batches => reader ??= new(machinery.Sources, new EvaluatorOptions { Rules = machinery.Options.Rules, FastPath = machinery.Options.FastPath, Erased = () => erased.Now }, machinery.Options.Threads, machinery.Staging.Blocks);

    /// <summary>What the ledger says now. First its newest commit is made durable: what has landed may be moved away because of it.</summary>
    private Snapshot CatchUp()
    {
        machinery.Lake.CopyPending();
        for (; ; )
        {
            try { return machinery.Keeper.CatchUp(); }
            catch (DedupeCorruptException e) { Distrust(e); }
        }
    }

    /// <summary>Ids are made anew from the lake, but not for ever.</summary>
    private void Distrust(DedupeCorruptException e)
    {
        if (++damages > MaxDamages)
            throw new WeirException(LandErrors.DedupeUnreadable,
                $"The ids remembered in '{Path.Combine(machinery.Options.DataFolder, "dedupe")}' were damaged {damages} times in one landing, though they were made anew from the lake each time: {e.Message}. "
                + "Nothing that was committed is wrong. The disk does not give back what was written: check it, then land again.", e);
        machinery.Keeper.Forget();
    }

    private void ReadHeads(IReadOnlyDictionary<string, long> positions)
    {
        foreach (var stream in streams)
        {
            if (TryReadHead(stream, positions) is { } head) heads.Add(stream.Id, head);
        }
    }

    /// <summary>Null if the stream waits because its head cannot be read.</summary>
    private long? TryReadHead(IEventStream stream, IReadOnlyDictionary<string, long> positions)
    {
        try
        {
            return stream.ReadHead();
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            Wait(stream, positions.GetValueOrDefault(stream.Id), LandErrors.CannotRead(stream, e));
            return null;
        }
    }

    /// <summary>What is left, in the order in which it is decided: by stream id.</summary>
    private List<PlannedRange> Plan(IReadOnlyDictionary<string, long> positions)
    {
        var plan = new List<PlannedRange>();
        foreach (var stream in streams.OrderBy(s => s.Id, StringComparer.Ordinal))
        {
            var from = positions.GetValueOrDefault(stream.Id);
            if (problems.ContainsKey(stream.Id) || from == heads[stream.Id]) continue;
            if (!machinery.Sources.ContainsKey(stream.Source))
                Wait(stream, from, LandErrors.UnknownSource,
                    $"Stream '{stream.Id}' belongs to the source '{stream.Source}', which weir.yml does not declare; {heads[stream.Id] - from} events wait. Declare the source again, or move its journal away.");
            else if (from < heads[stream.Id]) plan.Add(new PlannedRange(stream, from, heads[stream.Id]));
            else if (TryReadHead(stream, positions) is { } head && from > head)
                Wait(stream, from, LandErrors.BeyondHead,
                    $"The ledger has landed stream '{stream.Id}' of source '{stream.Source}' up to position {from}, but the stream ends at {head}. Lake and journal do not belong together, "
                    + "or the journal lost what it had acknowledged: restore the journal from a copy. Nothing of this stream is landed until then.");
        }
        return plan;
    }

    private async Task RoundAsync(List<PlannedRange> plan, long decidedAt, CancellationToken cancellationToken)
    {
        using var sealers = new Sealers(machinery.Keys);
        using var round = new Round(machinery.Sources, machinery.Keeper.Index, machinery.Staging, sealers);
        var tombstones = Tombstones.Read(machinery.Lake.Folder, machinery.Lake.Disk, machinery.Keys); // after the ledger's version: one that is newer overtakes this round
        var read = await TakeReadAsync(plan, tombstones, cancellationToken);
        var committed = landed + duplicate + quarantined + dropped;
        var decided = committed;
        try
        {
            await round.DecideAsync(read, count => progress?.Report(new LandProgress(decided += count, total, committed)));
            if (round.FindUncounted() is { Count: > 0 } uncounted)
            {
                // Other streams' events may count as copies of theirs: the round is dropped with its claims, and decided again without them.
                foreach (var (range, fault) in uncounted) Wait(range.Stream, range.From, fault);
                return;
            }
            foreach (var range in round.Faulty) Wait(range.Stream, range.To, range.Fault!);
            if (round.Ranges.Count == 0) return;
            Begin(After(plan, round), tombstones, cancellationToken);
            Commit(round, decidedAt, cancellationToken);
        }
        catch (DedupeCorruptException e)
        {
            Distrust(e);
        }
        finally
        {
            await read.DisposeAsync(); // nobody fills its blocks any more
            machinery.Staging.Clear();
        }
    }

    /// <summary>What was begun while the round before was committed, if that is still what is to be read.</summary>
    private async Task<ReadAhead> TakeReadAsync(List<PlannedRange> plan, Tombstones tombstones, CancellationToken cancellationToken)
    {
        if (ahead?.Serves(plan, tombstones) == false)
        {
            await ahead.DisposeAsync();
            ahead = null;
        }
        if (ahead is null) Begin(plan, tombstones, cancellationToken);
        var taken = ahead!;
        ahead = null;
        return taken;
    }

    private void Begin(List<PlannedRange> plan, Tombstones tombstones, CancellationToken cancellationToken)
    {
        if (plan.Count == 0) return;
        erased.Now = tombstones;
        ahead = new ReadAhead(Batches, plan, machinery.Options.RoundBytes, tombstones, cancellationToken);
    }

    /// <summary>What is left of a plan once a round of it is committed.</summary>
    private List<PlannedRange> After(IEnumerable<PlannedRange> plan, Round round)
    {
        var reached = round.Ranges.ToDictionary(r => r.StreamId, r => r.To, StringComparer.Ordinal);
        return [.. from p in plan let next = p with { From = reached.GetValueOrDefault(p.Stream.Id, p.From) } where next.From < p.Head && !problems.ContainsKey(p.Stream.Id) select next];
    }

    /// <summary>All or nothing: if others committed since the ids were read, this round is decided again on top of theirs.</summary>
    private void Commit(Round round, long decidedAt, CancellationToken cancellationToken)
    {
        var ranges = round.Ranges;
        var rows = round.LedgerRows();
        var files = machinery.Staging.Write(machinery.Lake.Writer, NameOf(ranges));
        cancellationToken.ThrowIfCancellationRequested();
        // The ledger would refuse it anyway, by continuity: whoever took over lands what this one was about to.
        if (!machinery.Lease.IsCurrent) throw LandErrors.LeaseLost(machinery.Lease.Number);
        var commit = new RangeCommit(ranges, rows, files, decidedAt);
        var outcome = machinery.Lake.Commit(commit);
        for (var attempt = 1; outcome is CommitOutcome.Overtaken { Winners: var winners } && attempt < MaxOvertaken && Stands(round, winners) is { } version; attempt++)
            outcome = machinery.Lake.Commit(commit = commit with { DecidedAt = version });
        if (outcome is not CommitOutcome.Committed { Version: var committed }) return;
        commits++;
        bytes += round.Bytes;
        foreach (var row in rows)
        {
            landed += row.Landed;
            duplicate += row.Duplicate;
            quarantined += row.Quarantined;
            dropped += row.Dropped;
        }
        foreach (var row in rows.Where(r => r.DroppedByReasonJson.Contains($"\"{DropReasons.Lost}\"", StringComparison.Ordinal))) losses.Add(LandErrors.IsLost(row));
        machinery.Keeper.Accept(round.Claims, committed);
        var events = landed + duplicate + quarantined + dropped;
        progress?.Report(new LandProgress(events, total, events));
        foreach (var range in ranges) MoveLanded(streams.First(s => s.Id == range.StreamId), range.To);
    }

    /// <summary>
    /// Others landed while a round was decided. If that was nothing of its streams, and none of the ids that it claims, it stands as it is on top of theirs: the ledger's version at which it does.
    /// </summary>
    private long? Stands(Round round, IReadOnlyList<LedgerCommit> winners)
    {
        if (winners.Any(w => w.IsReplay || w.HasTombstones || round.Ranges.Any(r => w.NextPositions.ContainsKey(r.StreamId)))) return null;
        var index = machinery.Keeper.Index;
        var snapshot = machinery.Keeper.CatchUp();
        if (!ReferenceEquals(index, machinery.Keeper.Index)) return null; // made anew: the claims are over the one before
        // What came even later is seen by the next attempt.
        return round.Ranges.All(r => snapshot.Positions.GetValueOrDefault(r.StreamId) == r.From) && !round.Claims.AreTaken() ? winners[^1].Version : null;
    }

    /// <summary>Fails no landing: the commit stands, and segments that stay are moved another time.</summary>
    private void MoveLanded(IEventStream stream, long position)
    {
        if (position == 0) return;
        try
        {
            JournalRaw.MoveLanded(stream, position, machinery.Options.Retention.Of(stream.Source).Raw > TimeSpan.Zero, machinery.Lease.Number, removed => machinery.Removals.Record(stream, removed));
            unmoved.Remove(stream.Id);
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            var fault = LandErrors.CannotMove(stream, e);
            unmoved[stream.Id] = new StreamProblem(stream.Id, stream.Source, position, fault.Code, fault.Message);
        }
    }

    private static string NameOf(IReadOnlyList<StreamRange> ranges)
    {
        var first = ranges[0];
        var id = first.StreamId.Length <= 13 ? first.StreamId : first.StreamId[..13];
        return $"{id}-{first.From}-{first.To}" + (ranges.Count > 1 ? $"-and-{ranges.Count - 1}" : "");
    }

    private void Wait(IEventStream stream, long position, WeirException fault) => Wait(stream, position, fault.Code, fault.Message);

    private void Wait(IEventStream stream, long position, string code, string message) =>
        problems[stream.Id] = new StreamProblem(stream.Id, stream.Source, position, code, message);
}

/// <summary>Who was erased, as the round at work knows it.</summary>
internal sealed class ErasedPeople
{
    public Tombstones Now { get; set; } = Tombstones.None;
}

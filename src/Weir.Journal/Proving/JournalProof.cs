using Weir.Events;
using Weir.Journal.Format;
using Weir.Journal.Reading;
using Weir.Journal.Recovery;

namespace Weir.Journal.Proving;

/// <summary>
/// Reads a journal's stream through, segment by segment in journal and raw, and says what does not hold: what is missing or cannot be read,
/// and where the chain of hashes breaks. One frame is in memory at a time.
/// </summary>
internal sealed class JournalProof(JournalStream journal, ProofClaim claim, IProgress<long>? progress)
{
    private const string Restore = "Restore the file from a copy";
    private readonly StreamLocation stream = journal.Location;
    private readonly Chain chain = new(claim.Marks);
    private readonly List<ReceivedHour> received = [];
    private readonly List<StreamFault> faults = [];
    private IReadOnlyList<SegmentPath> segments = [];
    private IReadOnlyList<RemovedSegment> removed = [];
    private FrameHeader? lastFrame;
    private long at, passedOver;

    /// <summary>What cannot be read, whether it was given up or not, in order.</summary>
    public List<DamagedPart> Damage { get; } = [];

    /// <summary>Ends once this ordinal was passed.</summary>
    public long StopAfter { get; init; } = long.MaxValue;

    public async Task<StreamProof> RunAsync(CancellationToken cancellationToken)
    {
        List();
        Begin();
        for (var looked = false; at < claim.To && at <= StopAfter;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var before = at;
            if (Find(at) is { } segment) await TryProveAsync(segment, cancellationToken);
            else if (Removed(at) is { } gone) PassOver(gone);
            if (at > before) looked = false;
            else if (looked) Miss(Next());
            else (looked, _) = (true, List()); // moved or removed since it was listed? Then another look shows where to, or why
        }
        return new(received, faults, passedOver);
    }

    private int List()
    {
        removed = claim.ReadRemoved();
        segments = SegmentCatalog.List(stream, []);
        return segments.Count;
    }

    private void PassOver(RemovedSegment gone)
    {
        Receive(gone.Hour, at, gone.End);
        passedOver += gone.End - at;
        chain.GoOn(Convert.FromHexString(gone.Hash));
        Advance(gone.End);
        CheckMark(gone.First, $"the ledger's row for {gone.First} to {gone.End - 1}");
    }

    /// <summary>Reading begins with a whole segment; where it is not the stream's first, its header says the chain's hash.</summary>
    private void Begin()
    {
        if (claim.From == 0) return;
        chain.Lose();
        at = segments.LastOrDefault(s => s.First <= claim.From).First;
        if (Removed(claim.From) is { } gone && gone.First > at) at = gone.First;
        if (at == 0 && Find(0) is null && Removed(0) is null) at = claim.From; // what lies before is not asked for
    }

    private SegmentPath? Find(long first) => segments.FirstOrDefault(s => s.First == first) is { Path: not null } found ? found : null;

    private RemovedSegment? Removed(long ordinal) => removed.FirstOrDefault(r => r.First <= ordinal && ordinal < r.End) is { Count: > 0 } found ? found : null;

    /// <summary>Where something is known to begin again.</summary>
    private long Next() => segments.Select(s => s.First).Concat(removed.Select(r => r.First)).Where(f => f > at).Append(claim.To).Min();

    private async Task TryProveAsync(SegmentPath segment, CancellationToken cancellationToken)
    {
        var end = Next();
        try
        {
            using var file = await SegmentFile.OpenAsync(stream, segment, cancellationToken);
            var next = segments.Select(s => s.First).Where(f => f > segment.First).Cast<long?>().FirstOrDefault();
            await new SegmentProof(file, segment, this).RunAsync(end, next, chain, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Moved or removed meanwhile: it is looked for again.
        }
        catch (WeirException e)
        {
            Fault(at, end, segment.Path, $"cannot be read: {e.Code} {e.Message}", "Follow what the message says");
            chain.Lose();
            Advance(end);
        }
    }

    private void Miss(long to) =>
        Damaged(Layout.MissingSegment(stream.Folder, at), new(0, 0, at, to), null,
            "is missing, in the journal and in raw, and the ledger has no row that it was removed", Restore);

    /// <summary>Something that cannot be read: a fault unless it was given up. The chain is known again from the next header on.</summary>
    public void Damaged(string file, Gap gap, DateTime? hour, string what, string remedy = Restore)
    {
        if (gap.ToOrdinal > gap.FromOrdinal) Damage.Add(new(file, gap, hour ?? (received.Count > 0 ? received[^1].Hour : null), lastFrame));
        if (!IsDropped(gap)) Fault(gap.FromOrdinal, gap.ToOrdinal, file, what, remedy);
        chain.Lose();
        Advance(gap.ToOrdinal);
    }

    /// <summary>A whole frame was read.</summary>
    public void Seen(in FrameHeader frame)
    {
        if (Damage.Count > 0) Damage[^1].After ??= frame;
        lastFrame = frame;
    }

    public void Fault(long from, long to, string file, string what, string remedy) => faults.Add(new(from, to, file, what, remedy));

    public void Receive(DateTime hour, long from, long to)
    {
        if (to <= from) return;
        if (received.Count > 0 && received[^1].Hour == hour && received[^1].FirstOrdinal + received[^1].Count == from)
            received[^1] = received[^1] with { Count = received[^1].Count + to - from };
        else received.Add(new(hour, from, to - from));
    }

    public void Advance(long to)
    {
        progress?.Report(to - at);
        at = to;
    }

    public void CheckMark(long from, string file)
    {
        if (chain.Contradicts(at))
            Fault(from, at, file, $"does not lead to the hash that the witness holds for ordinal {at}: these events are not the ones that were acknowledged", Restore);
    }

    private bool IsDropped(Gap gap)
    {
        var from = gap.FromOrdinal;
        foreach (var range in claim.Dropped)
            if (range.From <= from && range.To > from) from = range.To;
        return from >= gap.ToOrdinal;
    }
}

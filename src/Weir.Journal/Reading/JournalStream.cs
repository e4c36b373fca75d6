using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Weir.Events;
using Weir.Journal.Format;
using Weir.Journal.Proving;
using Weir.Journal.Recovery;

namespace Weir.Journal.Reading;

/// <summary>A journal's stream for readers: its segments in the journal and in raw as one sequence, one frame in memory at a time.</summary>
internal sealed class JournalStream(StreamLocation location) : IProvableStream, IKeptStream
{
    private const int DroppedPerFrame = 1000;
    private readonly SegmentFactsCache facts = new(location);
    private readonly ConcurrentDictionary<(long First, long Lease), FrameIndex> indexes = new();

    public StreamLocation Location => location;
    public SegmentFactsCache Facts => facts;
    public string Id => location.IdText;
    public string Source => location.Source;

    public long ReadHead() => HeadFile.Read(location.Disk, location.Folder);

    public long ReadFirst() => RemovedRanges.End(RemovedRanges.Read(location));

    public IReadOnlyList<ReceivedHour> ReadReceived() => Settled(removed => ReceivedHours.Read(this, 0, ReadHead(), removed));

    public IReadOnlyList<ReceivedHour> ReadReceived(long from, long to) => Settled(removed => ReceivedHours.Read(this, from, to, removed));

    public ChainMark? ReadMark() => Chain.Mark(this);

    public Task<StreamProof> ProveAsync(ProofClaim claim, IProgress<long>? progress, CancellationToken cancellationToken) =>
        new JournalProof(this, claim, progress).RunAsync(cancellationToken);

    public IReadOnlyList<KeptPiece> FindRemovable(long upto, DateTimeOffset receivedBefore) => JournalRaw.FindLanded(this, upto, receivedBefore.UtcDateTime);

    public void Remove(IReadOnlyList<KeptPiece> pieces, long lease) => JournalRaw.Remove(this, pieces, lease);

    public async IAsyncEnumerable<Frame> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = ReadHead();
        var first = ReadFirst();
        if (from < first || from > head) throw JournalErrors.NotHeld(Source, Id, from, first, head);
        var dropped = DroppedRanges.Read(location);
        while (from < head)
        {
            if (dropped.FirstOrDefault(d => d.From <= from && from < d.To) is { } gone)
            {
                var count = (int)Math.Min(DroppedPerFrame, Math.Min(gone.To, head) - from);
                yield return new Frame(from, new DateTimeOffset(gone.Hour, TimeSpan.Zero), Dialects.Weir, "{}"u8.ToArray(), new ReadOnlyMemory<byte>[count], null, DropReasons.Corrupt);
                from += count;
                continue;
            }
            var (segment, end) = Holding(from, head);
            if (dropped.FirstOrDefault(d => d.From > from) is { } later) end = Math.Min(end, later.From);
            SegmentFile file;
            try
            {
                file = await SegmentFile.OpenAsync(location, segment, cancellationToken);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                if (Holding(from, head).Segment.Path == segment.Path) throw;
                continue; // moved to raw between the listing and now
            }
            using (file)
            {
                await foreach (var frame in ReadSegmentAsync(file, segment, from, end, cancellationToken))
                {
                    from = frame.NextOrdinal;
                    yield return frame;
                }
            }
        }
    }

    /// <summary>The segment that holds an ordinal, and the ordinal after its last durable event: what lies behind it in the file was never acknowledged.</summary>
    private (SegmentPath Segment, long End) Holding(long ordinal, long head) => Settled(removed => Holding(ordinal, head, removed));

    private (SegmentPath Segment, long End) Holding(long ordinal, long head, IReadOnlyList<RemovedRange> removed)
    {
        var segments = SegmentCatalog.List(location, removed);
        for (var i = segments.Count - 1; i >= 0; i--)
        {
            if (segments[i].First > ordinal) continue;
            return (segments[i], i + 1 < segments.Count ? Math.Min(head, segments[i + 1].First) : head);
        }
        var first = RemovedRanges.End(removed);
        if (ordinal < first) throw JournalErrors.NotHeld(Source, Id, ordinal, first, head);
        var to = segments.Count > 0 ? segments[0].First : head;
        throw Corrupt(Layout.MissingSegment(location.Folder, ordinal), new(0, 0, ordinal, to));
    }

    private async IAsyncEnumerable<Frame> ReadSegmentAsync(
        SegmentFile file, SegmentPath segment, long from, long end, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (file.Header is not { } beginning) throw Corrupt(file.Path, new(0, file.Length, from, end));
        var index = indexes.GetOrAdd((segment.First, segment.Lease), _ => new());
        var (ordinal, offset) = index.Before(from) ?? (segment.First, beginning.Length);
        while (ordinal < end)
        {
            var header = await file.ReadHeaderAsync(offset, cancellationToken);
            if (header is { } skipped && skipped.FirstOrdinal == ordinal && skipped.NextOrdinal <= from)
            {
                index.Note(ordinal, offset);
                (ordinal, offset) = (skipped.NextOrdinal, offset + skipped.TotalLength);
                continue;
            }
            var stored = await file.ReadFrameAsync(offset, cancellationToken);
            if (stored is null || stored.Header.FirstOrdinal != ordinal)
            {
                var gap = await FrameSearch.DamageAsync(file, offset, ordinal, end, cancellationToken);
                if (gap.ToOrdinal > from || gap.ToOrdinal >= end) throw Corrupt(file.Path, gap);
                (ordinal, offset) = (gap.ToOrdinal, gap.ToByte); // damage before what was asked for
                continue;
            }
            if (!FrameBody.TryRead(stored.Body, stored.Header.Count, out var dialect, out var envelope, out var events))
                throw Corrupt(file.Path, new(offset, stored.End, ordinal, stored.Header.NextOrdinal));
            index.Note(ordinal, offset);
            (ordinal, offset) = (stored.Header.NextOrdinal, stored.End);
            var received = new DateTimeOffset(Micros.ToDateTime(stored.Header.ReceivedMicros), TimeSpan.Zero);
            yield return new Frame(stored.Header.FirstOrdinal, received, dialect, envelope, events) { Memory = stored.Memory }.From(from);
        }
    }

    internal WeirException Corrupt(string path, Gap gap) =>
        JournalErrors.Corrupt(new(Id, Source, path, gap.FromOrdinal, gap.ToOrdinal, gap.FromByte, gap.ToByte));

    /// <summary>
    /// Segments leave while they are listed and opened: to raw, where they are found again, or for good, and then the note of what was
    /// removed has moved on and all is read anew. Only what lacks without that is damage.
    /// </summary>
    private T Settled<T>(Func<IReadOnlyList<RemovedRange>, T> read)
    {
        for (var attempt = 0; ;)
        {
            var removed = RemovedRanges.Read(location);
            try
            {
                return read(removed);
            }
            catch (Exception e) when (e is WeirException { Code: "WEIR2005" } or FileNotFoundException or DirectoryNotFoundException)
            {
                if (RemovedRanges.End(RemovedRanges.Read(location)) > RemovedRanges.End(removed)) continue;
                if (e is WeirException || attempt++ >= 3) throw;
            }
        }
    }
}

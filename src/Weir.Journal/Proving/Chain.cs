using Weir.Events;
using Weir.Journal.Format;
using Weir.Journal.Reading;

namespace Weir.Journal.Proving;

/// <summary>Follows the chain of hashes over a stream that is read through.</summary>
internal sealed class Chain(IReadOnlyList<ChainMark> marks)
{
    /// <summary>The hash up to here; null behind a part that could not be read: the next segment's header says it again.</summary>
    public byte[]? Hash { get; private set; } = HashChain.Start;

    public void Lose() => Hash = null;

    public void GoOn(byte[] hash) => Hash = hash;

    public void Add(in FrameHeader frame, ReadOnlySpan<byte> bodyHash)
    {
        if (Hash is { } before) Hash = HashChain.Next(before, frame, bodyHash);
    }

    /// <summary>False if a file says another hash than the chain has here; from then on the file's counts, so that one fault is told once.</summary>
    public bool Agrees(byte[] said)
    {
        var agrees = Hash is null || Hash.AsSpan().SequenceEqual(said);
        Hash = said;
        return agrees;
    }

    /// <summary>Whether a witness saw another hash at this ordinal.</summary>
    public bool Contradicts(long ordinal) =>
        Hash is { } hash && marks.Any(m => m.Ordinal == ordinal && !Convert.ToHexStringLower(hash).Equals(m.Hash, StringComparison.OrdinalIgnoreCase));

    /// <summary>The chain where the journal's folder shows it: at the beginning or end of its last segment.</summary>
    public static ChainMark? Mark(JournalStream journal)
    {
        var removed = RemovedRanges.Read(journal.Location);
        var segments = SegmentCatalog.ListJournal(journal.Location, removed);
        if (segments.Count == 0) return removed.Count == 0 ? null : new(removed[^1].End, removed[^1].Hash);
        var (header, footer) = journal.Facts.Get(segments[^1]);
        if (footer is not null) return new(footer.NextOrdinal, Convert.ToHexStringLower(footer.Hash));
        return header is null ? null : new(segments[^1].First, Convert.ToHexStringLower(header.PreviousHash));
    }
}

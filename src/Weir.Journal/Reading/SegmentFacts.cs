using System.Collections.Concurrent;
using Weir.Journal.Format;

namespace Weir.Journal.Reading;

/// <summary>What header and footer of a segment say.</summary>
internal sealed record SegmentFacts(SegmentHeader? Header, SegmentFooter? Footer);

/// <summary>Header and footer of each segment, read once: neither changes, and a footer only comes.</summary>
internal sealed class SegmentFactsCache(StreamLocation stream)
{
    private readonly ConcurrentDictionary<(long First, long Lease), SegmentFacts> closed = new();

    /// <exception cref="FileNotFoundException">The segment was moved or removed meanwhile.</exception>
    public SegmentFacts Get(SegmentPath segment)
    {
        if (closed.TryGetValue((segment.First, segment.Lease), out var known)) return known;
        using var file = stream.Disk.OpenRead(segment.Path);
        var start = new byte[SegmentHeader.MaxLength];
        var read = RandomAccess.Read(file.SafeFileHandle, start, 0);
        var facts = new SegmentFacts(SegmentHeader.TryRead(start.AsSpan(0, read), segment.Path), SegmentFile.ReadFooter(file));
        if (facts is { Header: not null, Footer: not null }) closed[(segment.First, segment.Lease)] = facts;
        return facts;
    }
}

using Weir.Events;

namespace Weir.Journal.Reading;

/// <summary>What was received by hour, from removed ranges, headers and footers: a segment holds one hour, so no frame is read.</summary>
internal static class ReceivedHours
{
    /// <summary>Of the ordinals <c>[from, to)</c>, and perhaps some before them; segments that hold none of these are not looked into.</summary>
    public static IReadOnlyList<ReceivedHour> Read(JournalStream stream, long from, long to, IReadOnlyList<RemovedRange> removed)
    {
        var hours = new List<ReceivedHour>();
        foreach (var range in removed) Add(hours, range.Hour, range.First, Math.Min(range.End, to));
        var next = RemovedRanges.End(removed);
        var segments = SegmentCatalog.List(stream.Location, removed).Where(s => s.First < to).ToList();
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            var end = i + 1 < segments.Count ? segments[i + 1].First : to;
            if (end <= from)
            {
                next = end;
                continue;
            }
            if (segment.First != next && Math.Max(segment.First, next) > from) throw Missing(stream, segment.Path, Math.Max(next, from), segment.First);
            var facts = stream.Facts.Get(segment);
            if (facts.Header is null) throw stream.Corrupt(segment.Path, new(0, Format.SegmentHeader.MaxLength, segment.First, segment.First + 1));
            next = end;
            if (facts.Footer is { } footer && footer.NextOrdinal < next) throw Missing(stream, segment.Path, footer.NextOrdinal, next);
            Add(hours, facts.Header.Hour, segment.First, next);
        }
        if (next < to) throw Missing(stream, Layout.MissingSegment(stream.Location.Folder, next), next, to);
        return hours;
    }

    private static void Add(List<ReceivedHour> hours, DateTime hour, long first, long end)
    {
        if (end <= first) return;
        // Segments that were not asked for may lie between.
        if (hours.Count > 0 && hours[^1].Hour == hour && hours[^1].FirstOrdinal + hours[^1].Count == first) hours[^1] = hours[^1] with { Count = hours[^1].Count + end - first };
        else hours.Add(new(hour, first, end - first));
    }

    private static WeirException Missing(JournalStream stream, string path, long from, long to) => stream.Corrupt(path, new(0, 0, from, to));
}

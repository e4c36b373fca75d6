using Weir.Events;

namespace Weir.Journal.Reading;

/// <summary>What was received by hour, from removed and dropped ranges, headers and footers: a segment holds one hour, so no frame is read.</summary>
internal static class ReceivedHours
{
    /// <summary>Of the ordinals <c>[from, to)</c>, and perhaps some before them; segments that hold none of these are not looked into.</summary>
    public static IReadOnlyList<ReceivedHour> Read(JournalStream stream, long from, long to, IReadOnlyList<RemovedRange> removed)
    {
        var hours = new List<ReceivedHour>();
        var dropped = DroppedRanges.Read(stream.Location);
        var next = 0L;
        foreach (var range in removed)
        {
            if (range.First > next) AddDropped(hours, dropped, next, Math.Min(range.First, to));
            Add(hours, range.Hour, range.First, Math.Min(range.End, to));
            next = range.End;
        }
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
            if (segment.First != next && Math.Max(segment.First, next) > from && !AddDropped(hours, dropped, next, segment.First))
                throw Missing(stream, segment.Path, Math.Max(next, from), segment.First);
            next = end;
            var facts = stream.Facts.Get(segment);
            if (facts.Header is null)
            {
                if (!AddDropped(hours, dropped, segment.First, end)) throw stream.Corrupt(segment.Path, new(0, Format.SegmentHeader.MaxLength, segment.First, segment.First + 1));
                continue;
            }
            var last = facts.Footer is { } footer ? Math.Min(footer.NextOrdinal, end) : end;
            Add(hours, facts.Header.Hour, segment.First, last);
            if (last < end && !AddDropped(hours, dropped, last, end)) throw Missing(stream, segment.Path, last, end);
        }
        if (next < to && !AddDropped(hours, dropped, next, to)) throw Missing(stream, Layout.MissingSegment(stream.Location.Folder, next), next, to);
        return hours;
    }

    private static void Add(List<ReceivedHour> hours, DateTime hour, long first, long end)
    {
        if (end <= first) return;
        // Segments that were not asked for may lie between.
        if (hours.Count > 0 && hours[^1].Hour == hour && hours[^1].FirstOrdinal + hours[^1].Count == first) hours[^1] = hours[^1] with { Count = hours[^1].Count + end - first };
        else hours.Add(new(hour, first, end - first));
    }

    /// <summary>False, and nothing is added, unless all of it was dropped.</summary>
    private static bool AddDropped(List<ReceivedHour> hours, IReadOnlyList<DroppedRange> dropped, long first, long end)
    {
        if (dropped.Covering(first, end) is not { } covering) return false;
        foreach (var range in covering) Add(hours, range.Hour, range.FirstOrdinal, range.FirstOrdinal + range.Count);
        return true;
    }

    private static WeirException Missing(JournalStream stream, string path, long from, long to) => stream.Corrupt(path, new(0, 0, from, to));
}

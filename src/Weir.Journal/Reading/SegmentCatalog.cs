namespace Weir.Journal.Reading;

/// <summary>A segment's file.</summary>
internal readonly record struct SegmentPath(long First, string Path, bool InRaw);

/// <summary>Which segments a stream has, in the journal and in raw, in order.</summary>
internal static class SegmentCatalog
{
    public static IReadOnlyList<SegmentPath> List(StreamLocation stream, IReadOnlyList<RemovedRange> removed)
    {
        // The journal first: a segment on its way to raw has its new name before it loses the old one, and so is seen in one of them.
        var segments = new SortedDictionary<long, SegmentPath>();
        foreach (var segment in ListJournal(stream, [])) segments.Add(segment.First, segment);
        foreach (var folder in RawFolders(stream))
            foreach (var path in stream.Disk.List(folder, $"{stream.IdText}-*.seg"))
                segments[Layout.FirstOrdinal(path)] = new(Layout.FirstOrdinal(path), path, InRaw: true);
        var end = RemovedRanges.End(removed);
        return [.. segments.Values.Where(s => s.First >= end)];
    }

    /// <summary>Those in the journal's folder only, in order.</summary>
    public static IReadOnlyList<SegmentPath> ListJournal(StreamLocation stream, IReadOnlyList<RemovedRange> removed)
    {
        var end = RemovedRanges.End(removed);
        return [.. stream.Disk.List(stream.Folder, "*.seg").Select(p => new SegmentPath(Layout.FirstOrdinal(p), p, InRaw: false)).Where(s => s.First >= end)];
    }

    private static IEnumerable<string> RawFolders(StreamLocation stream)
    {
        var raw = Layout.Raw(stream.Data);
        if (!Directory.Exists(raw)) yield break;
        foreach (var date in Directory.EnumerateDirectories(raw, "date=*"))
            foreach (var hour in Directory.EnumerateDirectories(date, "hour=*"))
                yield return Path.Combine(hour, $"source={stream.Source}");
    }
}

namespace Weir.Journal.Reading;

/// <summary>A segment's file.</summary>
/// <param name="First">Its first ordinal.</param>
/// <param name="Lease">The number of the lease under which it was written.</param>
/// <param name="Path">Where it is.</param>
/// <param name="InRaw">Whether it has been moved to raw.</param>
internal readonly record struct SegmentPath(long First, long Lease, string Path, bool InRaw)
{
    public SegmentPath(string path, bool inRaw) : this(Layout.FirstOrdinal(path), Layout.Lease(path), path, inRaw)
    {
    }
}

/// <summary>Which segments a stream has, in the journal and in raw, in order.</summary>
internal static class SegmentCatalog
{
    public static IReadOnlyList<SegmentPath> List(StreamLocation stream, IReadOnlyList<RemovedRange> removed)
    {
        var end = RemovedRanges.End(removed);
        return [.. Standing(ListFiles(stream)).Where(s => s.First >= end)];
    }

    /// <summary>Files in the journal's folder that do not count: what a writer wrote, or left, that another one had taken over from.</summary>
    public static IReadOnlyList<SegmentPath> ListFenced(StreamLocation stream)
    {
        var files = ListFiles(stream);
        var standing = Standing(files).Select(s => (s.First, s.Lease)).ToHashSet();
        return [.. files.Where(f => !f.InRaw && !standing.Contains((f.First, f.Lease)))];
    }

    /// <summary>Those in the journal's folder only, in order.</summary>
    public static IReadOnlyList<SegmentPath> ListJournal(StreamLocation stream, IReadOnlyList<RemovedRange> removed)
    {
        var end = RemovedRanges.End(removed);
        return [.. Standing(ListJournalFiles(stream)).Where(s => s.First >= end)];
    }

    /// <summary>The journal first: a segment on its way to raw has its new name before it loses the old one, and so is seen in one of them.</summary>
    private static List<SegmentPath> ListFiles(StreamLocation stream) =>
    [
        .. ListJournalFiles(stream),
        .. RawFolders(stream).SelectMany(folder => stream.Disk.List(folder, $"{stream.IdText}-*.seg")).Select(path => new SegmentPath(path, inRaw: true)),
    ];

    private static IEnumerable<SegmentPath> ListJournalFiles(StreamLocation stream) => stream.Disk.List(stream.Folder, "*.seg").Select(path => new SegmentPath(path, inRaw: false));

    /// <summary>
    /// Those that count, in order: a writer that took over begins at or before everything its predecessor may still begin, so a segment that
    /// begins where one of a higher lease begins, or after it, is the predecessor's: nothing in it was acknowledged that is not in the other.
    /// </summary>
    private static IEnumerable<SegmentPath> Standing(IEnumerable<SegmentPath> files)
    {
        var newest = (First: -1L, Lease: -1L);
        foreach (var segment in files.OrderBy(s => s.First).ThenByDescending(s => s.Lease).ThenByDescending(s => s.InRaw))
        {
            if (segment.Lease < newest.Lease || (segment.First, segment.Lease) == newest) continue;
            newest = (segment.First, segment.Lease);
            yield return segment;
        }
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

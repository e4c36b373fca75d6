using Weir.Events;
using Weir.Journal.Format;
using Weir.Journal.Reading;

namespace Weir.Journal;

/// <summary>Moves landed segments out of the journal.</summary>
public static class JournalRaw
{
    /// <summary>
    /// Moves every closed segment whose events have all landed to <c>raw/date=/hour=/source=</c>, or deletes it (from raw too) where raw is
    /// not kept. What was received stays known either way. May run beside the journal's writer and its readers; one at a time.
    /// </summary>
    /// <param name="stream">A stream of <see cref="JournalReader"/>; any other has no segments, and nothing happens.</param>
    /// <param name="uptoOrdinal">The ordinal after the last event whose landing is committed.</param>
    /// <param name="keepRaw">Whether segments are kept.</param>
    /// <param name="lease">The number of the lease under which the caller lands.</param>
    /// <param name="record">Where they are not kept: is given what will be removed, and must have recorded it durably when it returns. What an earlier call gave and a
    /// crash left is given again.</param>
    /// <returns>How many segments were moved or deleted.</returns>
    public static int MoveLanded(IEventStream stream, long uptoOrdinal, bool keepRaw, long lease, Action<IReadOnlyList<RemovedSegment>>? record = null)
    {
        if (stream is not JournalStream journal) return 0;
        return keepRaw ? MoveToRaw(journal, uptoOrdinal) : Remove(journal, uptoOrdinal, lease, record);
    }

    /// <summary>Looks at the journal's folder only: the work is that of what waits there, not of all that was ever kept.</summary>
    private static int MoveToRaw(JournalStream journal, long uptoOrdinal)
    {
        var moved = 0;
        var removed = RemovedRanges.Read(journal.Location);
        var segments = SegmentCatalog.ListJournal(journal.Location, removed);
        var dropped = DroppedRanges.Read(journal.Location);
        Sweep(journal.Location, SegmentCatalog.ListJournal(journal.Location, []).Where(s => s.First < RemovedRanges.End(removed)));
        for (var i = 0; i < segments.Count; i++)
        {
            var (header, footer) = journal.Facts.Get(segments[i]);
            var end = i + 1 < segments.Count ? segments[i + 1].First : footer?.NextOrdinal;
            if (end is null || end > uptoOrdinal) break;
            // A damaged one, whose hour is not known, stays; the journal must not fill up behind it.
            if ((header?.Hour ?? HourOf(dropped, segments[i].First)) is { } hour && Move(journal.Location, segments[i], hour)) moved++;
        }
        return moved;
    }

    private static int Remove(JournalStream journal, long uptoOrdinal, long lease, Action<IReadOnlyList<RemovedSegment>>? record)
    {
        SweepRemoved(journal.Location);
        var landed = FindLanded(journal, uptoOrdinal, DateTime.MaxValue);
        if (landed.Count > 0) record?.Invoke([.. landed.Select(l => l.What)]);
        Remove(journal, landed, lease);
        return landed.Count;
    }

    /// <summary>Deletes segments whose removal is recorded: each is noted beside the stream first.</summary>
    internal static void Remove(JournalStream journal, IReadOnlyList<KeptPiece> landed, long lease)
    {
        foreach (var (path, _, what) in landed)
        {
            RemovedRanges.Add(journal.Location, new(what.Hour, what.First, what.Count, what.Hash), lease);
            Delete(journal.Location, path);
        }
        SweepRemoved(journal.Location);
    }

    /// <summary>The landed segments, in journal and raw, that were received whole before a time (UTC).</summary>
    internal static List<KeptPiece> FindLanded(JournalStream journal, long uptoOrdinal, DateTime before)
    {
        var landed = new List<KeptPiece>();
        var segments = SegmentCatalog.List(journal.Location, RemovedRanges.Read(journal.Location));
        var dropped = DroppedRanges.Read(journal.Location);
        for (var i = 0; i < segments.Count; i++)
        {
            var (header, footer) = journal.Facts.Get(segments[i]);
            var next = i + 1 < segments.Count ? segments[i + 1] : (SegmentPath?)null;
            var end = next?.First ?? footer?.NextOrdinal;
            if (end is null || end > uptoOrdinal) break;
            // In raw the folder says the hour too, should the header be damaged.
            var hour = header?.Hour ?? Layout.RawHour(segments[i].Path) ?? HourOf(dropped, segments[i].First);
            var hash = next is { } n ? journal.Facts.Get(n).Header?.PreviousHash : footer?.Hash;
            if (hour is null || hash is null) break;
            if ((footer is null ? hour.Value.AddHours(1) : Micros.ToDateTime(footer.LastMicros)) >= before) break; // receive times of a stream never go back
            landed.Add(new(segments[i].Path, new FileInfo(segments[i].Path).Length, new(hour.Value, segments[i].First, end.Value - segments[i].First, Convert.ToHexStringLower(hash))));
        }
        return landed;
    }

    /// <summary>The days of whose keys the stream's segments have need; null: the hour of one cannot be told.</summary>
    internal static IReadOnlySet<DateOnly>? FindKeyDays(JournalStream journal, IReadOnlySet<string> leaving)
    {
        var days = new HashSet<DateOnly>();
        var dropped = DroppedRanges.Read(journal.Location);
        foreach (var segment in SegmentCatalog.List(journal.Location, []).Where(s => !leaving.Contains(s.Path)))
        {
            var hour = segment.InRaw ? Layout.RawHour(segment.Path) : journal.Facts.Get(segment).Header?.Hour ?? HourOf(dropped, segment.First);
            if (hour is null) return null;
            days.Add(DateOnly.FromDateTime(hour.Value));
        }
        return days;
    }

    /// <summary>Of a segment whose header is damaged, and whose events were given up.</summary>
    private static DateTime? HourOf(IReadOnlyList<DroppedRange> dropped, long first) => dropped.FirstOrDefault(d => d.From <= first && first < d.To)?.Hour;

    /// <summary>A second name, synced, before the first is taken away: after a crash at any point the segment has at least one.</summary>
    private static bool Move(StreamLocation stream, SegmentPath segment, DateTime hour)
    {
        if (!stream.Disk.Exists(segment.Path)) return false;
        var folder = Layout.RawFolder(stream.Data, hour, stream.Source);
        stream.Disk.CreateFolder(folder);
        stream.Disk.TryLink(segment.Path, Layout.RawSegment(folder, stream.IdText, segment.First, segment.Lease));
        stream.Disk.SyncFolder(folder);
        Delete(stream, segment.Path);
        return true;
    }

    /// <summary>An hour of raw that holds no segment any more, and its day: every listing would look into them for ever.</summary>
    private static void RemoveEmptyFolders(StreamLocation stream, string segment)
    {
        if (Layout.RawHour(segment) is null) return;
        var (folder, raw) = (Path.GetDirectoryName(segment)!, Layout.Raw(stream.Data));
        try
        {
            for (; folder.Length > raw.Length && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!) Directory.Delete(folder);
        }
        catch (IOException) { } // another source's segment came into it just now
    }

    /// <summary>Deletes what a crash left of segments that are noted as removed.</summary>
    private static void SweepRemoved(StreamLocation stream) => Sweep(stream, FindLeft(stream));

    private static IEnumerable<SegmentPath> FindLeft(StreamLocation stream)
    {
        var end = RemovedRanges.End(RemovedRanges.Read(stream));
        return SegmentCatalog.List(stream, []).Where(s => s.First < end);
    }

    /// <summary>What a crash left of segments that are noted as removed; the note is durable.</summary>
    internal static IReadOnlyList<string> FindLeftovers(JournalStream journal)
    {
        string[] left = [.. FindLeft(journal.Location).Select(s => s.Path)];
        if (left.Length > 0) journal.Location.Disk.SyncFolder(journal.Location.Folder);
        return left;
    }

    private static void Sweep(StreamLocation stream, IEnumerable<SegmentPath> landed)
    {
        var left = landed.ToList();
        if (left.Count > 0) stream.Disk.SyncFolder(stream.Folder); // the note is durable before what it speaks of goes
        foreach (var segment in left) Delete(stream, segment.Path);
    }

    private static void Delete(StreamLocation stream, string path)
    {
        stream.Disk.Delete(path);
        stream.Disk.SyncFolder(Path.GetDirectoryName(path)!);
        RemoveEmptyFolders(stream, path);
    }
}

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
    /// <returns>How many segments were moved or deleted.</returns>
    public static int MoveLanded(IEventStream stream, long uptoOrdinal, bool keepRaw)
    {
        if (stream is not JournalStream journal) return 0;
        var moved = 0;
        var segments = SegmentCatalog.List(journal.Location, RemovedRanges.Read(journal.Location));
        SweepRemoved(journal.Location);
        for (var i = 0; i < segments.Count; i++)
        {
            var (header, footer) = journal.Facts.Get(segments[i]);
            var next = i + 1 < segments.Count ? segments[i + 1] : (SegmentPath?)null;
            var end = next?.First ?? footer?.NextOrdinal;
            if (header is null || end is null || end > uptoOrdinal) break;
            if (keepRaw)
            {
                if (Move(journal.Location, header)) moved++;
                continue;
            }
            var hash = next is { } n ? journal.Facts.Get(n).Header?.PreviousHash : footer?.Hash;
            if (hash is null) break;
            RemovedRanges.Add(journal.Location, new(header.Hour, header.FirstOrdinal, end.Value - header.FirstOrdinal, Convert.ToHexStringLower(hash)));
            Delete(journal.Location, segments[i].Path);
            moved++;
        }
        if (!keepRaw) SweepRemoved(journal.Location);
        return moved;
    }

    /// <summary>A second name, synced, before the first is taken away: after a crash at any point the segment has at least one.</summary>
    private static bool Move(StreamLocation stream, SegmentHeader header)
    {
        var path = Layout.Segment(stream.Folder, header.FirstOrdinal);
        if (!stream.Disk.Exists(path)) return false;
        var folder = Layout.RawFolder(stream.Data, header.Hour, stream.Source);
        stream.Disk.CreateFolder(folder);
        stream.Disk.TryLink(path, Layout.RawSegment(folder, stream.IdText, header.FirstOrdinal));
        stream.Disk.SyncFolder(folder);
        Delete(stream, path);
        return true;
    }

    /// <summary>Deletes what a crash left of segments that are noted as removed.</summary>
    private static void SweepRemoved(StreamLocation stream)
    {
        var end = RemovedRanges.End(RemovedRanges.Read(stream));
        var left = SegmentCatalog.List(stream, []).Where(s => s.First < end).ToList();
        if (left.Count > 0) stream.Disk.SyncFolder(stream.Folder); // the note is durable before what it speaks of goes
        foreach (var segment in left) Delete(stream, segment.Path);
    }

    private static void Delete(StreamLocation stream, string path)
    {
        stream.Disk.Delete(path);
        stream.Disk.SyncFolder(Path.GetDirectoryName(path)!);
    }
}

using Weir.Journal.Format;
using Weir.Journal.Reading;

namespace Weir.Journal.Recovery;

/// <summary>Where a stream goes on.</summary>
/// <param name="NextOrdinal">The next event's ordinal; all before it is durable.</param>
/// <param name="Hash">The chain's hash there.</param>
/// <param name="LastMicros">The last receive time, which later ones never go behind.</param>
/// <param name="Damage">What was acknowledged and cannot be read.</param>
internal sealed record StreamPosition(long NextOrdinal, byte[] Hash, long LastMicros, IReadOnlyList<JournalCorruption> Damage);

/// <summary>Finds a stream's end after whatever happened, cuts what was never acknowledged, and closes the last segment. Needs the journal's lock.</summary>
internal sealed class StreamRecovery(StreamLocation stream)
{
    public async Task<StreamPosition> RunAsync(CancellationToken cancellationToken)
    {
        var head = HeadFile.Read(stream.Disk, Layout.Head(stream.Folder));
        var removed = RemovedRanges.Read(stream);
        var segments = SegmentCatalog.List(stream, removed);
        for (var i = segments.Count - 1; i >= 0; i--)
        {
            if (await EndOfAsync(segments[i], head, cancellationToken) is not { } position) continue;
            return position;
        }
        var end = RemovedRanges.End(removed);
        var hash = removed.Count == 0 ? HashChain.Start : Convert.FromHexString(removed[^1].Hash);
        var hour = removed.Count == 0 ? 0 : Micros.From(removed[^1].Hour);
        return WithMissing(new(end, hash, hour, []), Layout.Segment(stream.Folder, end), 0, head);
    }

    /// <summary>The stream's position at the end of its last segment; null if that held nothing and was deleted.</summary>
    private async Task<StreamPosition?> EndOfAsync(SegmentPath segment, long head, CancellationToken cancellationToken)
    {
        long length;
        using (var closed = stream.Disk.OpenRead(segment.Path))
        {
            length = closed.Length;
            if (SegmentFile.ReadFooter(closed) is { } footer)
                return WithMissing(new(footer.NextOrdinal, footer.Hash, footer.LastMicros, []), segment.Path, length, head);
        }
        SegmentScan scan;
        using (var file = await SegmentFile.OpenAsync(stream, segment, cancellationToken))
            scan = await SegmentScan.RunAsync(file, segment.First, head, cancellationToken);
        if (scan.Frames == 0 && scan.Damaged.Count == 0)
        {
            stream.Disk.Delete(segment.Path);
            stream.Disk.SyncFolder(stream.Folder);
            return null;
        }
        Close(segment, scan);
        return new(scan.NextOrdinal, scan.Hash, scan.LastMicros ?? 0, [.. scan.Damaged.Select(gap => Damage(segment.Path, gap))]);
    }

    private void Close(SegmentPath segment, SegmentScan scan)
    {
        // What was read may be in memory only, after a process died and its machine did not: synced, before anyone calls it durable.
        using var file = stream.Disk.OpenAppend(segment.Path);
        if (scan.CutAt is { } cut) file.Truncate(cut);
        file.Sync();
        stream.Disk.SyncFolder(Path.GetDirectoryName(segment.Path)!);
        if (scan.Damaged.Count > 0) return;
        var length = file.Length;
        try
        {
            file.Append(new SegmentFooter(scan.NextOrdinal - segment.First, scan.NextOrdinal, scan.LastMicros ?? 0, scan.Hash).ToBytes());
            file.Sync();
        }
        catch (IOException)
        {
            // A full disk must not keep the collector from starting: a segment without a footer ends where the next one begins.
            file.Truncate(length);
        }
    }

    /// <summary>What the head says was acknowledged and no segment holds is damage; ordinals go on after it, for none is given twice.</summary>
    private StreamPosition WithMissing(StreamPosition position, string path, long length, long head) =>
        head <= position.NextOrdinal
            ? position
            : position with { NextOrdinal = head, Damage = [.. position.Damage, Damage(path, new(length, length, position.NextOrdinal, head))] };

    private JournalCorruption Damage(string path, Gap gap) =>
        new(stream.IdText, stream.Source, path, gap.FromOrdinal, gap.ToOrdinal, gap.FromByte, gap.ToByte);
}

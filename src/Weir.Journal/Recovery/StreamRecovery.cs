using Weir.Journal.Format;
using Weir.Journal.Reading;
using Weir.Leases;
using Weir.Storage;

namespace Weir.Journal.Recovery;

/// <summary>Where a stream goes on.</summary>
/// <param name="NextOrdinal">The next event's ordinal; all before it is durable.</param>
/// <param name="Hash">The chain's hash there.</param>
/// <param name="LastMicros">The last receive time, which later ones never go behind.</param>
/// <param name="Damage">What was acknowledged and cannot be read.</param>
internal sealed record StreamPosition(long NextOrdinal, byte[] Hash, long LastMicros, IReadOnlyList<JournalCorruption> Damage);

/// <summary>Finds a stream's end after whatever happened, cuts what was never acknowledged, and closes the last segment, under the lease that was taken for it.</summary>
internal sealed class StreamRecovery(StreamLocation stream, Lease lease)
{
    private const int DiskFull = 28; // ENOSPC
    private const int DiskFullWindows = 112; // ERROR_DISK_FULL

    public async Task<StreamPosition> RunAsync(CancellationToken cancellationToken)
    {
        var head = HeadFile.Read(stream.Disk, stream.Folder);
        // From now on no earlier writer's head counts. If this one cannot be written, on a full disk, theirs will do.
        using (var own = new HeadFile(stream.Disk, stream.Folder, lease.Number)) own.TryAdvance(head);
        foreach (var fenced in SegmentCatalog.ListFenced(stream)) stream.Disk.Delete(fenced.Path);
        var removed = RemovedRanges.Read(stream);
        var segments = SegmentCatalog.List(stream, removed);
        if (segments.Any(s => s.Lease > lease.Number)) throw JournalErrors.LeaseLost(lease.Number);
        for (var i = segments.Count - 1; i >= 0; i--)
        {
            if (await EndOfAsync(segments[i], head, cancellationToken) is not { } position) continue;
            return position;
        }
        var end = RemovedRanges.End(removed);
        var hash = removed.Count == 0 ? HashChain.Start : Convert.FromHexString(removed[^1].Hash);
        var hour = removed.Count == 0 ? 0 : Micros.From(removed[^1].Hour);
        return WithMissing(new(end, hash, hour, []), Layout.MissingSegment(stream.Folder, end), 0, head);
    }

    /// <summary>The stream's position at the end of its last segment; null if that held nothing and was deleted.</summary>
    private async Task<StreamPosition?> EndOfAsync(SegmentPath segment, long head, CancellationToken cancellationToken)
    {
        if (ReadEnd(segment) is var (length, footer))
        {
            EndAgain(segment.Path, length, footer);
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

    private (long Length, SegmentFooter Footer)? ReadEnd(SegmentPath segment)
    {
        using var file = stream.Disk.OpenRead(segment.Path);
        return SegmentFile.ReadFooter(file) is { } footer ? (file.Length, footer) : null;
    }

    /// <summary>
    /// Its events were synced before they were acknowledged, but of its footer nobody knows: whoever wrote it may have died before that, or the sync failed. Written
    /// again, it is on the disk when the segment is moved. On a full disk it may be lost: then the segment ends where the next one begins.
    /// </summary>
    private void EndAgain(string path, long length, SegmentFooter footer)
    {
        using var file = stream.Disk.OpenAppend(path);
        try
        {
            file.Truncate(length - SegmentFooter.Length);
            file.Append(footer.ToBytes());
            file.Sync();
        }
        catch (IOException e) when (IsDiskFull(e))
        {
            file.Truncate(length - SegmentFooter.Length);
            file.Sync();
        }
    }

    private void Close(SegmentPath segment, SegmentScan scan)
    {
        if ((scan.Damaged.Count == 0 || lease.EarlierMayLive) && TryRewrite(segment, scan)) return;
        // Damage is left as it is found. What was read may be in memory only, after a process died and its machine did not: synced at least.
        using var file = stream.Disk.OpenAppend(segment.Path);
        if (scan.CutAt is { } cut) file.Truncate(cut);
        file.Sync();
        stream.Disk.SyncFolder(Path.GetDirectoryName(segment.Path)!);
    }

    /// <summary>
    /// Writes what counts to a new file, with its footer, which takes the old one's place. Syncing the old one would not do: after a sync
    /// that failed, a system may show bytes that never reached the disk and that no later sync writes; and an earlier writer that was only
    /// paused may have it open still. Damage is copied as it is found. False on a full disk, which must not keep the collector from starting
    /// where no earlier one can be there: a segment without a footer ends where the next one begins.
    /// </summary>
    private bool TryRewrite(SegmentPath segment, SegmentScan scan)
    {
        var path = Layout.WithLease(segment.Path, lease.Number);
        var copy = path + ".tmp";
        stream.Disk.Delete(copy);
        try
        {
            using var file = stream.Disk.Create(copy);
            using (var source = stream.Disk.OpenRead(segment.Path)) Copy(source, file, scan.CutAt ?? source.Length);
            if (scan.Damaged.Count == 0) file.Append(new SegmentFooter(scan.NextOrdinal - segment.First, scan.NextOrdinal, scan.LastMicros ?? 0, scan.Hash).ToBytes());
            file.Sync();
        }
        catch (IOException e) when (!lease.EarlierMayLive && IsDiskFull(e))
        {
            stream.Disk.Delete(copy);
            return false;
        }
        stream.Disk.Replace(copy, path);
        stream.Disk.SyncFolder(Path.GetDirectoryName(path)!);
        if (path != segment.Path) stream.Disk.Delete(segment.Path);
        return true;
    }

    private static bool IsDiskFull(IOException e) => (e.HResult & 0xFFFF) is DiskFull or DiskFullWindows;

    private static void Copy(FileStream source, IDiskFile target, long length)
    {
        var buffer = new byte[1 << 20];
        for (var left = length; left > 0;)
        {
            var read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0) throw new EndOfStreamException($"'{source.Name}' became shorter while it was read.");
            target.Append(buffer.AsSpan(0, read));
            left -= read;
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

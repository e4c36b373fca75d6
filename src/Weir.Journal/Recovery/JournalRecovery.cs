using Weir.Journal.Reading;
using Weir.Leases;
using Weir.Storage;

namespace Weir.Journal.Recovery;

/// <summary>Recovers streams that nobody writes, for those who read without a collector.</summary>
internal static class JournalRecovery
{
    /// <summary>
    /// After a power failure the head may lag behind what was acknowledged, until a writer opens the journal. A reader that is alone does
    /// that itself; beside a writer, or where it may not write, it does nothing.
    /// </summary>
    /// <param name="data">The data folder.</param>
    /// <param name="streams">Its streams.</param>
    /// <param name="wasSeen">Whether this process has seen a stream before: since then no power failed, and what lies in raw is settled.</param>
    public static async Task RecoverIfUnownedAsync(string data, IReadOnlyList<StreamLocation> streams, Func<StreamLocation, bool> wasSeen)
    {
        var open = streams.Where(s => IsOpen(s, wasSeen(s))).ToList();
        if (open.Count == 0) return;
        try
        {
            // From a writer that may only be paused nothing is taken: to read on can wait.
            using var lease = Lease.TryTake(data, JournalWriter.LeaseName, open[0].Disk, Lease.DefaultDuration, orExpired: false);
            if (lease is null) return;
            foreach (var stream in open)
            {
                var position = await new StreamRecovery(stream, lease).RunAsync(CancellationToken.None);
                using var head = new HeadFile(stream.Disk, stream.Folder, lease.Number);
                head.Rewrite(position.NextOrdinal);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // This is a copy that may only be read: the head as it is will do.
        }
    }

    private static bool IsOpen(StreamLocation stream, bool wasSeen)
    {
        var head = HeadFile.Read(stream.Disk, stream.Folder);
        var removed = RemovedRanges.Read(stream);
        var segments = wasSeen ? SegmentCatalog.ListJournal(stream, removed) : SegmentCatalog.List(stream, removed);
        if (segments.Count == 0 && wasSeen) return false; // all that was received was closed, and moved or removed
        if (segments.Count == 0) return head != RemovedRanges.End(removed);
        try
        {
            using var file = stream.Disk.OpenRead(segments[^1].Path);
            return SegmentFile.ReadFooter(file) is not { } footer || footer.NextOrdinal != head;
        }
        catch (FileNotFoundException)
        {
            return false; // moved meanwhile, and so closed
        }
    }
}

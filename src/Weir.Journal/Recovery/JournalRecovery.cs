using Weir.Journal.Reading;
using Weir.Storage;

namespace Weir.Journal.Recovery;

/// <summary>Recovers streams that nobody writes, for those who read without a collector.</summary>
internal static class JournalRecovery
{
    /// <summary>
    /// After a power failure the head may lag behind what was acknowledged, until a writer opens the journal. A reader that is alone does
    /// that itself; beside a writer, or where it may not write, it does nothing.
    /// </summary>
    public static async Task RecoverIfUnownedAsync(string data, IReadOnlyList<StreamLocation> streams)
    {
        var open = streams.Where(IsOpen).ToList();
        if (open.Count == 0) return;
        try
        {
            using var taken = JournalLock.Take(data);
            foreach (var stream in open)
            {
                var position = await new StreamRecovery(stream).RunAsync(CancellationToken.None);
                using var head = new HeadFile(stream.Disk, Layout.Head(stream.Folder));
                head.Rewrite(position.NextOrdinal);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else holds the lock, or this is a copy that may only be read: the head as it is will do.
        }
    }

    private static bool IsOpen(StreamLocation stream)
    {
        var head = HeadFile.Read(stream.Disk, Layout.Head(stream.Folder));
        var removed = RemovedRanges.Read(stream);
        var segments = SegmentCatalog.List(stream, removed);
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

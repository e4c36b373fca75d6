using System.Text.Json;
using Weir.Storage;

namespace Weir.Journal.Reading;

/// <summary>Landed events whose segments were removed: what was received stays known, and the chain of hashes goes on.</summary>
/// <param name="Hour">Receive hour, UTC.</param>
/// <param name="First">First ordinal.</param>
/// <param name="Count">Events.</param>
/// <param name="Hash">The chain's hash after the last of them, hexadecimal.</param>
internal sealed record RemovedRange(DateTime Hour, long First, long Count, string Hash)
{
    public long End => First + Count;
}

/// <summary>
/// A file of each lander that removed something, whole in each: the ranges of all together count. One that was taken over from and goes on
/// writes what is true, into its own file, and takes nothing away from what its successor wrote.
/// </summary>
internal static class RemovedRanges
{
    public static IReadOnlyList<RemovedRange> Read(StreamLocation stream)
    {
        while (true)
        {
            var files = Layout.ListRemoved(stream.Disk, stream.Folder);
            // A lander that took over writes all into its own file before the earlier ones go: a look in between may miss both.
            if (TryRead(stream.Disk, files) is { } ranges && Layout.ListRemoved(stream.Disk, stream.Folder).SequenceEqual(files)) return Merge(ranges);
        }
    }

    /// <summary>Notes one more range, synced; ranges of one hour are one entry.</summary>
    /// <param name="stream">Where.</param>
    /// <param name="range">What will be removed.</param>
    /// <param name="lease">The number of the lease under which it is removed.</param>
    public static void Add(StreamLocation stream, RemovedRange range, long lease)
    {
        var ranges = Merge([.. Read(stream), range]);
        stream.Disk.WriteWhole(Layout.Removed(stream.Folder, lease), JsonSerializer.SerializeToUtf8Bytes(ranges));
        foreach (var (earlier, path) in Layout.ListRemoved(stream.Disk, stream.Folder))
            if (earlier < lease) stream.Disk.Delete(path);
    }

    /// <summary>The ordinal after the last removed event; 0 if none was.</summary>
    public static long End(IReadOnlyList<RemovedRange> ranges) => ranges.Count == 0 ? 0 : ranges[^1].End;

    /// <summary>Null if a file was cleaned away meanwhile, and so another holds what it held.</summary>
    private static List<RemovedRange>? TryRead(IDisk disk, IReadOnlyList<(long Lease, string Path)> files)
    {
        var all = new List<RemovedRange>();
        foreach (var (_, path) in files)
        {
            try
            {
                var ranges = JsonSerializer.Deserialize<List<RemovedRange?>>(SmallFile.Read(disk, path));
                if (ranges is null || ranges.Contains(null)) throw JournalErrors.FileDamaged(path, "it holds null.");
                all.AddRange(ranges.OfType<RemovedRange>());
            }
            catch (JsonException e)
            {
                throw JournalErrors.FileDamaged(path, e.Message, e);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        }
        return all;
    }

    /// <summary>In order, each ordinal once; what follows on within an hour joined.</summary>
    private static List<RemovedRange> Merge(IEnumerable<RemovedRange> ranges)
    {
        var merged = new List<RemovedRange>();
        foreach (var range in ranges.OrderBy(r => r.First).ThenBy(r => r.End))
        {
            var first = Math.Max(range.First, End(merged));
            if (range.End <= first) continue;
            if (merged.Count > 0 && merged[^1] is var last && last.Hour == range.Hour && last.End == first)
                merged[^1] = last with { Count = range.End - last.First, Hash = range.Hash };
            else
                merged.Add(range with { First = first, Count = range.End - first });
        }
        return merged;
    }
}

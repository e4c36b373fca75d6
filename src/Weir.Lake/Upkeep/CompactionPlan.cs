namespace Weir.Lake.Upkeep;

/// <summary>Files of one partition that are to become one.</summary>
internal sealed record Compaction(TableSnapshot Table, string Partition, IReadOnlyList<AddFile> Files);

/// <summary>Finds what is worth compacting: closed partitions with several small files, and any with too many.</summary>
internal static class CompactionPlan
{
    /// <summary>One piece of work opens at most so many files.</summary>
    private const int MostFiles = 256;
    /// <summary>With so many files that go together well, nothing better is looked for.</summary>
    private const int GoodEnough = 16;

    /// <summary>The first worthwhile piece; null if there is none.</summary>
    /// <param name="snapshot">The lake.</param>
    /// <param name="options">The limits.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="isPutAside">Partitions, by table and folder, that are to be left alone.</param>
    public static Compaction? Find(Snapshot snapshot, MaintenanceOptions options, DateTimeOffset now, Func<string, string, bool> isPutAside)
    {
        foreach (var (name, table) in snapshot.Tables.OrderBy(t => t.Key, StringComparer.Ordinal))
            foreach (var partition in table.Files.Values.GroupBy(f => FolderOf(f.Path), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                if (isPutAside(name, partition.Key)) continue;
                if (Choose([.. partition], options, now) is { Count: > 1 } files) return new Compaction(table, partition.Key, files);
            }
        return null;
    }

    public static string FolderOf(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    private static List<AddFile> Choose(IReadOnlyList<AddFile> partition, MaintenanceOptions options, DateTimeOffset now)
    {
        var small = partition.Where(f => f.Size < options.TargetBytes).OrderBy(f => f.ModificationTime).ThenBy(f => f.Path, StringComparer.Ordinal).ToList();
        if (small.Count < 2) return [];
        var quietSince = now - options.QuietFor;
        if (LakeFiles.EndOf(small[0]) <= quietSince && partition.Max(f => f.ModificationTime) <= quietSince.ToUnixTimeMilliseconds()) return UpTo(options.TargetBytes, small);
        return small.Count > options.FilesPerPartition ? OfLikeSize([.. small.OrderBy(f => f.Size)], options.TargetBytes) : [];
    }

    /// <summary>The oldest files that make one of the target size.</summary>
    private static List<AddFile> UpTo(long target, IEnumerable<AddFile> files)
    {
        var chosen = new List<AddFile>();
        var total = 0L;
        foreach (var file in files)
        {
            if (total >= target || chosen.Count == MostFiles) break;
            chosen.Add(file);
            total += file.Size;
        }
        return chosen;
    }

    /// <summary>No file is much larger than those it is put together with, so that each row is rewritten a logarithmic number of times while its partition grows.</summary>
    private static List<AddFile> OfLikeSize(IReadOnlyList<AddFile> bySize, long target)
    {
        var best = new List<AddFile>();
        for (var first = 0; first < bySize.Count && best.Count < GoodEnough; first++)
        {
            var total = 0L;
            var chosen = UpTo(target, bySize.Skip(first).TakeWhile(f =>
            {
                var fits = total == 0 || f.Size <= 2 * total;
                total += f.Size;
                return fits;
            }));
            if (chosen.Count > best.Count) best = chosen;
        }
        return [.. best.OrderBy(f => f.ModificationTime).ThenBy(f => f.Path, StringComparer.Ordinal)];
    }
}

using Weir.Lake;

namespace Weir.Land.Retaining;

/// <summary>Files of events of one source that are old enough for another storage class.</summary>
internal sealed record TieredFiles(string StorageClass, DueFiles Due)
{
    public RetentionWork Work => Due.Work with { Kind = RetentionKind.Tiers };
}

/// <summary>
/// Puts events whose hour ended long enough ago into cheaper storage classes of the object store, where they are: nothing of the lake changes, and readers go on. What compaction or an erasure has
/// written anew since is found again, by the class that the store says it is in.
/// </summary>
internal sealed class Tiering(RetentionScope scope)
{
    private const int FilesAtOnce = 50;

    /// <summary>What is due, in pieces. Where no source has tiers, or the lake is on no object store, nothing is asked.</summary>
    public IEnumerable<TieredFiles> Find(Snapshot snapshot)
    {
        if (!scope.Rules.HaveTiers || !snapshot.Tables.TryGetValue(LakeTables.Events.Name, out var events) || scope.Lake.ReadStorageClasses(LakeTables.Events.Name) is not { } classes) return [];
        return from file in events.Files.Values
               let source = file.PartitionValues.GetValueOrDefault("source") ?? ""
               let wanted = ClassOf(file, source)
               where wanted is not null && classes.TryGetValue(file.Path, out var present) && present != wanted
               group file by (source, wanted) into due
               orderby due.Key
               from piece in due.OrderBy(LakeFiles.EndOf).Chunk(FilesAtOnce)
               select new TieredFiles(due.Key.wanted, new DueFiles(RetentionKind.Events, due.Key.source, piece));
    }

    public void Move(TieredFiles tiered)
    {
        foreach (var file in tiered.Due.Files) scope.Lake.SetStorageClass(LakeTables.Events.Name, file, tiered.StorageClass); // one that is gone meanwhile needs none
    }

    private string? ClassOf(AddFile file, string source)
    {
        var age = scope.Time.GetUtcNow() - LakeFiles.EndOf(file);
        return scope.Rules.Of(source).Tiers.Where(t => age >= t.After).MaxBy(t => t.After)?.StorageClass;
    }
}

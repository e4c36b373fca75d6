using Weir.Lake.Delta;
using Weir.Lake.Writing;
using Weir.Storage;

namespace Weir.Lake.Upkeep;

/// <summary>
/// Deletes data files that no snapshot needs: those that were removed from the lake some time ago, which the log names, and those that no
/// log ever named, left by rounds that were overtaken or died, which only a search of the folders finds.
/// </summary>
internal sealed class Vacuum(LakeStore lake, TableSet tables, ILakeDisk disk, TimeProvider time, MaintenanceOptions options)
{
    /// <summary>Files of a range are written and committed within moments; what is as old as this and in no log was left behind.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    private readonly Dictionary<string, long> doneUpTo = new(StringComparer.Ordinal); // by table: removed files up to this time are gone
    private readonly Queue<(string Table, string Folder)> toSearch = new();

    /// <summary>Deletes the files of a table that were removed from it long enough ago.</summary>
    /// <returns>How many.</returns>
    public int DeleteRemoved(string table)
    {
        var until = (time.GetUtcNow() - options.VacuumAfter).ToUnixTimeMilliseconds();
        var after = doneUpTo.GetValueOrDefault(table, -1);
        var deleted = 0;
        var state = tables.Get(table).Refresh();
        tables.Get(table).MakeDurable(); // a crash must not take back what removed them
        foreach (var removed in state.Removed.Values.Where(r => r.DeletionTimestamp > after && r.DeletionTimestamp <= until))
        {
            var file = Path.Combine(tables.Get(table).Folder, LogPaths.Decode(removed.Path));
            if (!disk.Exists(file)) continue;
            disk.Delete(file);
            deleted++;
        }
        doneUpTo[table] = until;
        return deleted;
    }

    /// <summary>Begins a search of all folders, unless one is under way.</summary>
    public void BeginSearch()
    {
        if (toSearch.Count > 0) return;
        foreach (var table in tables.Names())
        {
            var folder = tables.Get(table).Folder;
            toSearch.Enqueue((table, folder));
            foreach (var below in disk.ListFolders(folder).Where(d => Path.GetFileName(d) != "_delta_log")) toSearch.Enqueue((table, below));
        }
    }

    /// <summary>Searches the next folder: a table's own files, or all below one of its outermost partitions.</summary>
    /// <returns>The table and how many files were deleted; null if no search is under way.</returns>
    public (string Table, int Deleted)? SearchNext()
    {
        if (!toSearch.TryDequeue(out var next)) return null;
        var (table, folder) = next;
        var root = tables.Get(table).Folder;
        var isRoot = folder == root;
        // By the clock that stamps files, whatever the lake's is.
        var before = TimeProvider.System.GetUtcNow().UtcDateTime - (options.VacuumAfter > OrphanAge ? options.VacuumAfter : OrphanAge);
        var found = disk.ListWritten(folder, below: !isRoot).Where(f => f.Path.EndsWith(".parquet", StringComparison.Ordinal) && f.Written <= before).ToList();
        // After the search: whatever a commit has named meanwhile is spared, copied or not.
        var live = lake.ReadSnapshot().Tables.GetValueOrDefault(table)?.Files;
        var removed = tables.Get(table).Refresh().Removed;
        var deleted = 0;
        foreach (var (file, _, _, _) in found)
        {
            var path = LogPaths.Encode(Path.GetRelativePath(root, file));
            if (live is null || live.ContainsKey(path) || removed.ContainsKey(path)) continue; // the removed have a time of their own
            disk.Delete(file);
            deleted++;
        }
        if (!isRoot) disk.RemoveLeftovers(folder, before);
        return (table, deleted);
    }
}

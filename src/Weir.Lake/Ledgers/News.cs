using Weir.Lake.Delta;

namespace Weir.Lake.Ledgers;

/// <summary>Finds the files in which rows came to a table after a version of the ledger, though compaction may have rewritten them since.</summary>
internal sealed class News(TableSet tables)
{
    /// <summary>The files as they were added, each still on the disk; null if one is gone, or a commit since then is.</summary>
    public IReadOnlyList<AddFile>? AsAdded(string table, long after, Snapshot snapshot)
    {
        var news = new List<AddFile>();
        for (var version = after + 1; version <= snapshot.LedgerVersion; version++)
        {
            if (ActionsOf(table, version) is not { } actions) return null;
            news.AddRange(actions.Select(a => a.Add).OfType<AddFile>().Where(f => f.DataChange));
        }
        var present = snapshot[table].Files;
        return news.TrueForAll(f => present.ContainsKey(f.Path) || tables.HasFile(table, f.Path)) ? news : null;
    }

    /// <summary>Files of the snapshot that hold all those rows, and perhaps older ones; null if a commit since then is gone.</summary>
    public IReadOnlyList<AddFile>? AsPresent(string table, long after, Snapshot snapshot)
    {
        var files = new Dictionary<string, AddFile>(StringComparer.Ordinal);
        for (var version = after + 1; version <= snapshot.LedgerVersion; version++)
        {
            if (ActionsOf(table, version) is not { } actions) return null;
            var rewritten = false;
            foreach (var remove in actions.Select(a => a.Remove).OfType<RemoveFile>().Where(r => !r.DataChange)) rewritten |= files.Remove(remove.Path);
            foreach (var add in actions.Select(a => a.Add).OfType<AddFile>().Where(f => f.DataChange || rewritten)) files[add.Path] = add;
        }
        var present = snapshot[table].Files;
        return files.Keys.All(present.ContainsKey) ? [.. files.Values] : null;
    }

    private IReadOnlyList<DeltaAction>? ActionsOf(string table, long version)
    {
        if (tables.Get(LakeTables.Ledger.Name).ReadCommit(version) is not { } commit) return null;
        return table == LakeTables.Ledger.Name ? commit : LedgerLog.TableActions(commit).GetValueOrDefault(table, []);
    }
}

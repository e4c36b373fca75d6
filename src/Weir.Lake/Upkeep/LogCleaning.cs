using Weir.Lake.Delta;
using Weir.Storage;

namespace Weir.Lake.Upkeep;

/// <summary>
/// Deletes what a table's log no longer needs: commits that a checkpoint has replaced for some time, older checkpoints, and temporary files of
/// processes that died. The newest commit always stays, and so does what is not copied from the ledger yet: only that can be.
/// </summary>
internal sealed class LogCleaning(TableSet tables, ILakeDisk disk, int checkpointEvery, MaintenanceOptions options)
{
    /// <summary>A commit in the making lives for moments; what is as old as this was left by a crash.</summary>
    private static readonly TimeSpan TemporaryAge = TimeSpan.FromHours(1);

    /// <returns>How many files it deleted.</returns>
    public int Clean(string table)
    {
        var state = tables.Get(table).Refresh();
        var log = LogFiles.Folder(tables.Get(table).Folder);
        var files = disk.ListWritten(log, below: false);
        var checkpoints = files.Select(f => (File: f, Version: LogFiles.VersionOf(f.Path, ".checkpoint.parquet"))).Where(f => f.Version is not null).ToList();
        if (state.Version - (checkpoints.Max(c => c.Version) ?? 0) >= checkpointEvery) tables.Get(table).WriteCheckpoint(); // its turn was missed: who had it died

        // Who found an older checkpoint before this one was there may still be reading from there on.
        var now = TimeProvider.System.GetUtcNow().UtcDateTime; // the clock that stamps files, whatever the lake's is
        var settled = checkpoints.Where(c => IsOlder(c.File, now - options.VacuumAfter)).Max(c => c.Version) ?? -1;
        var past = files.Where(file => LogFiles.VersionOf(file.Path, ".checkpoint.parquet") < settled
            || LogFiles.VersionOf(file.Path, ".json") < settled - checkpointEvery // one interval more, for those that follow the ledger commit by commit
            || (file.Path.EndsWith(".tmp", StringComparison.Ordinal) && IsOlder(file, now - TemporaryAge))).ToList();
        if (past.Count > 0) disk.SyncFolder(log); // whoever wrote the checkpoint may have failed before its name was durable
        foreach (var file in past) disk.Delete(file.Path);
        return past.Count;
    }

    private static bool IsOlder(StoredFile file, DateTime time) => file.Written <= time;
}

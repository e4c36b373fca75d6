using System.Text.Json;
using Weir.Storage;

namespace Weir.Lake.Delta;

/// <summary>
/// One Delta table on a disk: its state, read once and then kept up by reading only newer commits, and commits that are put if absent.
/// Safe from many threads.
/// </summary>
internal sealed class DeltaTable(string folder, ILakeDisk disk, Checkpoints checkpoints)
{
    private readonly Lock gate = new();
    private readonly string log = LogFiles.Folder(folder);
    private TableState state = TableState.Empty;
    private (long Version, IReadOnlyList<DeltaAction> Actions)? latest;
    private long durable = -1; // the names of the commits up to here are on the disk for sure

    public string Folder { get; } = folder;

    /// <summary>The newest state; its version is −1 if the table does not exist.</summary>
    public TableState Refresh()
    {
        lock (gate)
        {
            state = state.Version < 0 ? Load(long.MaxValue) : Advance(state, long.MaxValue);
            if (checkpoints.LastVersion(log) is { } checkpoint && checkpoint > state.Version) state = Load(long.MaxValue);
            return state;
        }
    }

    /// <summary>The state at an older version.</summary>
    public TableState ReadAt(long version)
    {
        lock (gate)
        {
            var at = Load(version);
            return at.Version == version ? at : throw Gap(at.Version + 1, version);
        }
    }

    /// <summary>The actions of one commit; null if there is none (yet).</summary>
    public IReadOnlyList<DeltaAction>? ReadCommit(long version)
    {
        lock (gate)
        {
            if (latest is { } known && known.Version == version) return known.Actions;
            var path = LogFiles.Commit(log, version);
            using var file = disk.TryOpenRead(path);
            if (file is null) return null;
            try { return LogJson.Read(ReadWhole(file)); }
            catch (JsonException e)
            {
                throw new WeirException(LakeErrors.LogUnreadable,
                    $"The commit '{path}' is not a Delta commit: {e.Message} Restore the file from a backup; the lake's other tables and the journal are not touched.", e);
            }
        }
    }

    /// <summary>Writes a commit if its version is still free. True too if it is this very commit (by its id) that stands there.</summary>
    /// <exception cref="IOException">The disk failed: whether the commit stands is known only by reading again.</exception>
    public bool TryCommit(long version, string commitId, IReadOnlyList<DeltaAction> actions)
    {
        lock (gate)
        {
            if (durable < version - 1) SyncUpTo(version - 1); // else a crash may keep this name and lose one before it
            var path = LogFiles.Commit(log, version);
            var temporary = Path.Combine(log, $".{version:D20}.{commitId}.tmp");
            using (var file = disk.Create(temporary))
            {
                file.Append(LogJson.Write(actions));
                file.Sync();
            }
            bool won;
            try { won = disk.TryLink(temporary, path) || IsOwn(version, commitId); }
            catch (Exception e) when (e is IOException or WeirException && IsOwn(version, commitId)) { won = true; } // it said no, and had done it
            finally { disk.Delete(temporary); }
            if (!won) return false;
            SyncUpTo(version);
            if (state.Version == version - 1) state = Step(state, actions);
            return true;
        }
    }

    /// <summary>Makes the names of all commits read so far durable: others may have written them and not come that far, or this one may have failed there.</summary>
    public void MakeDurable()
    {
        lock (gate)
            if (durable < state.Version) SyncUpTo(state.Version);
    }

    /// <summary>Makes the folders of a new table.</summary>
    public void CreateFolders() => disk.CreateFolder(log);

    /// <summary>Writes a checkpoint of the newest state.</summary>
    public void WriteCheckpoint() => checkpoints.Write(log, Refresh());

    private void SyncUpTo(long version)
    {
        disk.SyncFolder(log);
        durable = version;
    }

    private bool IsOwn(long version, string commitId) => ReadCommit(version)?.Any(a => a.CommitInfo?.Weir?.CommitId == commitId) == true;

    private TableState Load(long version)
    {
        var last = disk.List(log, "*.json").Max(p => LogFiles.VersionOf(p, ".json")) ?? -1;
        var loaded = Advance(checkpoints.Read(log, version) ?? TableState.Empty, version);
        return loaded.Version < Math.Min(last, version) ? throw Gap(loaded.Version + 1, last) : loaded;
    }

    private TableState Advance(TableState from, long version)
    {
        while (from.Version < version && ReadCommit(from.Version + 1) is { } actions) from = Step(from, actions);
        return from;
    }

    private TableState Step(TableState from, IReadOnlyList<DeltaAction> actions)
    {
        latest = (from.Version + 1, actions);
        var next = from.Apply(from.Version + 1, actions);
        return next.Protocol is { MinReaderVersion: <= 1, MinWriterVersion: <= 2 } ? next : throw new WeirException(LakeErrors.ProtocolTooNew,
            $"The table '{Folder}' demands Delta reader version {next.Protocol?.MinReaderVersion} and writer version {next.Protocol?.MinWriterVersion}; this Weir knows reader 1 and writer 2. " +
            "Another program changed the table's protocol: undo that there, or use a Weir that knows it.");
    }

    private WeirException Gap(long missing, long last) => new(LakeErrors.LogGap,
        $"The log '{log}' has no commit {missing}, but later ones up to {last}, and no checkpoint covers it. Restore the missing files of the log from a backup.");

    private static byte[] ReadWhole(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}

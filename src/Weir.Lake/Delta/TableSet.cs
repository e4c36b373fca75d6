using System.Collections.Concurrent;
using Weir.Lake.Writing;
using Weir.Storage;

namespace Weir.Lake.Delta;

/// <summary>The tables of one lake: a folder each.</summary>
internal sealed class TableSet(string folder, ILakeDisk disk, Checkpoints checkpoints, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DeltaTable> tables = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal); // a table never goes

    public DeltaTable Get(string name) => tables.GetOrAdd(name, n => new DeltaTable(Path.Combine(folder, n), disk, checkpoints));

    /// <summary>Whether a data file is on the disk.</summary>
    /// <param name="table">Its table.</param>
    /// <param name="path">Its path, as the log has it.</param>
    public bool HasFile(string table, string path) => disk.Exists(Path.Combine(folder, table, LogPaths.Decode(path)));

    /// <summary>The names of the tables that exist.</summary>
    public IEnumerable<string> Names() => disk.ListFolders(folder).Where(IsTable).Select(d => Path.GetFileName(d)!);

    private bool IsTable(string table)
    {
        if (known.ContainsKey(table)) return true;
        if (Path.GetFileName(table).StartsWith('_')) return false; // witnesses, erasures
        var log = LogFiles.Folder(table);
        if (!disk.Exists(LogFiles.Commit(log, 0)) && !disk.Exists(Path.Combine(log, LogFiles.LastCheckpoint))) return false;
        known[table] = true;
        return true;
    }

    /// <summary>Makes a table, or adds the columns that it lacks; gives all of its columns, in its order.</summary>
    /// <exception cref="WeirException">WEIR6006: a column has another type, or the table is partitioned otherwise.</exception>
    public TableDefinition Ensure(TableDefinition wanted)
    {
        var table = Get(wanted.Name);
        for (; ; )
        {
            var state = table.Refresh();
            var merged = wanted;
            if (state.Version < 0)
            {
                table.CreateFolders();
            }
            else
            {
                var present = Schemas.Read(wanted.Name, state.Metadata!);
                merged = Merging.Merge(present, wanted);
                if (merged.Columns.Count == present.Columns.Count && merged.Key.SameAs(present.Key))
                {
                    table.MakeDurable(); // before a ledger's commit names it
                    return merged;
                }
            }
            var commitId = Guid.NewGuid().ToString("n");
            if (table.TryCommit(state.Version + 1, commitId, Describe(merged, state.Metadata, commitId))) return merged;
        }
    }

    private List<DeltaAction> Describe(TableDefinition definition, Metadata? present, string commitId)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var operation = present is null ? "CREATE TABLE" : "CHANGE COLUMNS";
        var actions = new List<DeltaAction>
        {
            new() { CommitInfo = new CommitInfo(now, operation, new Dictionary<string, string?>(), LakeStore.EngineInfo, new WeirCommit(commitId)) },
        };
        if (present is null) actions.Add(new DeltaAction { Protocol = new Protocol(1, 2) });
        actions.Add(new DeltaAction
        {
            Metadata = new Metadata(present?.Id ?? Guid.NewGuid().ToString(), definition.Name, new FileFormat("parquet", new Dictionary<string, string?>()),
                Schemas.Write(definition), definition.PartitionColumns, Schemas.Settings(definition), present?.CreatedTime ?? now),
        });
        return actions;
    }
}
